/**
 * @spec RFC 7521 §4.2, RFC 7523 §3, RFC 10070, RFC 8725 §3.1 — what a JWT must say to authenticate a client,
 * whichever key signed it. Pure: the signature and the single use of the `jti` are looked at elsewhere.
 */
import type { Client } from '@tokenidp/clients';
import { JWT_BEARER_ASSERTION_TYPE, OAuthError } from '@tokenidp/kernel';
import type { Parameters } from '../endpoints/form-parameters';
import { type ClientJwt, mediaType, readClientJwt } from './client-jwt';

export type ClientAssertion = ClientJwt;

const MAX_LENGTH = 8192;
const SKEW_SECONDS = 10;
const MAX_JTI_LENGTH = 512;
/** RFC 8725 §3.11: a JWT that says it is something else (a request object, a DPoP proof) is no assertion. */
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'client-authentication+jwt']);

/** Several methods look at the assertion of one form. */
const known = new WeakMap<Parameters, ClientAssertion>();

/** The assertion in the form, null when there is none. Nothing in it is verified yet. */
export function readAssertion(parameters: Parameters): ClientAssertion | null {
  const assertion = known.get(parameters) ?? parseAssertion(parameters);
  if (assertion) known.set(parameters, assertion);
  return assertion;
}

function parseAssertion(parameters: Parameters): ClientAssertion | null {
  const jwt = parameters.get('client_assertion');
  const type = parameters.get('client_assertion_type');
  if (jwt === undefined && type === undefined) return null;
  if (jwt === undefined) throw new OAuthError('invalid_client', 'client_assertion is missing');
  if (type !== JWT_BEARER_ASSERTION_TYPE) {
    throw new OAuthError('invalid_client', 'client_assertion_type is not supported');
  }
  const assertion = readClientJwt(jwt, MAX_LENGTH);
  if (!assertion) throw new OAuthError('invalid_client', 'client_assertion is not a signed JWT in compact form');
  return assertion;
}

/** RFC 7523 §3: the issuer and the subject are the client; also how a request without `client_id` names it. */
export function assertedClientId({ claims }: ClientAssertion): string {
  const { iss, sub } = claims;
  if (typeof sub !== 'string' || sub === '' || iss !== sub) {
    throw new OAuthError('invalid_client', 'iss and sub of the client assertion must both be the client_id');
  }
  return sub;
}

export interface AssertionExpectation {
  client: Client;
  issuer: string;
  tokenEndpoint: string;
  nowSeconds: number;
}

/** The first thing that is wrong with the claims, in words for the log; null when nothing is. */
export function assertionFault(assertion: ClientAssertion, expected: AssertionExpectation): string | null {
  const { claims, header } = assertion;
  if (!TYPES.has(mediaType(header.typ))) return 'typ';
  if (claims.iss !== expected.client.client_id || claims.sub !== expected.client.client_id) return 'iss or sub';
  if (!audienceMatches(claims.aud, expected)) return 'aud';
  if (typeof claims.jti !== 'string' || claims.jti === '' || claims.jti.length > MAX_JTI_LENGTH) return 'jti';
  return timeFault(claims, expected.nowSeconds, expected.client.profile.assertionSeconds);
}

/** RFC 10070: one string, the issuer. The token endpoint is an older habit, kept where the profile allows it. */
export function audienceMatches(
  aud: unknown,
  { client, issuer, tokenEndpoint }: Omit<AssertionExpectation, 'nowSeconds'>,
): boolean {
  if (aud === issuer) return true;
  return client.profile.takesTokenEndpointAsAudience && aud === tokenEndpoint;
}

export function timeFault(claims: Record<string, unknown>, now: number, life: number): string | null {
  if (typeof claims.exp !== 'number' || claims.exp <= now) return 'exp is missing or past';
  if (claims.exp > now + life + SKEW_SECONDS) return 'exp is too far ahead';
  for (const name of ['iat', 'nbf']) {
    const instant = claims[name];
    if (instant === undefined) continue;
    if (typeof instant !== 'number' || instant > now + SKEW_SECONDS) return `${name} is ahead`;
  }
  return null;
}
