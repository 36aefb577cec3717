/**
 * @spec RFC 7518 §3.3, §3.4, RFC 8725 §3.5 — a key made elsewhere is taken only when it fits its algorithm, is strong
 * enough, and signs what its public part verifies.
 */
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, randomBytes } from 'node:crypto';
import { ALGORITHMS, type SigningAlgorithm } from './algorithms';
import { type KeyPair, keyPairOf } from './key-pair';
import { KeysError } from './keys-error';

export interface ImportedKey {
  readonly algorithm: SigningAlgorithm;
  /** PKCS#8, in clear */
  readonly privateKey?: string;
  readonly jwk?: Readonly<Record<string, unknown>>;
}

const PKCS8 = /^\s*-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\s]+-----END PRIVATE KEY-----\s*$/;
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;
const MIN_RSA_EXPONENT = 65_537n;
const NODE_CURVES: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

/** @throws KeysError (`invalid-key`), which says nothing of what was sent */
export async function readPrivateKey({ algorithm, privateKey: pem, jwk }: ImportedKey): Promise<KeyPair> {
  if ((pem === undefined) === (jwk === undefined)) throw invalid('Send either privateKey or jwk.', 'privateKey');
  const member = pem === undefined ? 'jwk' : 'privateKey';
  const privateKey = pem === undefined ? readJwk(jwk!) : readPem(pem);
  const problem = problemOf(algorithm, privateKey);
  if (problem) throw invalid(problem, member);
  const pair = keyPairOf(algorithm, { privateKey, publicKey: createPublicKey(privateKey) });
  if (!(await isWhole(pair))) throw invalid('The private part does not belong to the public one.', member);
  return pair;
}

function readPem(pem: string): KeyObject {
  if (!PKCS8.test(pem)) throw invalid('This is no PKCS#8 private key in PEM, in clear.', 'privateKey');
  try {
    return createPrivateKey(pem);
  } catch {
    throw invalid('This is no private key.', 'privateKey');
  }
}

function readJwk(jwk: Readonly<Record<string, unknown>>): KeyObject {
  try {
    return createPrivateKey({ key: { ...jwk } as JsonWebKey, format: 'jwk' });
  } catch {
    throw invalid('This is no private key.', 'jwk');
  }
}

function problemOf(algorithm: SigningAlgorithm, key: KeyObject): string | undefined {
  const { kty, curve } = ALGORITHMS[algorithm];
  if (kty === 'RSA') return rsaProblem(algorithm, key);
  if (kty === 'OKP') return key.asymmetricKeyType === 'ed25519' ? undefined : `${algorithm} needs an Ed25519 key.`;
  const isFit = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === NODE_CURVES[curve!];
  return isFit ? undefined : `${algorithm} needs a key on the curve ${curve}.`;
}

function rsaProblem(algorithm: SigningAlgorithm, key: KeyObject): string | undefined {
  if (key.asymmetricKeyType !== 'rsa') return `${algorithm} needs an RSA key.`;
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const isStrong = modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS;
  if (!isStrong) return `An RSA key has ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits.`;
  return publicExponent < MIN_RSA_EXPONENT ? `The exponent of an RSA key is at least ${MIN_RSA_EXPONENT}.` : undefined;
}

/** What would be published verifies what would be signed. */
async function isWhole({ alg, privateKey, publicJwk }: KeyPair): Promise<boolean> {
  const { sign, verify } = ALGORITHMS[alg];
  const input = randomBytes(32);
  try {
    const publicKey = createPublicKey({ key: { ...publicJwk } as JsonWebKey, format: 'jwk' });
    return await verify(input, publicKey, await sign(input, privateKey));
  } catch {
    return false;
  }
}

function invalid(message: string, member: string): KeysError {
  return new KeysError('invalid-key', message, member);
}
