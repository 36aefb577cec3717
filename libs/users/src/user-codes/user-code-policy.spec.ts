import { checkUserCode } from './user-code-policy';

describe('CIBA Core §7.1 S-161 the code of a user', () => {
  it.each(['194857', 'correct-horse', 'Ärger1', '112233', 'x'.repeat(3) + 'y'.repeat(61)])('may be %j', (code) => {
    expect(checkUserCode(code)).toBeNull();
  });

  it.each([
    ['', 'too-short'],
    ['19485', 'too-short'],
    [`1${'2'.repeat(64)}`, 'too-long'],
    ['1948 57', 'not-plain'],
    ['194857\u202e', 'not-plain'],
    ['19485\u0000', 'not-plain'],
    ['000000', 'too-simple'],
    ['123456', 'too-simple'],
    ['fedcba', 'too-simple'],
  ])('may not be %j: %s', (code, refusal) => {
    expect(checkUserCode(code)).toBe(refusal);
  });
});
