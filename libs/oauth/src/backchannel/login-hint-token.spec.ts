import { loginHintFault } from './login-hint-token';

const NOW = 1_800_000_000;
const issuer = 'https://id.example/t/acme';
const right = { iss: 'https://hints.example', sub: 'ada', aud: issuer, exp: NOW + 60 };
const fault = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  loginHintFault({ jwt: 'a.b.c', header, claims: { ...right, ...claims } }, { issuer, nowSeconds: NOW });

describe('CIBA Core §7.1 S-160 a login_hint_token', () => {
  it.each([
    ['as it should be', {}, {}],
    ['that says what it is', {}, { typ: 'login-hint+jwt' }],
    ['that says that it is a JWT', {}, { typ: 'JWT' }],
    ['for several', { aud: ['https://x.example', issuer] }, {}],
    ['of an hour', { exp: NOW + 3600 }, {}],
    ['with instants', { iat: NOW, nbf: NOW + 9 }, {}],
  ])('is taken: %s', (_, claims, header) => {
    expect(fault(claims, header)).toBeUndefined();
  });

  it.each([
    ['another type', {}, { typ: 'at+jwt' }],
    ['crit', {}, { crit: ['x'] }],
    ['nobody', { sub: undefined }, {}],
    ['an empty name', { sub: '' }, {}],
    ['an endless name', { sub: 'x'.repeat(513) }, {}],
    ['no audience', { aud: undefined }, {}],
    ['another audience', { aud: 'https://x.example' }, {}],
    ['no end', { exp: undefined }, {}],
    ['a text for an end', { exp: String(NOW + 60) }, {}],
    ['an end far ahead', { exp: NOW + 3611 }, {}],
    ['a beginning to come', { nbf: NOW + 11 }, {}],
    ['a text for an instant', { iat: 'now' }, {}],
  ])('is refused with %s', (_, claims, header) => {
    expect(fault(claims, header)).toBe('invalid');
  });

  it.each([NOW, NOW - 86_400])('that ended at %d has expired', (exp) => {
    expect(fault({ exp })).toBe('expired');
    expect(fault({ exp, aud: 'https://x.example' })).toBe('invalid');
  });
});
