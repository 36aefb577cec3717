/** @spec OAuth 2.1 §2.3.1, §4.1.1, RFC 9700 §4.1.3 — one of the registered URIs, compared as raw text (S-020, S-024). */
import { RedirectUriSet } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `redirectUri`. Registered URIs are not told: whoever sent the request may be a stranger. */
export function redirectUri(request: AuthorizationRequest): void {
  const { client, parameters } = request;
  const sent = parameters.get('redirect_uri');
  if (sent !== undefined) {
    if (!new RedirectUriSet(client.redirect_uris, client.type).matches(sent)) {
      throw new OAuthError('invalid_redirect_uri', 'redirect_uri is not registered for this application');
    }
    request.redirectUri = sent;
    return;
  }
  const [only, ...others] = client.redirect_uris;
  if (request.fault || only === undefined || others.length > 0) {
    throw new OAuthError('invalid_redirect_uri', 'redirect_uri is missing and not exactly one is registered');
  }
  request.redirectUri = only;
}
