import { clientLike, contextLike, NOW, refusedObject, requestLike, tenant } from '../../test/samples';
import { requestObject } from './request-object';

const now = NOW.getTime() / 1000;
const HOUR = 3600;
const ABOUT = { iss: 'app', aud: tenant.issuer, client_id: 'app' };
const IN_TIME = { nbf: now - 5, exp: now + 60 };
const strict = clientLike({ require_signed_request_object: true });

/** What becomes of a request with an object that is signed as it should be. */
async function opened(claims: object, { header = {}, client = clientLike(), query = 'request=a.b.c' } = {}) {
  const request = requestLike(query, { client });
  const signed = { jwt: 'a.b.c', header, claims: JSON.parse(JSON.stringify(claims)) as Record<string, unknown> };
  const requestObjects = { verify: async () => signed, fetch: refusedObject };
  await requestObject(request, contextLike({ requestObjects }));
  return request;
}

const judged = async (claims: object, options?: Parameters<typeof opened>[1]) => {
  const { refusal, isSigned } = await opened(claims, options);
  expect(isSigned).toBe(refusal === undefined);
  return refusal?.error ?? 'accepted';
};

describe('request', () => {
  it('RFC 9101 §5 S-113 takes the place of every parameter beside it', async () => {
    const query = 'client_id=app&request=a.b.c&state=outside&scope=openid+admin&response_mode=form_post';
    const request = await opened({ ...ABOUT, ...IN_TIME, jti: 'x', iat: now, state: 'inside' }, { query });
    expect(request.parameters.toJSON()).toEqual({ client_id: 'app', state: 'inside' });
  });

  it('RFC 9101 §4 reads texts, numbers, lists of resources, and JSON', async () => {
    const inside = { max_age: 10, resource: ['https://a.example', 'https://b.example'], state: null, nonce: '' };
    const { parameters } = await opened({ ...ABOUT, ...inside, claims: { userinfo: { name: null } }, x: true });
    const claims = '{"userinfo":{"name":null}}';
    expect(parameters.toJSON()).toEqual({
      client_id: 'app',
      max_age: '10',
      resource: inside.resource,
      claims,
      x: 'true',
    });
  });

  it.each([
    ['the least', {}, {}],
    ['several audiences', { aud: ['https://other.example', tenant.issuer] }, {}],
    ['nbf 8 seconds ahead', { nbf: now + 8 }, {}],
    ['iat 8 seconds ahead', { iat: now + 8 }, {}],
    ['an end in a year, where nobody bounds it', { exp: now + 365 * 86_400 }, {}],
    ['a user as sub', { sub: 'ada' }, {}],
    ['typ of a JWT', {}, { typ: 'JWT' }],
    ['its own typ', {}, { typ: 'oauth-authz-req+jwt' }],
    ['its own typ in full', {}, { typ: 'application/OAuth-authz-req+jwt' }],
  ])('RFC 9101 §6.3 accepts %s', async (_, changed, header) => {
    expect(await judged({ ...ABOUT, ...changed }, { header })).toBe('accepted');
  });

  it.each([
    ['no client_id', { client_id: undefined }, {}],
    ['another client_id', { client_id: 'other' }, {}],
    ['no iss', { iss: undefined }, {}],
    ['another iss', { iss: 'other' }, {}],
    ['no aud', { aud: undefined }, {}],
    ['another aud', { aud: 'https://other.example' }, {}],
    ['an aud that begins like the issuer', { aud: `${tenant.issuer}/` }, {}],
    ['aud as an object', { aud: { 0: tenant.issuer } }, {}],
    ['an end that is past', { exp: now }, {}],
    ['exp as a text', { exp: String(now + 60) }, {}],
    ['nbf a minute ahead', { nbf: now + 60 }, {}],
    ['iat a minute ahead', { iat: now + 60 }, {}],
    ['the client as sub', { sub: 'app' }, {}],
    ['sub as a list', { sub: ['app'] }, {}],
    ['another request in it', { request: 'a.b.c' }, {}],
    ['a request_uri in it', { request_uri: 'https://app.example/r' }, {}],
    ['an empty request in it', { request: '' }, {}],
    ['typ of an access token', {}, { typ: 'at+jwt' }],
    ['typ of a DPoP proof', {}, { typ: 'dpop+jwt' }],
    ['typ of a logout token', {}, { typ: 'logout+jwt' }],
    ['typ of an assertion', {}, { typ: 'client-authentication+jwt' }],
    ['typ that is no text', {}, { typ: 1 }],
  ])('RFC 9101 §6.3, RFC 8725 §3.11 S-093 S-113 refuses %s', async (_, changed, header) => {
    expect(await judged({ ...ABOUT, ...changed }, { header })).toBe('invalid_request_object');
  });

  it.each([
    ['a minute', IN_TIME],
    ['an hour', { nbf: now - HOUR + 60, exp: now + 60 }],
    ['nbf 8 seconds ahead', { nbf: now + 8, exp: now + 60 }],
  ])('FAPI 2.0 MS §5.3.1 accepts, where requests must be signed, %s', async (_, times) => {
    expect(await judged({ ...ABOUT, ...times }, { client: strict })).toBe('accepted');
  });

  it.each([
    ['no exp', { exp: undefined }],
    ['no nbf', { nbf: undefined }],
    ['more than an hour between them', { nbf: now - 1, exp: now + HOUR }],
    ['nbf more than an hour ago', { nbf: now - HOUR - 1, exp: now + 1 }],
  ])('FAPI 2.0 MS §5.3.1 S-113 refuses, where requests must be signed, %s', async (_, changed) => {
    expect(await judged({ ...ABOUT, ...IN_TIME, ...changed }, { client: strict })).toBe('invalid_request_object');
  });

  it('S-014 refuses text that would be refused outside', async () => {
    expect(await judged({ ...ABOUT, login_hint: 'a\u0000b' })).toBe('invalid_request');
    expect(await judged({ ...ABOUT, resource: ['https://a.example', 1] })).toBe('invalid_request');
  });

  it('keeps the parameters of a request whose object is refused, for the answer', async () => {
    const request = await opened({ ...ABOUT, aud: 'x' }, { query: 'request=a.b.c&state=outside' });
    expect(request.parameters.get('state')).toBe('outside');
  });

  it('leaves alone what has no object', async () => {
    const request = requestLike('state=s1');
    await requestObject(request, contextLike());
    expect([request.isSigned, request.refusal]).toEqual([false, undefined]);
  });

  it('lets through what is no protocol error', async () => {
    const requestObjects = { verify: () => Promise.reject(new Error('database')), fetch: refusedObject };
    const call = requestObject(requestLike('request=a.b.c'), contextLike({ requestObjects }));
    await expect(call).rejects.toThrow('database');
  });
});
