/** @spec CIBA Core §7.1.1, FAPI-CIBA §5.2.2 — what a signed authentication request must say; pure (S-160). */
import { OAuthError } from '@tokenidp/kernel';
import { type ClientJwt, mediaType } from '../client-auth/client-jwt';
import type { Parameters } from '../endpoints/form-parameters';

/** What may stand beside `request`: the client's credentials, and nothing that was not signed. */
const BESIDE: ReadonlySet<string> = new Set([
  'request',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
]);
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'oauth-authz-req+jwt']);
const SKEW_SECONDS = 10;
const MAX_SECONDS = 3600;
const MAX_JTI_LENGTH = 512;

export interface SignedRequestExpectation {
  clientId: string;
  issuer: string;
  nowSeconds: number;
}

/** A parameter outside of what was signed; undefined when there is none. */
export function unsignedParameter(form: Parameters): string | undefined {
  return form.names().find((name) => !BESIDE.has(name));
}

/** The first thing that is wrong with a request whose signature is right, in words; undefined when nothing is. */
export function signedRequestFault(
  { header, claims }: ClientJwt,
  expected: SignedRequestExpectation,
): string | undefined {
  if (!TYPES.has(mediaType(header.typ))) return 'typ is not that of a request';
  const { jti } = claims;
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) return 'jti is needed';
  if ('request' in claims || 'request_uri' in claims) return 'it must not hold another one';
  return partyFault(claims, expected) ?? timeFault(claims, expected.nowSeconds);
}

function partyFault(
  { iss, sub, aud, client_id = iss }: Record<string, unknown>,
  { clientId, issuer }: SignedRequestExpectation,
): string | undefined {
  if (iss !== clientId || client_id !== clientId) return 'iss and client_id must be that of the client';
  // With it, the same JWT would be a client assertion.
  if (sub === clientId) return 'sub must not be the client_id';
  return [aud].flat().includes(issuer) ? undefined : 'aud must hold the issuer';
}

function timeFault({ exp, nbf, iat }: Record<string, unknown>, now: number): string | undefined {
  if (![exp, nbf, iat].every((each): each is number => typeof each === 'number' && Number.isFinite(each))) {
    return 'exp, nbf and iat are needed';
  }
  const [end, begin, issued] = [exp, nbf, iat] as [number, number, number];
  if (end <= now) return 'exp is past';
  if (begin > now + SKEW_SECONDS || issued > now + SKEW_SECONDS) return 'nbf or iat is ahead';
  return end - begin > MAX_SECONDS || begin < now - MAX_SECONDS ? 'exp and nbf are too far apart' : undefined;
}

export function invalidRequest(fault: string): OAuthError {
  return new OAuthError('invalid_request', `request: ${fault}`);
}
