/** @spec RFC 9101 §4, §5, §6.3, §10.8, RFC 8725 §3.11, FAPI 2.0 MS §5.3.1 — what the client signed is the whole request (S-113, S-093). */
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import { type AuthorizationContext, type AuthorizationRequest, REPEATABLE } from '../authorize/authorization-request';
import { signedParameters } from '../authorize/signed-parameters';
import { type ClientJwt, mediaType } from '../client-auth/client-jwt';
import { mustSign } from './require-signed-request-object';

const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'oauth-authz-req+jwt']);
const SKEW_SECONDS = 10;
const MAX_SECONDS = 3600;

/** Puts the claims in the place of the parameters. A failure waits until there is somewhere to tell it. */
export async function requestObject(request: AuthorizationRequest, context: AuthorizationContext): Promise<void> {
  const jwt = request.requestObject ?? request.parameters.get('request');
  if (jwt === undefined || request.refusal || request.arrival === 'interaction') return;
  try {
    const object = await context.requestObjects.verify(jwt, request.client, context.tenant);
    const fault = requestObjectFault(object, request.client, context);
    if (fault) throw new OAuthError('invalid_request_object', `request: ${fault}`);
    request.parameters = signedParameters(object.claims, REPEATABLE);
    request.isSigned = true;
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    request.refusal = error;
  }
}

type Judge = Pick<AuthorizationContext, 'tenant' | 'nowSeconds'>;

/** The first thing that is wrong with a request object whose signature is right, in words; undefined when nothing is. */
export function requestObjectFault({ header, claims }: ClientJwt, client: Client, judge: Judge): string | undefined {
  const { client_id } = client;
  if (!TYPES.has(mediaType(header.typ))) return 'typ is not that of a request object';
  if (claims.client_id !== client_id || claims.iss !== client_id) return 'client_id and iss must name the application';
  // RFC 9101 §10.8: with it, the same JWT would be a client assertion.
  if ('sub' in claims && (typeof claims.sub !== 'string' || claims.sub === client_id))
    return 'sub is not that of a user';
  if (![claims.aud].flat().includes(judge.tenant.issuer)) return 'aud must hold the issuer';
  if ('request' in claims || 'request_uri' in claims) return 'it must not hold or refer to another one';
  return timeFault(claims, mustSign(client, judge.tenant), judge.nowSeconds);
}

/** @spec FAPI 2.0 MS §5.3.1 — where requests must be signed, a signature is good for an hour at most. */
function timeFault(claims: Record<string, unknown>, isBounded: boolean, now: number): string | undefined {
  const { exp, nbf, iat } = claims;
  if ([exp, nbf, iat].some((each) => each !== undefined && !Number.isFinite(each)))
    return 'exp, nbf or iat is no instant';
  if (exp !== undefined && Number(exp) <= now) return 'exp is past';
  if ([nbf, iat].some((each) => Number(each ?? 0) > now + SKEW_SECONDS)) return 'nbf or iat is ahead';
  if (!isBounded) return undefined;
  if (exp === undefined || nbf === undefined) return 'exp and nbf are needed';
  if (Number(exp) - Number(nbf) > MAX_SECONDS || Number(nbf) < now - MAX_SECONDS)
    return 'exp and nbf are too far apart';
  return undefined;
}
