import { networkOf } from './network';

describe('networkOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2:bbbb::2', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '192.0.2.1', false],
    ['not an address', '', true],
    ['not an address', '192.0.2.1', false],
  ])('S-134 OWASP ASVS 5.0 §6.1.1 counts %s and %s together: %s', (one, other, together) => {
    expect(networkOf(one) === networkOf(other)).toBe(together);
  });
});
