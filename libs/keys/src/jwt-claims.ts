/** @spec RFC 7519 §4.1 — each registered claim has its one type, and `iss` is the tenant's issuer (S-094). */
export interface JwtClaims {
  readonly iss: string;
  readonly aud: string | readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly nbf?: number;
  readonly sub?: string;
  readonly jti?: string;
  readonly [claim: string]: unknown;
}

/** What instances' clocks may differ by. */
const SKEW_SECONDS = 10;

const isText = (value: unknown): boolean => typeof value === 'string';
const isAbsentOrText = (value: unknown): boolean => value === undefined || isText(value);
const isAbsentOrInstant = (value: unknown): boolean => value === undefined || isInstant(value);
const isInstant = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

function isAudience(value: unknown): boolean {
  return isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText));
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  iss: isText,
  aud: isAudience,
  exp: isInstant,
  iat: isInstant,
  nbf: isAbsentOrInstant,
  sub: isAbsentOrText,
  jti: isAbsentOrText,
};

export function hasClaimTypes(claims: Record<string, unknown>): claims is Record<string, unknown> & JwtClaims {
  return Object.entries(TYPES).every(([name, isOfType]) => isOfType(claims[name]));
}

export interface ClaimExpectation {
  issuer: string;
  /** One of the audiences has to be this. */
  audience?: string;
  /** For an `id_token_hint`: what it once said is asked, not whether it still holds. */
  ignoreExpiry?: boolean;
}

export function meetsExpectation(claims: JwtClaims, expected: ClaimExpectation, nowSeconds: number): boolean {
  if (claims.iss !== expected.issuer) return false;
  if (!expected.ignoreExpiry && claims.exp <= nowSeconds) return false;
  if (claims.nbf !== undefined && claims.nbf > nowSeconds + SKEW_SECONDS) return false;
  return expected.audience === undefined || audiencesOf(claims).includes(expected.audience);
}

function audiencesOf({ aud }: JwtClaims): readonly string[] {
  return typeof aud === 'string' ? [aud] : aud;
}
