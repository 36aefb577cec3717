/**
 * @spec CIBA Core §7.1, RFC 8725 §3.11 — what a login_hint_token must say; pure. It has the form of the assertions that
 * trusted issuers make, but names a user and grants nothing: an issuer for hints alone is trusted with no scope.
 */
import { type ClientJwt, mediaType } from '../client-auth/client-jwt';

const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'login-hint+jwt']);
const MAX_LENGTH = 512;
const MAX_SECONDS = 3600;
const SKEW_SECONDS = 10;

export interface LoginHintExpectation {
  issuer: string;
  nowSeconds: number;
}

/** The first thing that is wrong with a token whose signature is right; undefined when nothing is. */
export function loginHintFault(
  { header, claims }: ClientJwt,
  { issuer, nowSeconds: now }: LoginHintExpectation,
): 'expired' | 'invalid' | undefined {
  const isOurs = TYPES.has(mediaType(header.typ)) && !('crit' in header) && [claims.aud].flat().includes(issuer);
  if (!isOurs || !isName(claims.sub) || typeof claims.exp !== 'number') return 'invalid';
  if (claims.exp <= now) return 'expired';
  const isEndless = claims.exp > now + MAX_SECONDS + SKEW_SECONDS;
  return isEndless || isAhead(claims.iat, now) || isAhead(claims.nbf, now) ? 'invalid' : undefined;
}

function isAhead(instant: unknown, now: number): boolean {
  return instant !== undefined && (typeof instant !== 'number' || instant > now + SKEW_SECONDS);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH;
}
