/** @spec OAuth 2.0 Multiple Response Types §2.1 — query, or what the client may use (S-028). */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';
import { findResponseMode } from '../response-modes';

/** Narrows `responseMode`; until then, and when this fails, an answer goes by query. */
export function responseMode(request: AuthorizationRequest): void {
  const sent = request.parameters.get('response_mode');
  if (sent === undefined) return;
  const mode = findResponseMode(sent);
  if (!mode) throw new OAuthError('invalid_request', 'response_mode is not supported');
  if (!request.client.response_modes.includes(mode.name)) {
    throw new OAuthError('unauthorized_client', 'response_mode is not registered for this application');
  }
  request.responseMode = mode.name;
}
