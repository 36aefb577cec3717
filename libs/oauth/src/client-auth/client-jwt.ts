/** @spec RFC 7515 §5.2, RFC 8725 §3.1, RFC 9864 §2.2 — a JWT that a client signs with a key that it has registered. */
import type { Client, ClientKeys } from '@tokenidp/clients';
import { isExtended, parseObject, splitCompactJws, VerifyingKey } from '@tokenidp/keys';
import type { JSONWebKeySet } from 'jose';

/** What a JWT says, in compact form; nothing in it is verified yet. */
export interface ClientJwt {
  readonly jwt: string;
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
}

/** RFC 8725 §3.1: asymmetric algorithms a client may sign with; those of FAPI 2.0 §5.4.1 stand first. */
export const CLIENT_SIGNING_ALGORITHMS = ['ES256', 'PS256', 'Ed25519', 'EdDSA', 'ES384', 'ES512', 'RS256'] as const;
/** RFC 9864 §2.2: two names of one signature, since `Ed25519` is the only curve that is taken. */
const ED25519_NAMES: readonly unknown[] = ['Ed25519', 'EdDSA'];

/** Null for what is no signed JWT in compact form, or is longer than that. */
export function readClientJwt(jwt: string, maxLength: number): ClientJwt | null {
  const segments = jwt.length > maxLength ? null : splitCompactJws(jwt);
  const [header, claims] = segments ? [parseObject(segments.header), parseObject(segments.payload)] : [];
  return header && claims ? { jwt, header, claims } : null;
}

/** RFC 8725 §3.11: `typ` without what may be left out of a media type. */
export function mediaType(typ: unknown): unknown {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
}

/** Of those that are allowed the registered one alone, where one is registered. */
export function algorithmsFor(registered: string | undefined, allowed: readonly string[]): string[] {
  return allowed.filter((algorithm) => registered === undefined || isSame(registered, algorithm));
}

/** A client, or anybody else whose keys are known in the same ways. */
type KeyOwner = Pick<Client, 'tenantId' | 'jwks' | 'jwks_uri'>;

/** True when one of the signer's keys verifies it, by one of the algorithms. */
export async function isSignedBy(
  signer: KeyOwner,
  keys: ClientKeys,
  { jwt, header }: ClientJwt,
  algorithms: string[],
): Promise<boolean> {
  const { alg, kid } = header;
  const segments = splitCompactJws(jwt);
  if (typeof alg !== 'string' || !algorithms.includes(alg) || !segments || isExtended(header)) return false;
  const jwks = await keys.keys(signer, typeof kid === 'string' ? kid : undefined);
  for (const each of verifyingKeys(jwks, alg)) {
    if ((kid === undefined || kid === each.kid) && (await each.key.verifies(segments))) return true;
  }
  return false;
}

interface KnownKey {
  readonly kid: string | undefined;
  readonly key: VerifyingKey;
}

// Reading a key costs as much as verifying with it.
const known = new WeakMap<JSONWebKeySet, Map<string, readonly KnownKey[]>>();

/** Those for one algorithm that is allowed. `ClientKeys` gives the same object until the keys have changed. */
function verifyingKeys(jwks: JSONWebKeySet, alg: string): readonly KnownKey[] {
  const ofSet = known.get(jwks) ?? new Map<string, readonly KnownKey[]>();
  known.set(jwks, ofSet);
  const before = ofSet.get(alg);
  if (before) return before;
  const found = jwks.keys.flatMap((jwk) => {
    const key = VerifyingKey.of({ ...jwk }, alg);
    return key ? [{ kid: jwk.kid, key }] : [];
  });
  ofSet.set(alg, found);
  return found;
}

function isSame(one: string, other: string): boolean {
  return one === other || (ED25519_NAMES.includes(one) && ED25519_NAMES.includes(other));
}
