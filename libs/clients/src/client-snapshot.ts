import type { Client, ClientSecret } from './client';
import type { ClientEntity, StoredMetadata } from './client.entity';
import type { AssignmentRow, ClientRows, ResourceRow, ScopeRow, SecretRow } from './clients.repository';
import { withIssuer, withoutIssuer } from './issuer-placeholder';
import type { MetadataInput } from './metadata/members';
import type { ValidatedClient } from './metadata/validate-client-metadata';
import type { Assignment, Resource, ResourceScope } from './resource';
import { SECURITY_PROFILE_RULES } from './security-profiles';

/** The rows of a client as one value, with the tenant's issuer in the URIs that are the server's own. */
export function toClient(rows: ClientRows, issuer: string): Client {
  const { client, secrets, assignments, scopes } = rows;
  const { metadata } = client;
  const profile = SECURITY_PROFILE_RULES[client.securityProfile];
  return {
    ...metadata,
    ...profile.fixed,
    profile,
    refresh: { ...metadata.refresh, rotate: metadata.refresh.rotate && profile.rotatesRefreshTokens },
    id: client.id,
    tenantId: client.tenantId,
    client_id: client.clientId,
    client_name: client.name,
    type: client.type,
    status: client.status,
    origin: client.origin,
    security_profile: client.securityProfile,
    redirect_uris: metadata.redirect_uris.map((uri) => withIssuer(uri, issuer)),
    post_logout_redirect_uris: metadata.post_logout_redirect_uris.map((uri) => withIssuer(uri, issuer)),
    secrets: secrets.map(toSecret),
    assignments: assignments.map((row) => toAssignment(client.tenantId, row, scopesOf(scopes, row.resourceId), issuer)),
    isConfidential: metadata.token_endpoint_auth_method !== 'none',
    createdAt: client.createdAt,
    updatedAt: client.updatedAt,
    ...(client.lastUsedAt ? { lastUsedAt: client.lastUsedAt } : {}),
  };
}

export function toResource(tenantId: string, row: ResourceRow, scopes: ResourceScope[], issuer: string): Resource {
  const { builtIn: _builtIn, accessTokenSeconds, authorizationDetailsTypes, ...rest } = row;
  const { requiredAcr, maxAgeSeconds, ...resource } = rest;
  return {
    ...resource,
    tenantId,
    identifier: withIssuer(row.identifier, issuer),
    ...(accessTokenSeconds === null ? {} : { accessTokenSeconds }),
    ...(authorizationDetailsTypes && { authorizationDetailsTypes }),
    ...(requiredAcr === null ? {} : { requiredAcr }),
    ...(maxAgeSeconds === null ? {} : { maxAgeSeconds }),
    scopes,
  };
}

/** What is stored of validated metadata: columns for what lists filter by, the rest as it is. */
export function toColumns(
  validated: ValidatedClient,
  origin: ClientEntity['origin'],
  issuer: string,
): Pick<ClientEntity, 'type' | 'name' | 'securityProfile' | 'metadata'> {
  const { type, client_name, security_profile, ...rest } = validated;
  const stored = (uris: string[]) => (origin === 'built-in' ? uris.map((uri) => withoutIssuer(uri, issuer)) : uris);
  const metadata: StoredMetadata = {
    ...rest,
    redirect_uris: stored(rest.redirect_uris),
    post_logout_redirect_uris: stored(rest.post_logout_redirect_uris),
  };
  return { type, name: client_name, securityProfile: security_profile, metadata };
}

function toSecret({ sealed, expiresAt, ...secret }: SecretRow): ClientSecret {
  return { ...secret, ...(sealed === null ? {} : { sealed }), ...(expiresAt === null ? {} : { expiresAt }) };
}

/** Names that the resource no longer has are left out, so that a removed scope is gone everywhere. */
function toAssignment(tenantId: string, row: AssignmentRow, scopes: ResourceScope[], issuer: string): Assignment {
  const { resourceId, userScopes, clientScopes, ...resource } = row;
  const names = new Set(scopes.map(({ name }) => name));
  return {
    resource: toResource(tenantId, { ...resource, id: resourceId }, scopes, issuer),
    userScopes: userScopes.filter((name) => names.has(name)),
    clientScopes: clientScopes.filter((name) => names.has(name)),
  };
}

export function scopesOf(rows: readonly ScopeRow[], resourceId: string): ResourceScope[] {
  return rows.filter((row) => row.resourceId === resourceId).map(({ resourceId: _resourceId, ...scope }) => scope);
}

/** What the row was made of. */
export function inputOf({ metadata, type, name, securityProfile }: ClientRows['client']): MetadataInput {
  return { ...metadata, ...metadata.localized, type, client_name: name, security_profile: securityProfile };
}
