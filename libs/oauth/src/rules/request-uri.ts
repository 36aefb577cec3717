/** @spec OIDC Core §6.2, RFC 9101 §5.2 — a reference to a request object is refused rather than ignored or fetched. */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

export function requestUri({ parameters }: AuthorizationRequest): void {
  if (parameters.has('request_uri')) {
    throw new OAuthError('request_uri_not_supported', 'request_uri is not supported');
  }
}
