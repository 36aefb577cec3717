/** @spec RFC 8707 §2, §2.1 — absolute URIs of APIs assigned to the client, or the issuer for userinfo; unknown ones refused. */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `resources`, in the order sent. */
export function resource(request: AuthorizationRequest, { tenant }: AuthorizationContext): void {
  const assigned = new Set(
    request.client.assignments
      .filter(({ userScopes }) => userScopes.length > 0)
      .map((assignment) => assignment.resource.identifier),
  );
  const sent = [...new Set(request.parameters.all('resource'))];
  if (!sent.every((identifier) => identifier === tenant.issuer || assigned.has(identifier))) {
    throw new OAuthError('invalid_target', 'a resource is not assigned to this application');
  }
  request.resources = sent;
}
