import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { splitCompactJws } from './compact-jws';
import { VerifyingKey } from './verifying-key';

type Jwk = Record<string, unknown>;

const pair = (type: string, options: object = {}): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync(type as 'rsa', options as { modulusLength: number });
const curve = (namedCurve: string) => pair('ec', { namedCurve });
const rsa = pair('rsa', { modulusLength: 2048 });
const ed = pair('ed25519');
const PAIRS: Record<string, { publicKey: KeyObject; privateKey: KeyObject }> = {
  ES256: curve('P-256'),
  ES384: curve('P-384'),
  ES512: curve('P-521'),
  RS256: rsa,
  PS256: rsa,
  EdDSA: ed,
  Ed25519: ed,
};
const ALGS = Object.keys(PAIRS);

const jwkOf = (key: KeyObject): Jwk => key.export({ format: 'jwk' }) as Jwk;
const publicJwk = (alg: string) => jwkOf(PAIRS[alg]!.publicKey);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(alg: string, key: KeyObject): string {
  const input = `${encode({ alg })}.${encode({ iss: 'somebody' })}`;
  const hash = alg.startsWith('Ed') ? null : `sha${alg.slice(2)}`;
  const options = { key, dsaEncoding: 'ieee-p1363' as const, ...(alg === 'PS256' && { padding: 6, saltLength: 32 }) };
  return `${input}.${sign(hash, Buffer.from(input), options).toString('base64url')}`;
}

const verifies = async (jwk: Jwk, alg: string, jws: string) =>
  (await VerifyingKey.of(jwk, alg)?.verifies(splitCompactJws(jws)!)) ?? 'no key';

describe("RFC 7515 §5.2 somebody else's key", () => {
  it.each(ALGS)('verifies what it has signed by %s, and nothing else', async (alg) => {
    const jws = signed(alg, PAIRS[alg]!.privateKey);
    const [header, payload, signature] = jws.split('.') as [string, string, string];
    expect(await verifies(publicJwk(alg), alg, jws)).toBe(true);
    expect(await verifies(publicJwk(alg), alg, `${header}.${payload}A.${signature}`)).toBe(false);
    for (const other of [signature.slice(4), `${signature}AAAA`, 'AAAA', 'A', encode(signature)]) {
      expect(await verifies(publicJwk(alg), alg, `${header}.${payload}.${other}`)).toBe(false);
    }
  });

  it.each(ALGS)('RFC 8725 §3.1, §3.2 S-090 of %s is taken for no other algorithm', (alg) => {
    const isEdwards = (name: string) => name.startsWith('Ed');
    const takenFor = ALGS.filter((other) => VerifyingKey.of({ ...publicJwk(alg), alg }, other) !== null);
    expect(takenFor).toEqual(isEdwards(alg) ? ['EdDSA', 'Ed25519'] : [alg]);
    const ofItsKind = ALGS.filter((other) => VerifyingKey.of(publicJwk(alg), other) !== null);
    expect(ofItsKind).toEqual(
      ALGS.filter(
        (other) => publicJwk(other).kty === publicJwk(alg).kty && publicJwk(other).crv === publicJwk(alg).crv,
      ),
    );
  });

  it.each(['none', 'HS256', 'RS384', 'ES256K', '', 'constructor', '__proto__', 'toString'])(
    'RFC 8725 §3.1 S-090 is not taken for %j',
    (alg) => {
      expect(VerifyingKey.of(publicJwk('ES256'), alg)).toBeNull();
      expect(VerifyingKey.of({ kty: 'oct', k: 'c2VjcmV0' }, alg)).toBeNull();
    },
  );

  it.each<[string, Jwk]>([
    ['for encryption', { use: 'enc' }],
    ['with a use that is no text', { use: ['sig'] }],
    ['for other operations', { key_ops: ['encrypt'] }],
    ['with operations that are no list', { key_ops: 'verify' }],
    ['with its private part', jwkOf(PAIRS.ES256!.privateKey)],
    ['not on its curve', { x: publicJwk('ES256').y, y: publicJwk('ES256').x }],
    ['with a member missing', { y: undefined }],
    ['with a member that is no text', { x: 1 }],
    ['of another curve', publicJwk('ES384')],
    ['of another type', { kty: 'RSA' }],
  ])('RFC 7517 §4 is none %s', (_what, changes) => {
    expect(VerifyingKey.of({ ...publicJwk('ES256'), ...changes }, 'ES256')).toBeNull();
  });

  it('RFC 7517 §4.2, §4.3, §4.4 may say what it is for', async () => {
    const jwk = { ...publicJwk('ES256'), use: 'sig', key_ops: ['sign', 'verify'], alg: 'ES256', kid: 'a', ext: true };
    expect(await verifies(jwk, 'ES256', signed('ES256', PAIRS.ES256!.privateKey))).toBe(true);
  });

  it.each(['RS256', 'PS256'])('RFC 7518 §3.3, §3.5 of less than 2048 bits is none for %s', (alg) => {
    expect(VerifyingKey.of(jwkOf(pair('rsa', { modulusLength: 1024 }).publicKey), alg)).toBeNull();
  });

  it.each(['RS256', 'PS256'])('RFC 7518 §3.3 of any exponent verifies by %s', async (alg) => {
    const dear = pair('rsa', { modulusLength: 2048, publicExponent: 0x10003 });
    expect(await verifies(jwkOf(dear.publicKey), alg, signed(alg, dear.privateKey))).toBe(true);
    const { n } = jwkOf(dear.publicKey) as { n: string };
    const jws = signed(alg, rsa.privateKey);
    for (const e of ['AQ', 'Ag', n, n.slice(0, 40)]) {
      expect([false, 'no key']).toContain(await verifies({ kty: 'RSA', n, e }, alg, jws));
    }
    const huge = { kty: 'RSA', n: `${n.repeat(16)}`, e: n };
    expect([false, 'no key']).toContain(await verifies(huge, alg, jws));
  });
});
