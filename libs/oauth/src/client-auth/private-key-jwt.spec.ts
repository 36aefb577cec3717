import type { ClientKeys } from '@tokenidp/clients';
import { JWT_BEARER_ASSERTION_TYPE } from '@tokenidp/kernel';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { clientLike, tenant } from '../../test/samples';
import { formLike, NOW_SECONDS } from '../../test/token-samples';
import type { AssertionRules } from './assertion-rules';
import { PrivateKeyJwt } from './private-key-jwt';

interface Pair {
  privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  jwk: JWK;
}

async function pairOf(algorithm: string, kid?: string): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

let ec: Pair;
let other: Pair;
let rsa: Pair;
beforeAll(async () => {
  [ec, other, rsa] = await Promise.all([pairOf('ES256', 'a'), pairOf('ES256', 'b'), pairOf('RS256', 'r')]);
});

const claims = { iss: 'app', sub: 'app', aud: tenant.issuer, jti: 'once', exp: NOW_SECONDS + 60 };
const sign = (key: Pair, header: { alg: string; kid?: string; jwk?: JWK }) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key.privateKey);

const accepted: string[] = [];
const rules = {
  accept: async ({ jwt }: { jwt: string }) => {
    accepted.push(jwt);
    return true;
  },
} as unknown as AssertionRules;

async function proves(jwt: string, keys: JWK[], client = clientLike()): Promise<boolean> {
  const method = new PrivateKeyJwt({ keys: async () => ({ keys }) } as unknown as ClientKeys, rules);
  const parameters = formLike({ client_assertion: jwt, client_assertion_type: JWT_BEARER_ASSERTION_TYPE });
  const credential = method.read({ tenant, authorization: undefined, parameters });
  if (!credential) throw new Error('the method is not used');
  expect(credential.clientId).toBe('app');
  return method.verify(credential, client, tenant);
}

describe('OIDC Core §9, RFC 7523 §2.2 private_key_jwt', () => {
  it('accepts an assertion by a registered key, and then spends it', async () => {
    const jwt = await sign(ec, { alg: 'ES256', kid: 'a' });
    await expect(proves(jwt, [other.jwk, ec.jwk])).resolves.toBe(true);
    expect(accepted).toContain(jwt);
  });

  it('tries each key that fits when the header names none', async () => {
    await expect(proves(await sign(ec, { alg: 'ES256' }), [other.jwk, ec.jwk])).resolves.toBe(true);
  });

  it('refuses and does not spend what another key has signed', async () => {
    const jwt = await sign(other, { alg: 'ES256', kid: 'a' });
    await expect(proves(jwt, [ec.jwk])).resolves.toBe(false);
    await expect(proves(await sign(other, { alg: 'ES256' }), [ec.jwk, rsa.jwk])).resolves.toBe(false);
    expect(accepted).not.toContain(jwt);
  });

  it('S-091 ignores a key in the header', async () => {
    const jwt = await sign(other, { alg: 'ES256', jwk: other.jwk });
    await expect(proves(jwt, [ec.jwk])).resolves.toBe(false);
  });

  it('S-058 is held to the registered algorithm', async () => {
    const client = clientLike({ token_endpoint_auth_signing_alg: 'ES256' });
    await expect(proves(await sign(ec, { alg: 'ES256', kid: 'a' }), [ec.jwk], client)).resolves.toBe(true);
    await expect(proves(await sign(rsa, { alg: 'RS256', kid: 'r' }), [rsa.jwk], client)).resolves.toBe(false);
  });

  it('S-058 takes no RS256 from FAPI clients', async () => {
    const jwt = await sign(rsa, { alg: 'RS256', kid: 'r' });
    await expect(proves(jwt, [rsa.jwk])).resolves.toBe(true);
    await expect(proves(jwt, [rsa.jwk], clientLike({ security_profile: 'fapi2-security' }))).resolves.toBe(false);
  });

  it('S-058 refuses alg none', async () => {
    const [, payload] = (await sign(ec, { alg: 'ES256' })).split('.');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    await expect(proves(`${header}.${payload}.c2ln`, [ec.jwk])).resolves.toBe(false);
  });

  it.each([
    ['Ed25519', 'EdDSA'],
    ['EdDSA', 'Ed25519'],
  ])('RFC 9864 §2.2 takes %s of a key that is registered for %s', async (used, registered) => {
    const pair = await pairOf('Ed25519', 'e');
    const jwt = await sign(pair, { alg: used, kid: 'e' });
    const jwk = { ...pair.jwk, alg: registered };
    const client = clientLike({ token_endpoint_auth_signing_alg: registered, security_profile: 'fapi2-security' });
    await expect(proves(jwt, [jwk], client)).resolves.toBe(true);
    await expect(proves(jwt, [{ ...jwk, ...other.jwk }], client)).resolves.toBe(false);
  });

  it('leaves a MAC to client_secret_jwt, so that a public key is never a secret', async () => {
    const jwt = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(JSON.stringify(ec.jwk)));
    const parameters = formLike({ client_assertion: jwt, client_assertion_type: JWT_BEARER_ASSERTION_TYPE });
    const method = new PrivateKeyJwt({} as ClientKeys, rules);
    expect(method.read({ tenant, authorization: undefined, parameters })).toBeNull();
    await expect(method.verify({ clientId: 'app' }, clientLike(), tenant)).resolves.toBe(false);
  });
});
