/** @spec RFC 9396 §2, §3, §3.2, §5, RFC 8707 §2 — details of types that the client may use; they name their resource by themselves. */
import { parseScope } from '@tokenidp/kernel';
import { parseDetails } from '../authorization-details/detail-syntax';
import { knownTypeOf } from '../authorization-details/detail-types';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/**
 * Narrows `authorizationDetails`, and `resources` where the request named none: a token for one API says nothing of
 * what may be done at another. Stands between `resource` and `scope`.
 */
export function authorizationDetails(request: AuthorizationRequest, { tenant }: AuthorizationContext): void {
  const details = parseDetails(request.parameters.get('authorization_details'));
  if (!details) return;
  const { client, resources, parameters } = request;
  const assigned = client.assignments.filter(({ userScopes }) => userScopes.length > 0);
  const named = assigned.filter(({ resource }) => resources.includes(resource.identifier));
  const owners = details.map((detail) => knownTypeOf(detail, client, resources.length > 0 ? named : assigned).resource);
  request.authorizationDetails = details;
  if (resources.length > 0) return;
  const identifiers = new Set(owners.map(({ identifier }) => identifier));
  const isAboutProvider = parseScope(parameters.get('scope') ?? client.default_scope ?? 'openid').has('openid');
  request.resources = isAboutProvider ? [...identifiers, tenant.issuer] : [...identifiers];
}
