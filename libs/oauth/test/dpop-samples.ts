import { sha256 } from '@tokenidp/kernel';
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** Members that are laid over a proof; undefined leaves one out. */
export type Members = Record<string, unknown>;

/** A key that proofs are signed with, by hand, so that they can be as wrong as they need to be. */
export class ProofKey {
  readonly jwk: Members;
  private readonly privateKey: KeyObject;

  constructor(
    readonly alg: string,
    { rsaBits = 2048, curve = 'P-256' }: { rsaBits?: number; curve?: string } = {},
  ) {
    const { publicKey, privateKey } = newPair(alg, rsaBits, curve);
    this.privateKey = privateKey;
    this.jwk = publicKey.export({ format: 'jwk' }) as Members;
  }

  /** RFC 7638 §3: the required members, in the order of their names. */
  get jkt(): string {
    const { crv, e, kty, n, x, y } = this.jwk;
    return sha256(JSON.stringify({ crv, e, kty, n, x, y }));
  }

  get privateJwk(): Members {
    return this.privateKey.export({ format: 'jwk' }) as Members;
  }

  /** A good proof, but for what is laid over it. */
  proof(claims: Members, header: Members = {}): string {
    const all = { typ: 'dpop+jwt', alg: this.alg, jwk: this.jwk, ...header };
    return this.sign(all, { jti: randomBytes(16).toString('base64url'), ...claims });
  }

  sign(header: Members, claims: unknown): string {
    const text = `${encode(header)}.${encode(claims)}`;
    return `${text}.${signatureOf(this.alg, this.privateKey, text)}`;
  }
}

function newPair(alg: string, modulusLength: number, namedCurve: string) {
  if (alg.startsWith('ES')) return generateKeyPairSync('ec', { namedCurve });
  return alg.startsWith('Ed') ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength });
}

function signatureOf(alg: string, key: KeyObject, text: string): string {
  const hash = alg.startsWith('Ed') ? null : `sha${alg.slice(2)}`;
  const isPss = alg.startsWith('PS');
  const options = { key, dsaEncoding: 'ieee-p1363' as const, ...(isPss && { padding: 6, saltLength: 32 }) };
  return sign(hash, Buffer.from(text), options).toString('base64url');
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
