import { createPublicKey } from 'node:crypto';
import { Envelope, MasterKeys } from '@tokenidp/kernel';
import { calculateJwkThumbprint, importJWK } from 'jose';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from './algorithms';
import { generateSigningKey, type KeyPair } from './key-pair';
import { KeyWrapping } from './key-wrapping';

describe('generateSigningKey', () => {
  const made = new Map<SigningAlgorithm, KeyPair>();
  let turns = 0;

  beforeAll(async () => {
    const timer = setInterval(() => turns++, 1);
    for (const alg of SIGNING_ALGORITHMS) made.set(alg, await generateSigningKey(alg, 2048));
    clearInterval(timer);
  });

  it('S-184 makes keys off the event loop', () => {
    expect(turns).toBeGreaterThan(5);
  });

  it.each(SIGNING_ALGORITHMS)('RFC 7638 §3 names a new %s key by its thumbprint', async (alg) => {
    const { kid, publicJwk } = made.get(alg)!;
    expect(kid).toBe(await calculateJwkThumbprint(publicJwk));
    await expect(importJWK(publicJwk)).resolves.toBeDefined();
  });

  it.each(SIGNING_ALGORITHMS)('S-098 publishes only public members of a %s key, with its algorithm and use', (alg) => {
    const { publicJwk } = made.get(alg)!;
    const allowed = ['alg', 'crv', 'e', 'kid', 'kty', 'n', 'use', 'x', 'y'];
    expect(Object.keys(publicJwk).filter((member) => !allowed.includes(member))).toEqual([]);
    expect(publicJwk).toMatchObject({ alg, use: 'sig' });
  });

  it('S-100 makes RSA keys of the size asked for, and never below 2048 bits', async () => {
    const sizeOf = async (bits: number) => {
      const { publicJwk } = await generateSigningKey('RS256', bits);
      return createPublicKey({ key: { ...publicJwk }, format: 'jwk' }).asymmetricKeyDetails?.modulusLength;
    };
    await expect(sizeOf(2056)).resolves.toBe(2056);
    await expect(sizeOf(1024)).resolves.toBe(2048);
  });
});

describe('KeyWrapping', () => {
  const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const wrapping = new KeyWrapping(new Envelope(new MasterKeys([{ id: 'm1', key: first }])));
  const place = { tenantId: 'tenant', id: 'row', kid: 'kid' };

  const wrapped = async (alg: SigningAlgorithm = 'ES256') => {
    const { privateKey } = await generateSigningKey(alg, 2048);
    return { privateKey, ...wrapping.wrap(place, privateKey) };
  };

  it('S-186 stores a private key so that no form of it can be read', async () => {
    const { privateKey, wrappedPrivateKey, masterKeyId } = await wrapped();
    expect(masterKeyId).toBe('m1');
    const { d } = privateKey.export({ format: 'jwk' });
    const bytes = privateKey.export({ format: 'der', type: 'pkcs8' });
    for (const part of [d!, bytes.toString('base64'), bytes.toString('base64url'), 'PRIVATE KEY', '"d":']) {
      expect(wrappedPrivateKey).not.toContain(part);
    }
    expect(wrapping.unwrap(place, wrappedPrivateKey).equals(privateKey)).toBe(true);
  });

  it.each(['tenantId', 'id', 'kid'] as const)(
    'S-186 does not open a key that was moved to another %s',
    async (member) => {
      const { wrappedPrivateKey } = await wrapped();
      expect(() => wrapping.unwrap({ ...place, [member]: 'other' }, wrappedPrivateKey)).toThrow();
    },
  );

  it('S-186 re-wraps under a new master key, after which the old one is not needed', async () => {
    const { privateKey, wrappedPrivateKey } = await wrapped();
    const both = new KeyWrapping(
      new Envelope(
        new MasterKeys([
          { id: 'm2', key: second },
          { id: 'm1', key: first },
        ]),
      ),
    );
    const rewrapped = both.rewrap(place, wrappedPrivateKey);
    expect(rewrapped.masterKeyId).toBe('m2');
    const alone = new KeyWrapping(new Envelope(new MasterKeys([{ id: 'm2', key: second }])));
    expect(alone.unwrap(place, rewrapped.wrappedPrivateKey).equals(privateKey)).toBe(true);
    expect(() => alone.unwrap(place, wrappedPrivateKey)).toThrow('m1');
  });
});
