/** @spec OIDC Core §7.2.1 — metadata within a request would change the client, so it is never ignored. */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

export function registration({ parameters }: AuthorizationRequest): void {
  if (parameters.has('registration')) {
    throw new OAuthError('registration_not_supported', 'registration within a request is not supported');
  }
}
