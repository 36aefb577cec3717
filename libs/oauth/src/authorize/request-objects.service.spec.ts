import type { Client, ClientKeys } from '@tokenidp/clients';
import { type GuardedHttpClient, OutboundError, type OutboundRequest } from '@tokenidp/kernel';
import { Logger } from '@nestjs/common';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { clientLike, refusalOf, tenant } from '../../test/samples';
import { RequestObjects } from './request-objects.service';

type Pair = { privateJwk: JWK; jwk: JWK };

async function pairOf(alg: string, kid: string): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { privateJwk: await exportJWK(privateKey), jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

let ec: Pair;
let rsa: Pair;
let other: Pair;
beforeAll(async () => {
  [ec, rsa, other] = await Promise.all([pairOf('ES256', 'e'), pairOf('RS256', 'r'), pairOf('ES256', 'e')]);
});

const claims = { client_id: 'app', scope: 'openid' };
const sign = async (pair: Pair, alg: string, header: object = {}) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg, kid: pair.jwk.kid, ...header })
    .sign(await importJWK(pair.privateJwk, alg));

const asked: unknown[] = [];
const keys = {
  keys: async (_client: Client, kid?: string) => {
    asked.push(kid);
    return { keys: [ec.jwk, rsa.jwk] };
  },
} as unknown as ClientKeys;

const objects = (http: object = {}) => new RequestObjects(keys, http as GuardedHttpClient);

async function judged(jwt: string, changes: Partial<Client> = {}, within = tenant) {
  return (await refusalOf(() => objects().verify(jwt, clientLike(changes), within))) ?? 'accepted';
}

describe('the signature of a request object', () => {
  it('RFC 9101 §6.2 is by a key of the client', async () => {
    const jwt = await sign(ec, 'ES256', { typ: 'oauth-authz-req+jwt' });
    const object = await objects().verify(jwt, clientLike(), tenant);
    expect(object).toEqual({ jwt, header: { alg: 'ES256', kid: 'e', typ: 'oauth-authz-req+jwt' }, claims });
    expect(asked.at(-1)).toBe('e');
  });

  it.each([
    ['none', () => new UnsecuredJWT(claims).encode()],
    ['none with a signature', async () => (await sign(ec, 'ES256')).replace(/^[^.]+/, 'eyJhbGciOiJub25lIn0')],
    ['another key under the same kid', () => sign(other, 'ES256')],
    ['HS256 by what is public', () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32))],
    ['a changed claim', async () => (await sign(ec, 'ES256')).replace(/\.[^.]+\./, '.eyJjbGllbnRfaWQiOiJhcHAifQ.')],
    ['what is no JWT', () => 'request'],
    ['five parts, as of an encrypted one', () => 'a.b.c.d.e'],
    ['a payload that is a list', async () => (await sign(ec, 'ES256')).replace(/\.[^.]+\./, '.W10.')],
    ['more than 32 kB', async () => `${await sign(ec, 'ES256')}${'A'.repeat(33_000)}`],
  ])('RFC 9101 §6.2, RFC 8725 §3.1 S-090 refuses %s', async (_, make) => {
    expect(await judged(await make())).toBe('invalid_request_object');
  });

  it('RFC 9101 §4 is by the registered algorithm alone, or by the list of FAPI where it has to be signed', async () => {
    const [es, rs, ps] = [await sign(ec, 'ES256'), await sign(rsa, 'RS256'), await sign(rsa, 'PS256')];
    const requireSigned = { ...tenant.settings.authorizationRequests, requireSigned: true };
    const strict = { ...tenant, settings: { ...tenant.settings, authorizationRequests: requireSigned } };
    const verdicts = async (...[changes, within]: [Partial<Client>, typeof tenant?]) =>
      (await Promise.all([es, rs, ps].map((jwt) => judged(jwt, changes, within)))).map((each) => each === 'accepted');
    expect(await verdicts({})).toEqual([true, true, true]);
    expect(await verdicts({ request_object_signing_alg: 'RS256' })).toEqual([false, true, false]);
    expect(await verdicts({ require_signed_request_object: true })).toEqual([true, false, true]);
    expect(await verdicts({}, strict)).toEqual([true, false, true]);
  });
});

describe('a request object elsewhere', () => {
  const uri = 'https://app.example/r#hash';
  beforeEach(() => jest.spyOn(Logger.prototype, 'warn').mockImplementation());
  afterEach(() => jest.restoreAllMocks());

  it('RFC 9101 §5.2.3 is fetched each time, without the fragment, and no more than 32 kB of it', async () => {
    const fetch = jest.fn(async (_url: string, _options: OutboundRequest) => ({ status: 200, text: () => 'a.b.c\n' }));
    const made = objects({ fetch });
    expect([await made.fetch(uri), await made.fetch(uri)]).toEqual(['a.b.c', 'a.b.c']);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(fetch.mock.calls[0]).toEqual(['https://app.example/r', expect.objectContaining({ maxBytes: 32_768 })]);
  });

  it.each([
    ['is not there', async () => ({ status: 404, text: () => 'a.b.c' })],
    ['is elsewhere again', async () => ({ status: 302, text: () => '' })],
    ['may not be asked for', () => Promise.reject(new OutboundError('refused'))],
  ])('RFC 9101 §10.4 S-114 is refused when it %s', async (_, fetch) => {
    expect(await refusalOf(() => objects({ fetch }).fetch(uri))).toBe('invalid_request_uri');
  });
});
