import { formLike } from '../../test/token-samples';
import { signedParameters } from '../authorize/signed-parameters';
import { signedRequestFault, unsignedParameter } from './signed-request';

const NOW = 1_800_000_000;
const expected = { clientId: 'app', issuer: 'https://id.example/t/acme', nowSeconds: NOW };
const right = { iss: 'app', aud: expected.issuer, jti: 'j1', iat: NOW, nbf: NOW, exp: NOW + 300 };

const fault = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  signedRequestFault({ jwt: 'a.b.c', header, claims: { ...right, ...claims } }, expected);

describe('CIBA Core §7.1.1, FAPI-CIBA §5.2.2 S-160 a signed request', () => {
  it.each([
    ['as it should be', {}, {}],
    ['that says its type', {}, { typ: 'oauth-authz-req+jwt' }],
    ['with several audiences', { aud: ['https://x.example', expected.issuer] }, {}],
    ['with its client_id', { client_id: 'app' }, {}],
    ['a little ahead', { nbf: NOW + 10, iat: NOW + 10 }, {}],
    ['of an hour', { exp: NOW + 3600 }, {}],
  ])('is taken: %s', (_, claims, header) => {
    expect(fault(claims, header)).toBeUndefined();
  });

  it.each([
    ['another type', {}, { typ: 'dpop+jwt' }],
    ['no issuer', { iss: undefined }, {}],
    ['another issuer', { iss: 'other' }, {}],
    ['another client_id', { client_id: 'other' }, {}],
    ['the client as subject', { sub: 'app' }, {}],
    ['no audience', { aud: undefined }, {}],
    ['another audience', { aud: 'https://x.example' }, {}],
    ['no jti', { jti: undefined }, {}],
    ['an endless jti', { jti: 'x'.repeat(513) }, {}],
    ['a request in it', { request: 'a.b.c' }, {}],
    ['no exp', { exp: undefined }, {}],
    ['a text for exp', { exp: String(NOW + 1) }, {}],
    ['an end', { exp: NOW }, {}],
    ['an end far ahead', { exp: NOW + 3601 }, {}],
    ['no nbf', { nbf: undefined }, {}],
    ['a beginning to come', { nbf: NOW + 11 }, {}],
    ['a beginning long ago', { nbf: NOW - 3601, exp: NOW - 1 + 2 }, {}],
    ['no iat', { iat: undefined }, {}],
    ['an iat to come', { iat: NOW + 11 }, {}],
  ])('is refused with %s', (_, claims, header) => {
    expect(fault(claims, header)).toEqual(expect.any(String));
  });

  it('takes the place of the parameters: numbers and texts alike', () => {
    const parameters = signedParameters({ ...right, requested_expiry: 30, scope: 'openid', x: null }, new Set());
    expect(parameters.toJSON()).toEqual({ requested_expiry: '30', scope: 'openid' });
  });

  it('stands alone, but for what proves the client', () => {
    expect(unsignedParameter(formLike({ request: 'a.b.c', client_id: 'app', client_assertion: 'x' }))).toBeUndefined();
    expect(unsignedParameter(formLike({ request: 'a.b.c', scope: 'openid' }))).toBe('scope');
  });
});
