/** @spec OIDC Core §3.1.2.1, §15.5.2 — passed unchanged into the ID token (S-045), so it is bounded. */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

const MAX_LENGTH = 1024;

/** Narrows `nonce`. */
export function nonce(request: AuthorizationRequest): void {
  const sent = request.parameters.get('nonce');
  if (sent !== undefined && sent.length > MAX_LENGTH) throw new OAuthError('invalid_request', 'nonce is too long');
  request.nonce = sent;
}
