import { cookieName } from './cookie-name';

describe('cookieName', () => {
  it('S-175 S-010 carries the tenant and the host prefix', () => {
    expect(cookieName({ slug: 'acme', secureCookies: true }, 'sid')).toBe('__Host-sid.acme');
    expect(cookieName({ slug: 'acme', secureCookies: true }, 'ix')).not.toBe(
      cookieName({ slug: 'other', secureCookies: true }, 'ix'),
    );
  });

  it('S-175 does without the prefix only where a browser would refuse it: http on a loopback host', () => {
    expect(cookieName({ slug: 'acme', secureCookies: false }, 'sid')).toBe('sid.acme');
  });
});
