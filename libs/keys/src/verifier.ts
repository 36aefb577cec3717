/**
 * @spec RFC 7515 §5.2, RFC 7519 §7.2, RFC 8725 §3.1, §3.11 — a token of ours: signed by a key of this tenant, with that
 * key's own algorithm, of exactly the expected type.
 */
import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { LRUCache } from 'lru-cache';
import { ALGORITHMS } from './algorithms';
import { type CompactJws, type JwsHeader, parseCompactJws, parseObject } from './compact-jws';
import { hasClaimTypes, type JwtClaims, meetsExpectation } from './jwt-claims';
import type { JwtType, KeySet, VerificationKey } from './key-set';
import { KeySets } from './key-sets';

export interface JwtExpectation {
  type: JwtType;
  /** One of the token's audiences has to be this. */
  audience?: string;
  /** For an `id_token_hint`; a key that was retired not long ago verifies it, too. */
  ignoreExpiry?: boolean;
}

/** Shared with every other caller that verified the same token: frozen. */
export interface VerifiedJwt {
  readonly header: JwsHeader;
  readonly claims: JwtClaims;
}

const MAX_LENGTH = 16_384;
const MAX_VERIFIED = 10_000;
/** Longer ones are verified each time, so that the cache stays below some 40 MB. */
const MAX_CACHED_LENGTH = 4_096;
const TYPE_PREFIX = 'application/';

/** Verifies tokens that this server issued. The instant, issuer, type and audience are looked at every time. */
@Injectable()
export class Verifier {
  private readonly verified = new LRUCache<string, VerifiedJwt>({ max: MAX_VERIFIED });

  constructor(
    private readonly sets: KeySets,
    private readonly clock: Clock,
  ) {}

  /** Null for whatever is not such a token, whatever it is. Throws only when the database cannot be reached. */
  async verify(tenant: Tenant, jwt: string, expected: JwtExpectation): Promise<VerifiedJwt | null> {
    if (typeof jwt !== 'string' || jwt.length > MAX_LENGTH) return null;
    const set = this.sets.peek(tenant.id) ?? (await this.sets.of(tenant.id));
    const token = await this.authenticate(set, jwt);
    if (!token || !isOfType(token.header, expected.type)) return null;
    if (!expected.ignoreExpiry && set.verificationKey(token.header.kid)?.isRetired !== false) return null;
    const { audience, ignoreExpiry } = expected;
    const claimsExpected = { issuer: tenant.issuer, audience, ignoreExpiry };
    return meetsExpectation(token.claims, claimsExpected, this.clock.nowSeconds()) ? token : null;
  }

  /** The signature, once per token and key set. */
  private async authenticate(set: KeySet, jwt: string): Promise<VerifiedJwt | null> {
    const name = set.generation + hash('sha256', jwt, 'base64url');
    const known = this.verified.get(name);
    if (known) return known;
    const jws = parseCompactJws(jwt);
    const key = jws && set.verificationKey(jws.header.kid);
    if (!key || !(await isSignedBy(key, jws))) return null;
    const claims = parseObject(jws.payload);
    if (!claims || !hasClaimTypes(claims)) return null;
    const token = freeze({ header: jws.header, claims });
    if (jwt.length <= MAX_CACHED_LENGTH) this.verified.set(name, token);
    return token;
  }
}

/** The key's own algorithm verifies; the header may only agree. */
async function isSignedBy({ alg, publicKey }: VerificationKey, jws: CompactJws): Promise<boolean> {
  return jws.header.alg === alg && ALGORITHMS[alg].verify(Buffer.from(jws.signingInput), publicKey, jws.signature);
}

function isOfType({ typ }: JwsHeader, expected: JwtType): boolean {
  return typ === expected || (typ.startsWith(TYPE_PREFIX) && typ.slice(TYPE_PREFIX.length) === expected);
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
