import { JWT_BEARER_ASSERTION_TYPE } from '@tokenidp/kernel';
import { clientLike, refusalOf, tenant } from '../../test/samples';
import { formLike, NOW_SECONDS } from '../../test/token-samples';
import { assertedClientId, assertionFault, type ClientAssertion, readAssertion } from './client-assertion';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: unknown, claims: unknown) => `${part(header)}.${part(claims)}.c2ln`;
const good = { iss: 'app', sub: 'app', aud: tenant.issuer, jti: 'once', exp: NOW_SECONDS + 60, iat: NOW_SECONDS };
const assertion = (claims: object, header: object = { alg: 'ES256' }): ClientAssertion => ({
  jwt: 'x',
  header: header as Record<string, unknown>,
  claims: claims as Record<string, unknown>,
});

function fault(claims: object, profile = 'baseline', header?: object): string | null {
  return assertionFault(assertion({ ...good, ...claims }, header), {
    client: clientLike({ security_profile: profile as 'baseline' }),
    issuer: tenant.issuer,
    tokenEndpoint: `${tenant.issuer}/token`,
    nowSeconds: NOW_SECONDS,
  });
}

describe('RFC 7521 §4.2 the parameters of a client assertion', () => {
  const read = (form: Record<string, string>) => readAssertion(formLike(form));

  it('are not there when the client authenticates otherwise', () => {
    expect(read({ client_id: 'app' })).toBeNull();
  });

  it('hold a JWT in compact form', () => {
    const client_assertion = jwt({ alg: 'ES256' }, good);
    const found = read({ client_assertion, client_assertion_type: JWT_BEARER_ASSERTION_TYPE });
    expect(found).toEqual({ jwt: client_assertion, header: { alg: 'ES256' }, claims: good });
  });

  it.each([
    ['no assertion', { client_assertion_type: JWT_BEARER_ASSERTION_TYPE }],
    ['no type', { client_assertion: jwt({}, good) }],
    ['another type', { client_assertion: jwt({}, good), client_assertion_type: 'urn:saml' }],
    ['no JWT', { client_assertion: 'abc', client_assertion_type: JWT_BEARER_ASSERTION_TYPE }],
    [
      'the JSON serialization',
      { client_assertion: '{"payload":"e30"}', client_assertion_type: JWT_BEARER_ASSERTION_TYPE },
    ],
    [
      'an unsigned JWT',
      { client_assertion: `${part({})}.${part(good)}.`, client_assertion_type: JWT_BEARER_ASSERTION_TYPE },
    ],
    ['an array as claims', { client_assertion: jwt({}, []), client_assertion_type: JWT_BEARER_ASSERTION_TYPE }],
    [
      'claims that are no JSON',
      { client_assertion: `${part({})}.YWJj.c2ln`, client_assertion_type: JWT_BEARER_ASSERTION_TYPE },
    ],
    [
      'too much',
      { client_assertion: jwt({}, { a: 'a'.repeat(9000) }), client_assertion_type: JWT_BEARER_ASSERTION_TYPE },
    ],
  ])('are refused with %s', async (_name, form) => {
    await expect(refusalOf(() => read(form as Record<string, string>))).resolves.toBe('invalid_client');
  });

  it.each([
    ['iss and sub differ', { iss: 'other', sub: 'app' }],
    ['sub is missing', { iss: 'app' }],
    ['sub is no text', { iss: 5, sub: 5 }],
    ['sub is empty', { iss: '', sub: '' }],
  ])('name no client when %s', async (_name, claims) => {
    await expect(refusalOf(() => assertedClientId(assertion(claims)))).resolves.toBe('invalid_client');
    expect(assertedClientId(assertion(good))).toBe('app');
  });
});

describe('RFC 7523 §3 S-056 the claims of a client assertion', () => {
  it.each([
    ['everything as it should be', {}, null],
    ['another issuer', { iss: 'other' }, 'iss or sub'],
    ['another subject', { sub: 'other' }, 'iss or sub'],
    ['no jti', { jti: undefined }, 'jti'],
    ['an empty jti', { jti: '' }, 'jti'],
    ['a jti that is a number', { jti: 7 }, 'jti'],
    ['a jti without end', { jti: 'j'.repeat(513) }, 'jti'],
    ['no exp', { exp: undefined }, 'exp is missing or past'],
    ['an exp that is text', { exp: String(NOW_SECONDS + 60) }, 'exp is missing or past'],
    ['an exp of this second', { exp: NOW_SECONDS }, 'exp is missing or past'],
    ['an exp of five minutes ago', { exp: NOW_SECONDS - 300 }, 'exp is missing or past'],
    ['an exp in five minutes', { exp: NOW_SECONDS + 300 }, null],
    ['an exp in an hour', { exp: NOW_SECONDS + 3600 }, 'exp is too far ahead'],
  ])('%s', (_name, claims, expected) => {
    expect(fault(claims)).toBe(expected);
  });

  it('expire within a minute for FAPI clients', () => {
    expect(fault({ exp: NOW_SECONDS + 60 }, 'fapi2-security')).toBeNull();
    expect(fault({ exp: NOW_SECONDS + 300 }, 'fapi2-security')).toBe('exp is too far ahead');
  });

  it.each([
    ['iat', 8, null],
    ['nbf', 8, null],
    ['iat', 10, null],
    ['iat', 70, 'iat is ahead'],
    ['nbf', 70, 'nbf is ahead'],
  ])('S-057 %s may be ahead by %d s: %s', (name, seconds, expected) => {
    expect(fault({ [name]: NOW_SECONDS + seconds })).toBe(expected);
  });

  it('S-057 refuses an nbf that is no number', () => {
    expect(fault({ nbf: 'soon' })).toBe('nbf is ahead');
  });
});

describe('RFC 10070 S-055 the audience of a client assertion', () => {
  it.each([
    ['the issuer', tenant.issuer, null, null],
    ['the token endpoint', `${tenant.issuer}/token`, null, 'aud'],
    ['an array', [tenant.issuer], 'aud', 'aud'],
    ['another tenant', 'https://id.example/t/other', 'aud', 'aud'],
    ['the issuer with a slash', `${tenant.issuer}/`, 'aud', 'aud'],
    ['another endpoint', `${tenant.issuer}/introspect`, 'aud', 'aud'],
    ['nothing', undefined, 'aud', 'aud'],
  ])('%s', (_name, aud, baseline, stricter) => {
    expect(fault({ aud })).toBe(baseline);
    expect(fault({ aud }, 'oauth21')).toBe(stricter);
    expect(fault({ aud }, 'fapi2-security')).toBe(stricter);
  });
});

describe('RFC 8725 §3.1, §3.11 the type of a client assertion', () => {
  it.each([
    [undefined, null],
    ['JWT', null],
    ['client-authentication+jwt', null],
    ['application/client-authentication+jwt', null],
    ['oauth-authz-req+jwt', 'typ'],
    ['dpop+jwt', 'typ'],
    ['at+jwt', 'typ'],
    [5, 'typ'],
  ])('S-093 %s', (typ, expected) => {
    expect(fault({}, 'baseline', { alg: 'ES256', typ })).toBe(expected);
  });
});
