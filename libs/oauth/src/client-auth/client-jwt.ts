/** @spec RFC 7515 §5.2, RFC 8725 §3.1, RFC 9864 §2.2 — a JWT that a client signs with a key that it has registered. */
import type { Client, ClientKeys } from '@tokenidp/clients';
import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet, type JWK } from 'jose';

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
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Null for what is no signed JWT in compact form, or is longer than that. */
export function readClientJwt(jwt: string, maxLength: number): ClientJwt | null {
  if (jwt.length > maxLength || !COMPACT.test(jwt)) return null;
  const [header, claims] = jwt.split('.').slice(0, 2).map(parseObject);
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
  if (!algorithms.includes(String(header.alg))) return false;
  const jwks = await keys.keys(signer, typeof header.kid === 'string' ? header.kid : undefined);
  try {
    await compactVerify(jwt, importedKeys(jwks), { algorithms });
    return true;
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return anyVerifies(jwt, error, algorithms);
    return false;
  }
}

// A set imports a key when it first verifies with it: one made for each signature would import it each time.
const imported = new WeakMap<JSONWebKeySet, ReturnType<typeof createLocalJWKSet>>();

/** `ClientKeys` gives the same object until the keys have changed. */
function importedKeys(jwks: JSONWebKeySet): ReturnType<typeof createLocalJWKSet> {
  const known = imported.get(jwks);
  if (known) return known;
  const keys = createLocalJWKSet({ keys: jwks.keys.map(underEitherName) });
  imported.set(jwks, keys);
  return keys;
}

function isSame(one: string, other: string): boolean {
  return one === other || (ED25519_NAMES.includes(one) && ED25519_NAMES.includes(other));
}

/** Which of the two names a client has registered its key under does not matter. */
function underEitherName(key: JWK): JWK {
  if (!ED25519_NAMES.includes(key.alg)) return key;
  const { alg: _alg, ...unnamed } = key;
  return unnamed;
}

/** Several keys fit the header (no `kid`): each is tried. */
async function anyVerifies(jwt: string, keys: errors.JWKSMultipleMatchingKeys, algorithms: string[]): Promise<boolean> {
  for await (const key of keys) {
    const verified = await compactVerify(jwt, key, { algorithms }).then(
      () => true,
      () => false,
    );
    if (verified) return true;
  }
  return false;
}

function parseObject(encoded: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
