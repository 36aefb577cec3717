/** @spec OIDC Core §6.1, RFC 9101 §5 — a request object would override the parameters, so it is never ignored. */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

export function requestObject({ parameters }: AuthorizationRequest): void {
  if (parameters.has('request')) {
    throw new OAuthError('request_not_supported', 'request objects are not supported');
  }
  if (parameters.has('registration')) {
    throw new OAuthError('registration_not_supported', 'registration within a request is not supported');
  }
}
