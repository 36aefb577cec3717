/** @spec OIDC Core §3.1.2.1, OIDC Registration §2 — how old a sign-in may be; the client's default where none was sent. */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `maxAge`, in seconds. */
export function maxAge(request: AuthorizationRequest): void {
  const sent = request.parameters.get('max_age');
  if (sent !== undefined && !/^\d{1,9}$/.test(sent)) {
    throw new OAuthError('invalid_request', 'max_age must be a number of seconds');
  }
  request.maxAge = sent === undefined ? request.client.default_max_age : Number(sent);
}
