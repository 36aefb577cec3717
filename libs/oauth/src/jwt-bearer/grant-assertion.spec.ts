import { clientLike, tenant } from '../../test/samples';
import { NOW_SECONDS } from '../../test/token-samples';
import { grantAssertionFault } from './grant-assertion';

const tokenEndpoint = `${tenant.issuer}/token`;
const right = { sub: 'ada', aud: tenant.issuer, jti: 'id', iat: NOW_SECONDS, exp: NOW_SECONDS + 60 };

function faultOf(claims: object, header: object = {}, client = clientLike()): string | null {
  const assertion = { jwt: '', header: { alg: 'ES256', ...header }, claims: { ...right, ...claims } };
  return grantAssertionFault(assertion, { client, issuer: tenant.issuer, tokenEndpoint, nowSeconds: NOW_SECONDS });
}

describe('RFC 7523 §3 the assertion of a grant', () => {
  it.each([
    [{}, {}],
    [{ aud: tokenEndpoint }, {}],
    [{ nbf: NOW_SECONDS + 8 }, { typ: 'JWT' }],
    [{ iat: undefined }, { typ: 'application/jwt' }],
  ])('is right: %j %j', (claims, header) => {
    expect(faultOf(claims, header)).toBeNull();
  });

  it.each([
    ['typ', {}, { typ: 'at+jwt' }],
    ['typ', {}, { typ: 'dpop+jwt' }],
    ['typ', {}, { typ: null }],
    ['crit', {}, { crit: ['x'] }],
    ['sub', { sub: undefined }, {}],
    ['sub', { sub: '' }, {}],
    ['sub', { sub: ['ada'] }, {}],
    ['sub', { sub: 'a'.repeat(513) }, {}],
    ['aud', { aud: undefined }, {}],
    ['aud', { aud: [tenant.issuer] }, {}],
    ['aud', { aud: `${tenant.issuer}/` }, {}],
    ['jti', { jti: undefined }, {}],
    ['jti', { jti: 1 }, {}],
    ['exp is missing or past', { exp: NOW_SECONDS }, {}],
    ['exp is missing or past', { exp: String(NOW_SECONDS + 60) }, {}],
    ['exp is too far ahead', { exp: NOW_SECONDS + 3600 }, {}],
    ['nbf is ahead', { nbf: NOW_SECONDS + 70 }, {}],
    ['iat is ahead', { iat: NOW_SECONDS + 70 }, {}],
  ])('S-093, S-094 %s: %j %j', (fault, claims, header) => {
    expect(faultOf(claims, header)).toBe(fault);
  });

  it('RFC 10070 S-055 the token endpoint is an audience for clients of the baseline profile alone', () => {
    expect(faultOf({ aud: tokenEndpoint }, {}, clientLike({ security_profile: 'oauth21' }))).toBe('aud');
  });
});
