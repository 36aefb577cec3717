/** @spec RFC 9126 §5, §6 — where requests have to be pushed, one that a browser brings is refused (S-110). */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

export function requirePushedAuthorizationRequests(
  { client, arrival, pushedRequestId }: AuthorizationRequest,
  { tenant }: AuthorizationContext,
): void {
  if (arrival !== 'browser' || pushedRequestId !== undefined) return;
  if (client.require_pushed_authorization_requests || tenant.settings.authorizationRequests.requirePushed) {
    throw new OAuthError(
      'invalid_request',
      'the request has to be pushed first (pushed_authorization_request_endpoint)',
    );
  }
}
