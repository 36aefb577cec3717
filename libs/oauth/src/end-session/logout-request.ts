/** @spec OIDC RP-Initiated Logout §2, §3 — which client asks, whether it proves so, and where the browser may go afterwards (S-030). */
import { type Client, RedirectUriSet } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { VerifiedJwt } from '@tokenidp/keys';
import type { Parameters } from '../endpoints/form-parameters';

/** The user of a valid `id_token_hint`, and its client. */
export interface LogoutHint {
  subject: string;
  audience: readonly string[];
}

export interface LogoutRequest {
  /** named by a valid hint, or by `client_id` */
  client?: Client;
  /** the user whom a valid hint names, as the client knows them */
  subject?: string;
  /** registered for the client, exactly */
  redirectUri?: string;
  /** only where there is somewhere to send it */
  state?: string;
}

/** A hint is a signed ID token of ours; how old it is does not matter (RP-Initiated Logout §4). */
export function logoutHintOf(token: VerifiedJwt | null): LogoutHint | null {
  if (typeof token?.claims.sub !== 'string') return null;
  const audience = [token.claims.aud ?? []].flat().filter((each) => typeof each === 'string');
  return { subject: token.claims.sub, audience };
}

/** The `client_id` to look up: the hint's, else the parameter's. Throws `invalid_request` when they differ. */
export function logoutClientId(parameters: Parameters, hint: LogoutHint | null): string | undefined {
  const sent = parameters.get('client_id');
  if (hint && sent !== undefined && !hint.audience.includes(sent)) {
    throw new OAuthError('invalid_request', 'client_id is not the application of id_token_hint');
  }
  return sent ?? hint?.audience[0];
}

/**
 * Throws `invalid_redirect_uri` for a URI that the client has not registered. Where no client is known, or the hint
 * was forged, the URI is let go: the browser stays here.
 */
export function logoutRequest(parameters: Parameters, hint: LogoutHint | null, client: Client | null): LogoutRequest {
  if (client?.status !== 'active') return {};
  const known = { client, subject: hint?.subject };
  const redirectUri = parameters.get('post_logout_redirect_uri');
  const forged = !hint && parameters.has('id_token_hint');
  if (redirectUri === undefined || forged) return known;
  if (!new RedirectUriSet(client.post_logout_redirect_uris, client.type).matches(redirectUri)) {
    throw new OAuthError('invalid_redirect_uri', 'post_logout_redirect_uri is not registered for this application');
  }
  return { ...known, redirectUri, state: parameters.get('state') };
}
