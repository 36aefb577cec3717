/** @spec RFC 7517 §4, RFC 7638 §3 — a key says its algorithm and use, and is named by its thumbprint. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { sha256 } from '@tokenidp/kernel';
import { ALGORITHMS, type SigningAlgorithm } from './algorithms';

/** As published: the members that RFC 7518 §6 and RFC 8037 §2 define for the type, and what the key is for. */
export interface PublicJwk {
  kty: 'EC' | 'RSA' | 'OKP';
  crv?: string;
  x?: string;
  y?: string;
  n?: string;
  e?: string;
  kid: string;
  alg: SigningAlgorithm;
  use: 'sig';
}

export interface KeyPair {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly publicJwk: PublicJwk;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Exactly the members of the thumbprint, in the order of the alphabet. */
const THUMBPRINT_MEMBERS = { EC: ['crv', 'kty', 'x', 'y'], RSA: ['e', 'kty', 'n'], OKP: ['crv', 'kty', 'x'] } as const;

/** Off the event loop: an RSA key takes a tenth of a second and more. `rsaBits` is at least 2048. */
export async function generateSigningKey(alg: SigningAlgorithm, rsaBits: number): Promise<KeyPair> {
  return keyPairOf(alg, await generateFor(alg, rsaBits));
}

export function keyPairOf(
  alg: SigningAlgorithm,
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
): KeyPair {
  const jwk = publicKey.export({ format: 'jwk' });
  const { kty } = ALGORITHMS[alg];
  const members = Object.fromEntries(THUMBPRINT_MEMBERS[kty].map((name) => [name, jwk[name]]));
  const kid = sha256(JSON.stringify(members));
  return { kid, alg, privateKey, publicJwk: { ...members, kty, kid, alg, use: 'sig' } };
}

function generateFor(alg: SigningAlgorithm, rsaBits: number): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  const { kty, curve } = ALGORITHMS[alg];
  if (kty === 'RSA') return generate('rsa', { modulusLength: Math.max(rsaBits, 2048) });
  return kty === 'OKP' ? generate('ed25519') : generate('ec', { namedCurve: curve! });
}
