/** @spec RFC 7517 §4 and §5, RFC 7518 §6, FAPI 2.0 SP §5.4.1 — only public, strong keys are taken from a client (S-100). */
import { isSamePublicKey } from '@tokenidp/kernel';
import { createPublicKey, X509Certificate } from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';
import { invalid } from './client-metadata-error';
import { member, type MetadataInput } from './members';

const MAX_KEYS = 20;
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;
const MAX_CHAIN = 10;
const MAX_JWKS_BYTES = 64 * 1024;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;
const CURVES: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['EC', ['P-256', 'P-384', 'P-521']],
  ['OKP', ['Ed25519']],
]);

/** `jwks`: a key set of the client's own, by value. */
export function inlineKeySet(input: MetadataInput): JSONWebKeySet | undefined {
  const value = member(input, 'jwks');
  if (value === undefined) return undefined;
  const keys = keysOf(value);
  if (!keys) throw invalid('jwks', 'must be an object with a list of keys');
  if (keys.length === 0 || keys.length > MAX_KEYS) throw invalid('jwks', `must hold 1 to ${MAX_KEYS} keys`);
  if (JSON.stringify(value).length > MAX_JWKS_BYTES) throw invalid('jwks', `must not exceed ${MAX_JWKS_BYTES} bytes`);
  for (const [index, key] of keys.entries()) {
    const problem = keyProblem(key);
    if (problem) throw invalid('jwks', `key ${index}: ${problem}`);
  }
  const kids = keys.map((key) => (key as JWK).kid).filter((kid) => kid !== undefined);
  if (new Set(kids).size !== kids.length) throw invalid('jwks', 'must not hold two keys of one kid');
  return { keys: keys as JWK[] };
}

/** The keys of a fetched document that may be used; unfit ones are left out, for they may be meant for something else. */
export function fitKeys(document: unknown): JSONWebKeySet {
  const keys = (keysOf(document) ?? []).slice(0, MAX_KEYS);
  return { keys: keys.filter((key): key is JWK => keyProblem(key) === undefined) };
}

function keysOf(document: unknown): unknown[] | undefined {
  const keys = isObject(document) ? document.keys : undefined;
  return Array.isArray(keys) ? keys : undefined;
}

/** What is wrong with a key; undefined when it is a public signature or encryption key that is strong enough. */
export function keyProblem(key: unknown): string | undefined {
  if (!isObject(key)) return 'must be an object';
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(key, name))) return 'must not hold private or symmetric parts';
  if (key.kid !== undefined && typeof key.kid !== 'string') return 'kid must be a string';
  return (key.kty === 'RSA' ? rsaProblem(key) : curveProblem(key)) ?? certificateProblem(key);
}

/** RFC 7517 §4.7: the first certificate is of this key. */
function certificateProblem(key: Record<string, unknown>): string | undefined {
  if (key.x5c === undefined) return undefined;
  const chain: unknown[] = Array.isArray(key.x5c) ? key.x5c : [];
  const [first] = chain;
  if (typeof first !== 'string' || chain.length > MAX_CHAIN)
    return `x5c must be a list of 1 to ${MAX_CHAIN} certificates`;
  try {
    const certified = new X509Certificate(Buffer.from(first, 'base64')).publicKey;
    return isSamePublicKey(certified, createPublicKey({ key, format: 'jwk' }))
      ? undefined
      : 'x5c must be of the same key';
  } catch {
    return 'x5c must hold a certificate';
  }
}

function curveProblem(key: Record<string, unknown>): string | undefined {
  const curves = CURVES.get(key.kty);
  if (!curves) return 'kty must be RSA, EC or OKP';
  if (!curves.includes(String(key.crv))) return `crv must be one of ${curves.join(', ')}`;
  return readable(key) ? undefined : 'is not a point of its curve';
}

function rsaProblem(key: Record<string, unknown>): string | undefined {
  const details = readable(key);
  if (!details) return 'is not an RSA key';
  const bits = details.modulusLength ?? 0;
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) return `must have ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits`;
  const exponent = details.publicExponent ?? 0n;
  return exponent >= 65_537n && exponent % 2n === 1n ? undefined : 'e must be odd and at least 65537';
}

function readable(key: Record<string, unknown>) {
  try {
    return createPublicKey({ key, format: 'jwk' }).asymmetricKeyDetails ?? null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
