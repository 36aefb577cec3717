import type { Tenant } from '@tokenidp/tenancy';
import type { ClientRow } from './clients.repository';
import type { ClientDto, ClientSummaryDto } from './dto/client.dto';
import { withIssuer } from './issuer-placeholder';
import { floorFault, SECURITY_PROFILE_RULES } from './security-profiles';

/** A client as its administration shows it: what is stored, and what its profile makes of it. */
export function clientView(row: ClientRow, tenant: Tenant): ClientDto {
  const { metadata } = row;
  const own = (uris: readonly string[]): string[] => uris.map((uri) => withIssuer(uri, tenant.issuer));
  const client = { origin: row.origin, security_profile: row.securityProfile };
  return {
    ...metadata,
    ...named(row),
    type: row.type,
    security_profile: row.securityProfile,
    client_name: row.name,
    redirect_uris: own(metadata.redirect_uris),
    post_logout_redirect_uris: own(metadata.post_logout_redirect_uris),
    effective: effective(row),
    refusal: floorFault(client, tenant.settings.securityProfileFloor),
  };
}

export function clientSummary(row: ClientRow): ClientSummaryDto {
  return {
    ...named(row),
    client_name: row.name,
    type: row.type,
    security_profile: row.securityProfile,
    token_endpoint_auth_method: row.metadata.token_endpoint_auth_method,
  };
}

function named({ id, clientId, status, origin, createdAt, updatedAt, lastUsedAt }: ClientRow) {
  return { id, client_id: clientId, status, origin, createdAt, updatedAt, lastUsedAt };
}

function effective({ metadata, securityProfile }: ClientRow): Record<string, unknown> {
  const { fixed, rotatesRefreshTokens } = SECURITY_PROFILE_RULES[securityProfile];
  return { ...fixed, ...(rotatesRefreshTokens ? {} : { refresh: { ...metadata.refresh, rotate: false } }) };
}
