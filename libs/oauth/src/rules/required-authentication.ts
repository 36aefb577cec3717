/**
 * @spec RFC 9470 §5, OIDC Core §5.5.1.1 — what a protected resource asks of a sign-in is asked for before its token is
 * given: a client that was challenged there comes back with a token that does, also where it did not say what for.
 */
import type { RequiredAuthentication } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { isAtLeast } from '../authorize/acr';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `maxAge`, `acrValues` and `acrEssential` further. Stands after all that sets them. */
export function requiredAuthentication(
  request: AuthorizationRequest,
  { tenant, acrValues }: AuthorizationContext,
): void {
  for (const { maxAgeSeconds, requiredAcr } of requirementsOf(request, tenant)) {
    if (maxAgeSeconds !== undefined) request.maxAge = Math.min(request.maxAge ?? maxAgeSeconds, maxAgeSeconds);
    if (requiredAcr !== undefined) requireAcr(request, requiredAcr, acrValues);
  }
}

/** Of the APIs that the token will be for, and of userinfo. */
function requirementsOf(
  { client, apiScopes, resources, scopes }: AuthorizationRequest,
  { issuer, settings }: Tenant,
): readonly RequiredAuthentication[] {
  const apis = client.assignments
    .map(({ resource }) => resource)
    .filter(({ identifier }) => Object.hasOwn(apiScopes, identifier) || resources.includes(identifier));
  const isAboutProvider = scopes.has('openid') && (resources.length === 0 || resources.includes(issuer));
  return isAboutProvider ? [...apis, settings.userinfo] : apis;
}

/** Of what the client asks for, that remains which is enough here; a wish gives way, a condition does not. */
function requireAcr(request: AuthorizationRequest, required: string, reachable: readonly string[]): void {
  if (!reachable.includes(required)) throw unmet('a resource needs an acr that cannot be reached');
  const enough = request.acrValues.filter(
    (value) => reachable.includes(value) && isAtLeast(value, required, reachable),
  );
  if (request.acrEssential && enough.length === 0)
    throw unmet('a resource needs a stronger acr than the requested ones');
  request.acrValues = request.acrEssential ? enough : [...new Set([...enough, required])];
  request.acrEssential = true;
}

function unmet(description: string): OAuthError {
  return new OAuthError('unmet_authentication_requirements', description);
}
