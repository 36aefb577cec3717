/** @spec RFC 6749 §3.3, OIDC Core §3.1.2.1, §11 — only what is assigned to the client, and never more than was asked. */
import { type Assignment, type Client, defaultScopes } from '@tokenidp/clients';
import { isOidcScope, OAuthError, parseScope, SCOPE_TOKEN } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';
import { resolveAudience } from '../tokens/audience';

/** What an omitted scope means for a client without a default set: least of all, never everything it may have. */
const LEAST_SCOPE = 'openid';

/** Narrows `scopes` and `apiScopes`. `offline_access` is dropped where no refresh token can follow (OIDC Core §11). */
export function scope(request: AuthorizationRequest, { tenant }: AuthorizationContext): void {
  const { client, resources, parameters } = request;
  const named = client.assignments.filter(({ resource }) => resources.includes(resource.identifier));
  const assignments = resources.length === 0 ? client.assignments : named;
  const sent = parameters.get('scope');
  const asked = sent === undefined ? defaultsAt(client, assignments) : parseScope(sent);
  for (const each of asked) assertAssigned(each, client, assignments);
  if (!client.grant_types.includes('refresh_token')) asked.delete('offline_access');
  request.scopes = asked;
  const apis = resources.length === 0 ? ownersOf(request, tenant.issuer) : named;
  request.apiScopes = Object.fromEntries(
    apis.map(({ resource, userScopes }) => [resource.identifier, userScopes.filter((name) => asked.has(name))]),
  );
}

/** The default set of the client, as far as it is about these APIs. */
function defaultsAt(client: Client, assignments: readonly Assignment[]): Set<string> {
  if (client.default_scope === undefined) return parseScope(LEAST_SCOPE);
  const isHere = (name: string) => isOidcScope(name) || assignments.some((each) => each.userScopes.includes(name));
  return new Set(defaultScopes(client, true).filter(isHere));
}

/** Throws `invalid_scope` for what the client may not ask for, by its registration or by its assignments. */
function assertAssigned(name: string, client: Client, assignments: readonly Assignment[]): void {
  if (!SCOPE_TOKEN.test(name)) throw new OAuthError('invalid_scope', 'scope is malformed');
  const isRegistered = client.scope === undefined || parseScope(client.scope).has(name);
  const isAssigned = isOidcScope(name) || assignments.some((each) => mayAsk(client, each, name));
  if (isRegistered && isAssigned) return;
  throw new OAuthError('invalid_scope', `the scope ${name.slice(0, 64)} is not assigned to this application`);
}

/** S-153: what is marked as sensitive is for applications that an administrator has looked at. */
function mayAsk({ origin }: Client, { userScopes, resource }: Assignment, name: string): boolean {
  if (!userScopes.includes(name)) return false;
  const reviewed = origin === 'admin' || origin === 'built-in';
  return reviewed || !resource.scopes.some((each) => each.name === name && each.sensitive);
}

/** Without `resource` the scopes alone must say which API is meant; throws `invalid_target` when they do not. */
function ownersOf({ client, scopes }: AuthorizationRequest, issuer: string): readonly Assignment[] {
  const { resources } = resolveAudience({ client, issuer, scopes, named: [], granted: [], party: 'userScopes' });
  return client.assignments.filter(({ resource }) => resources.includes(resource));
}
