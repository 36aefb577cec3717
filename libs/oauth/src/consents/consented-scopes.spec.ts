import { type ConsentedScopes, isCovered, mergeConsent } from './consented-scopes';

const A = 'https://a.example';
const B = 'https://b.example';
const of = (scopes: string[], apiScopes: Record<string, string[]> = {}): ConsentedScopes => ({
  scopes: new Set(scopes),
  apiScopes,
});

describe('consented scopes', () => {
  it.each([
    [of(['openid']), of(['openid', 'email']), true],
    [of(['openid', 'phone']), of(['openid', 'email']), false],
    [of(['openid', 'read'], { [A]: ['read'] }), of(['openid'], { [A]: ['read', 'write'] }), true],
    [of(['read'], { [A]: ['read'] }), of([], { [B]: ['read'] }), false],
    [of(['read'], { [A]: ['read'], [B]: ['read'] }), of([], { [A]: ['read'] }), false],
    [of([], { [A]: [] }), of([]), false],
    [of([]), of([]), true],
  ])('S-150 OAuth 2.1 §7.9 %j within %j: %s', (asked, consented, expected) => {
    expect(isCovered(asked, consented)).toBe(expected);
  });

  it('S-150 OAuth 2.1 §7.9 adds what is new to what was there', () => {
    const merged = mergeConsent(
      of(['openid', 'email'], { [A]: ['read'] }),
      of(['openid', 'phone', 'write', 'send'], { [A]: ['write'], [B]: ['send'] }),
    );
    expect([...merged.scopes]).toEqual(['email', 'openid', 'phone']);
    expect(merged.apiScopes).toEqual({ [A]: ['read', 'write'], [B]: ['send'] });
  });

  it('S-152 OAuth 2.1 §1.4.1 remembers no more than was asked the first time', () => {
    const merged = mergeConsent(null, of(['openid', 'read'], { [A]: ['read'] }));
    expect([...merged.scopes]).toEqual(['openid']);
    expect(merged.apiScopes).toEqual({ [A]: ['read'] });
  });
});
