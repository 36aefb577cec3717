/** @spec RFC 8707 §2.2, RFC 9068 §3 — which resources a token is for, and so which of the scopes it may hold. */
import type { Assignment, Client, Resource } from '@tokenidp/clients';
import { formatScope, isOidcScope, OAuthError } from '@tokenidp/kernel';

export interface AudienceRequest {
  readonly client: Client;
  readonly issuer: string;
  /** what was granted, or what a client asks for itself */
  readonly scopes: ReadonlySet<string>;
  /** the `resource` values of this token request; they narrow, never widen */
  readonly named: readonly string[];
  /** the `resource` values of the authorization; empty when it named none */
  readonly granted: readonly string[];
  /** which part of the client's assignments counts */
  readonly party: 'userScopes' | 'clientScopes';
}

/** What an access token is for. */
export interface Audience {
  /** values of `aud`, at least one */
  readonly audience: readonly string[];
  /** the APIs among them; empty for a token that is for the provider alone */
  readonly resources: readonly Resource[];
  /** what remains of the scopes for this audience */
  readonly scope: string;
}

/** Throws `invalid_target` when a resource is unknown, not granted, or not clear. */
export function resolveAudience(request: AudienceRequest): Audience {
  const targets = request.named.length > 0 ? namedTargets(request) : request.granted;
  if (targets.length > 0) return explicitAudience(request, targets);
  const owner = ownerOf(request);
  if (!owner) return { audience: [request.issuer], resources: [], scope: scopeFor(request, []) };
  const { identifier } = owner.resource;
  const audience = request.scopes.has('openid') ? [identifier, request.issuer] : [identifier];
  return { audience, resources: [owner.resource], scope: scopeFor(request, [owner]) };
}

function namedTargets(request: AudienceRequest): readonly string[] {
  if (!request.named.every((resource) => isGranted(request, resource))) {
    throw invalidTarget('a resource was named that was not granted');
  }
  return [...new Set(request.named)];
}

/** What the user granted is the resources that were named then, or else those that the scopes belong to. */
function isGranted({ granted, client, party, issuer, scopes }: AudienceRequest, identifier: string): boolean {
  if (granted.length > 0) return granted.includes(identifier);
  if (party === 'clientScopes' || identifier === issuer) return true;
  const assignment = client.assignments.find(({ resource }) => resource.identifier === identifier);
  return assignment?.userScopes.some((scope) => scopes.has(scope)) ?? false;
}

/** RFC 8707 §2.2: exactly what was named; the issuer is a resource too, userinfo being its API. */
function explicitAudience(request: AudienceRequest, targets: readonly string[]): Audience {
  const apis = targets.filter((target) => target !== request.issuer).map((target) => assignmentOf(request, target));
  if (apis.length < targets.length && !request.scopes.has('openid')) {
    throw invalidTarget('the provider itself is a resource only with the scope openid');
  }
  assertAlike(apis);
  return { audience: targets, resources: apis.map(({ resource }) => resource), scope: scopeFor(request, apis) };
}

function assignmentOf({ client, party }: AudienceRequest, identifier: string): Assignment {
  const found = client.assignments.find((each) => each.resource.identifier === identifier && each[party].length > 0);
  if (!found) throw invalidTarget('the client may not ask for this resource');
  return found;
}

/** Without `resource` the scopes must point to one API; null when none of them belongs to an API (any more). */
function ownerOf(request: AudienceRequest): Assignment | null {
  const { client, party, scopes } = request;
  const owners = client.assignments.filter((each) => each[party].some((scope) => scopes.has(scope)));
  if (owners.length === 0) return onlyApiOf(request);
  const owned = [...scopes].filter((scope) => owners.some((each) => each[party].includes(scope)));
  const complete = owners.filter((each) => owned.every((scope) => each[party].includes(scope)));
  if (complete.length === 1) return complete[0]!;
  throw invalidTarget('the scopes do not point to one resource: name it with the parameter resource');
}

/** RFC 9068 §3: a client that asks for nothing in particular, for itself, means the one API it was assigned. */
function onlyApiOf({ client, party, scopes }: AudienceRequest): Assignment | null {
  if (party === 'userScopes' || scopes.size > 0) return null;
  const assigned = client.assignments.filter((each) => each[party].length > 0);
  return assigned.length === 1 ? assigned[0]! : null;
}

/** One token has one format and one signature. */
function assertAlike(apis: readonly Assignment[]): void {
  const [first] = apis;
  const same = apis.every(
    ({ resource }) =>
      resource.tokenFormat === first?.resource.tokenFormat && resource.algorithm === first.resource.algorithm,
  );
  if (!same) throw invalidTarget('these resources take different kinds of tokens: name one of them');
}

/** A token says nothing of what its client may do elsewhere. */
function scopeFor({ scopes, party }: AudienceRequest, apis: readonly Assignment[]): string {
  return formatScope(
    [...scopes].filter((scope) => isOidcScope(scope) || apis.some((each) => each[party].includes(scope))),
  );
}

function invalidTarget(description: string): OAuthError {
  return new OAuthError('invalid_target', description);
}
