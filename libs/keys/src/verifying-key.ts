/**
 * @spec RFC 7517 §4.2-§4.4, RFC 7518 §3.3, §6, RFC 8725 §3.1, §3.2, RFC 9864 §2.2 — a public key of somebody else: it is
 * for the one algorithm that it is taken for, and strong enough for it.
 */
import { createPublicKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import { type AlgorithmDefinition, ALGORITHMS, type SigningAlgorithm } from './algorithms';
import { decodeSegment, type JwsSegments } from './compact-jws';

const MIN_RSA_BITS = 2048;
/** Two names of one signature, since Ed25519 is the only curve that is taken. */
const isEd25519 = (name: unknown): boolean => name === 'Ed25519' || name === 'EdDSA';

/** Whatever a JWK may hold; nothing in it is believed. */
type Jwk = Readonly<Record<string, unknown>>;

export class VerifyingKey {
  private constructor(
    private readonly algorithm: AlgorithmDefinition,
    private readonly key: KeyObject,
  ) {}

  /** Null for what is no public key of this algorithm. */
  static of(jwk: Jwk, alg: string): VerifyingKey | null {
    const algorithm = algorithmOf(alg);
    if (!algorithm || !isMeantFor(jwk, alg) || !isOfKind(jwk, algorithm)) return null;
    const key = publicKey(jwk);
    return key && isStrong(key) ? new VerifyingKey(algorithm, key) : null;
  }

  verifies({ signingInput, signature }: JwsSegments): boolean | Promise<boolean> {
    const bytes = decodeSegment(signature);
    return bytes !== null && this.algorithm.verify(Buffer.from(signingInput), this.key, bytes);
  }
}

function algorithmOf(alg: string): AlgorithmDefinition | undefined {
  const name = isEd25519(alg) ? 'EdDSA' : alg;
  return Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name as SigningAlgorithm] : undefined;
}

/** What the key says of its use, where it says anything. */
function isMeantFor({ use, key_ops: operations, alg: registered }: Jwk, alg: string): boolean {
  if (use !== undefined && use !== 'sig') return false;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return false;
  return registered === undefined || registered === alg || [registered, alg].every(isEd25519);
}

function isOfKind(jwk: Jwk, { kty, curve }: AlgorithmDefinition): boolean {
  return jwk.kty === kty && (curve === undefined || jwk.crv === curve) && !('d' in jwk);
}

function publicKey(jwk: Jwk): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' } as JsonWebKeyInput);
  } catch {
    return null;
  }
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS;
}
