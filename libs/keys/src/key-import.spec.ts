import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SigningAlgorithm } from './algorithms';
import { readPrivateKey } from './key-import';

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;
const rsa = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).privateKey;
const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }) as string;
const jwk = (key: KeyObject) => key.export({ format: 'jwk' }) as Record<string, unknown>;

const p256 = ec('P-256');
const rsa2048 = rsa(2048);
const ed = generateKeyPairSync('ed25519').privateKey;

describe('a key made elsewhere', () => {
  it.each<[SigningAlgorithm, KeyObject]>([
    ['ES256', p256],
    ['ES384', ec('P-384')],
    ['ES512', ec('P-521')],
    ['RS256', rsa2048],
    ['PS256', rsa2048],
    ['EdDSA', ed],
  ])(
    'RFC 7517 §4 is taken for %s, as PEM and as JWK, and only its public part is published',
    async (algorithm, key) => {
      const one = await readPrivateKey({ algorithm, privateKey: pem(key) });
      const other = await readPrivateKey({ algorithm, jwk: { ...jwk(key), kid: 'mine', alg: 'none', use: 'enc' } });
      expect(one.publicJwk).toEqual(other.publicJwk);
      expect(one.publicJwk).toMatchObject({ kid: one.kid, alg: algorithm, use: 'sig' });
      expect(Object.keys(one.publicJwk)).not.toEqual(expect.arrayContaining(['d']));
    },
  );

  const { d: _d, ...publicOnly } = jwk(p256);
  it.each<[string, SigningAlgorithm, { privateKey?: string; jwk?: Record<string, unknown> }]>([
    ['neither of both', 'ES256', {}],
    ['both of them', 'ES256', { privateKey: pem(p256), jwk: jwk(p256) }],
    ['no PEM', 'ES256', { privateKey: 'secret' }],
    ['a broken PEM', 'ES256', { privateKey: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' }],
    ['PKCS#1', 'RS256', { privateKey: rsa2048.export({ format: 'pem', type: 'pkcs1' }) as string }],
    [
      'an encrypted PEM',
      'ES256',
      { privateKey: p256.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }) as string },
    ],
    ['a public key', 'ES256', { jwk: publicOnly }],
    ['a symmetric key', 'ES256', { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['another curve', 'ES256', { privateKey: pem(ec('P-384')) }],
    ['a curve that no algorithm has', 'ES256', { privateKey: pem(ec('secp256k1')) }],
    ['another kind of key', 'RS256', { privateKey: pem(p256) }],
    ['X25519', 'EdDSA', { privateKey: pem(generateKeyPairSync('x25519').privateKey) }],
    ['RSA of 1024 bits', 'RS256', { privateKey: pem(rsa(1024)) }],
    ['RSA with the exponent 3', 'RS256', { privateKey: pem(rsa(2048, 3)) }],
    ['a private part of another key', 'ES256', { jwk: { ...jwk(p256), d: jwk(ec('P-256')).d } }],
    ['members of wrong types', 'ES256', { jwk: { kty: 'EC', crv: 7, d: {}, x: [], y: null } }],
  ])('RFC 8725 §3.5 is refused as %s, and the refusal says nothing of it', async (_what, algorithm, input) => {
    const refusal = readPrivateKey({ algorithm, ...input });
    await expect(refusal).rejects.toMatchObject({ code: 'invalid-key' });
    const said = await refusal.then(String, ({ message }: Error) => message);
    expect(said.length).toBeLessThan(80);
  });
});
