/** @spec RFC 6749 §3.3, RFC 9700 §2.3 — least privilege: what was assigned is all there is, and an omitted scope is not "all". */
import { OIDC_SCOPES, parseScope } from '@tokenidp/kernel';
import type { Client } from './client';
import { isTrustedOrigin } from './metadata/registration-policy';
import type { Assignment } from './resource';

interface Allowed {
  user: ReadonlySet<string>;
  client: ReadonlySet<string>;
}

const ACTS_FOR_ITSELF: ReadonlySet<string> = new Set([
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
]);

// A snapshot of a client never changes, so what follows from it is worked out once.
const known = new WeakMap<Client, Allowed>();

/** Every scope the client may be given: on behalf of a user, or for itself. */
export function allowedScopes(client: Client, forUser: boolean): ReadonlySet<string> {
  let allowed = known.get(client);
  if (!allowed) {
    allowed = { user: limited(client, userScopes(client)), client: limited(client, clientScopes(client)) };
    known.set(client, allowed);
  }
  return forUser ? allowed.user : allowed.client;
}

/** What a request without `scope` asks for: the client's default set, as far as it is still allowed. */
export function defaultScopes(client: Client, forUser: boolean): string[] {
  const allowed = allowedScopes(client, forUser);
  return [...parseScope(client.default_scope)].filter((scope) => allowed.has(scope));
}

function userScopes(client: Client): string[] {
  if (!client.grant_types.some((grant) => grant !== 'client_credentials' && grant !== 'refresh_token')) return [];
  const canRefresh = client.grant_types.includes('refresh_token');
  const oidc = OIDC_SCOPES.filter((scope) => scope !== 'offline_access' || canRefresh);
  return [...oidc, ...client.assignments.flatMap((each) => fit(client, each, each.userScopes))];
}

function clientScopes(client: Client): string[] {
  if (!client.grant_types.some((grant) => ACTS_FOR_ITSELF.has(grant))) return [];
  return client.assignments.flatMap((each) => fit(client, each, each.clientScopes));
}

/** S-153: sensitive scopes are for clients that an administrator has looked at. */
function fit(client: Client, { resource }: Assignment, names: readonly string[]): string[] {
  if (isTrustedOrigin(client.origin)) return [...names];
  const sensitive = new Set(resource.scopes.filter((scope) => scope.sensitive).map(({ name }) => name));
  return names.filter((name) => !sensitive.has(name));
}

/** RFC 7591 §2: a registered `scope` is the most that the client can ask for. */
function limited(client: Client, scopes: readonly string[]): ReadonlySet<string> {
  if (client.scope === undefined) return new Set(scopes);
  const registered = parseScope(client.scope);
  return new Set(scopes.filter((scope) => registered.has(scope)));
}
