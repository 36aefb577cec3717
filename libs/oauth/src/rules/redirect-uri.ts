/** @spec OAuth 2.1 §2.3.1, §4.1.1, RFC 9700 §4.1.3 — one of the registered URIs, compared as raw text (S-020, S-024). */
import { type Client, RedirectUriSet } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

const UNREGISTERED = 'redirect_uri is not registered for this application';

/** Narrows `redirectUri`. Registered URIs are not told: whoever sent the request may be a stranger. */
export function redirectUri(request: AuthorizationRequest): void {
  const { client, parameters } = request;
  const sent = parameters.get('redirect_uri');
  if (sent !== undefined) {
    if (!isRegistered(client, sent)) throw new OAuthError('invalid_redirect_uri', UNREGISTERED);
    request.redirectUri = sent;
    return;
  }
  const [only, ...others] = client.redirect_uris;
  if (request.fault || only === undefined || others.length > 0) {
    const missing = 'redirect_uri is missing and not exactly one is registered';
    throw request.refusal ?? new OAuthError('invalid_redirect_uri', missing);
  }
  request.redirectUri = only;
}

/** @spec RFC 9126 §2.1, FAPI 2.0 SP §5.3.2.2 — a pushed request always says where its answer goes. */
export function pushedRedirectUri(request: AuthorizationRequest): void {
  const sent = request.parameters.get('redirect_uri');
  if (sent === undefined) throw request.refusal ?? new OAuthError('invalid_request', 'redirect_uri is missing');
  if (!isRegistered(request.client, sent)) throw new OAuthError('invalid_request', UNREGISTERED);
  request.redirectUri = sent;
}

function isRegistered({ redirect_uris, type }: Client, uri: string): boolean {
  return new RedirectUriSet(redirect_uris, type).matches(uri);
}
