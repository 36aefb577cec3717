import { Clock } from '@tokenidp/kernel';
import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { ALGORITHMS, SIGNING_ALGORITHMS } from './algorithms';
import { generateSigningKey, type KeyPair } from './key-pair';
import { JWT_TYPES, KeySet } from './key-set';
import type { KeySets } from './key-sets';
import { Signer } from './signer';
import type { SigningKeyEntity } from './signing-key.entity';
import { Verifier } from './verifier';

class FixedClock extends Clock {
  now(): Date {
    return new Date('2026-05-06T07:08:09Z');
  }
}

const clock = new FixedClock();
const tenant = { id: 't1', slug: 'a', issuer: 'https://id.example/t/a', settings: DEFAULT_TENANT_SETTINGS } as Tenant;
const claims = { iss: tenant.issuer, sub: 'ü', aud: 'https://api.example', iat: 1778051289, exp: 1778051589, jti: 'j' };

async function makeAll() {
  const pairs = await Promise.all(SIGNING_ALGORITHMS.map((alg) => generateSigningKey(alg, 2048)));
  const row = ({ kid, alg, publicJwk }: KeyPair) =>
    ({ tenantId: 't1', id: kid, kid, alg, state: 'current', publicJwk, wrappedPrivateKey: '' }) as SigningKeyEntity;
  const set = new KeySet('t1', pairs.map(row));
  const sets = {
    peek: () => set,
    signingKey: async (_tenant: Tenant, alg: KeyPair['alg']) => set.signingKey(alg),
    privateKey: ({ kid }: { kid: string }) => pairs.find((pair) => pair.kid === kid)!.privateKey,
  } as unknown as KeySets;
  return { set, signer: new Signer(sets), verifier: new Verifier(sets, clock) };
}

let made: Awaited<ReturnType<typeof makeAll>>;
beforeAll(async () => {
  made = await makeAll();
});

describe('Signer', () => {
  it.each(SIGNING_ALGORITHMS)(
    'RFC 7515 §5.1, RFC 7518 §3.1 signs with %s what jose and the verifier accept',
    async (algorithm) => {
      const { set, signer, verifier } = made;
      const jwks = createLocalJWKSet(JSON.parse(set.published.body) as JSONWebKeySet);
      for (let i = 0; i < 20; i++) {
        const jwt = await signer.sign(tenant, { algorithm, type: 'at+jwt', claims: { ...claims, jti: `j${i}` } });
        const options = { algorithms: [algorithm], issuer: tenant.issuer, typ: 'at+jwt', currentDate: clock.now() };
        const { payload } = await jwtVerify(jwt, jwks, options);
        expect(payload).toEqual({ ...claims, jti: `j${i}` });
        const verified = await verifier.verify(tenant, jwt, { type: 'at+jwt', audience: claims.aud });
        expect(verified?.claims).toEqual(payload);
      }
    },
  );

  it.each(JWT_TYPES)('RFC 8725 §3.11 says alg, kid and typ %s in the header, and nothing else', async (type) => {
    const { set, signer } = made;
    const header = decodeProtectedHeader(await signer.sign(tenant, { algorithm: 'ES256', type, claims }));
    expect(header).toEqual({ alg: 'ES256', typ: type, kid: set.signingKey('ES256')?.kid });
  });
});

it.each(SIGNING_ALGORITHMS)('S-090 a malformed signature of %s is false, and no error', async (alg) => {
  const { kid } = made.set.signingKey(alg)!;
  const { publicKey } = made.set.verificationKey(kid)!;
  for (const length of [0, 1, 32, 63, 64, 65, 96, 132, 256, 600]) {
    expect(await ALGORITHMS[alg].verify(Buffer.from('x'), publicKey, Buffer.alloc(length, 1))).toBe(false);
  }
});
