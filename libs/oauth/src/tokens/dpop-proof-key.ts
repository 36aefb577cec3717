/** @spec RFC 9449 §4.3, RFC 7638 §3 — the key that the header of a proof shows, and that has to have signed it. */
import { parseJwsHeader, VerifyingKey } from '@tokenidp/keys';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { invalidProof } from './dpop-proof-error';

/** Asymmetric, and those of FAPI 2.0 §5.4.1 alone: a proof's key is made for it, so that no client needs another. */
export const DPOP_SIGNING_ALGORITHMS = ['ES256', 'PS256', 'Ed25519', 'EdDSA'] as const;

export interface ProofKey {
  /** SHA-256 thumbprint (RFC 7638) */
  readonly jkt: string;
  readonly key: VerifyingKey;
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const NOT_SIGNED = 'it is not signed by the key in its header';

/** A client sends one header with all of its proofs. Of 3 kB each at most, since a proof is bounded. */
const known = new LRUCache<string, ProofKey>({ max: 2_000 });

/** Nothing is verified with it yet. Throws `DpopProofError`. @param header as it is encoded */
export async function proofKey(header: string): Promise<ProofKey> {
  return known.get(header) ?? readKey(header);
}

async function readKey(encoded: string): Promise<ProofKey> {
  const header = parseJwsHeader(encoded);
  if (header?.typ !== 'dpop+jwt') throw invalidProof('typ is not dpop+jwt');
  const alg = DPOP_SIGNING_ALGORITHMS.find((each) => each === header.alg);
  if (alg === undefined) throw invalidProof('alg is not supported');
  const { jwk } = header;
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw invalidProof('jwk is missing');
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member))) throw invalidProof('jwk is not a public key');
  const key = VerifyingKey.of({ ...jwk }, alg);
  if (!key) throw invalidProof(NOT_SIGNED);
  const found = { jkt: await calculateJwkThumbprint(jwk as JWK), key };
  known.set(encoded, found);
  return found;
}
