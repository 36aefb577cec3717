/** @spec ASVS V8.2.1 — who hands out a client's credentials hands out what the client may do: nobody more than they hold (S-178). */
import { type AdminCall, SYSTEM_PERMISSIONS, TENANT_PERMISSIONS } from '@tokenidp/admin-api';
import { Injectable } from '@nestjs/common';
import type { Tenant } from '@tokenidp/tenancy';
import { type AssignedScopes, ClientAssignments } from './client-assignments';
import { ADMIN_SCOPE, adminApiIdentifier } from './clients-initializer';
import type { MetadataInput } from './metadata/members';
import { ResourcesService } from './resources.service';

/** What a client may do at the administration API by its roles. libs/oauth, which knows roles, fills it. */
export abstract class ClientRights {
  abstract permissionsOf(tenantId: string, clientRowId: string): Promise<ReadonlySet<string>>;
}

/** With one of these somebody else can be the client, or be where its users are sent. */
const CREDENTIALS = new Set([
  'type',
  'grant_types',
  'redirect_uris',
  'token_endpoint_auth_method',
  'jwks',
  'jwks_uri',
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
]);

@Injectable()
export class ClientHandOver {
  constructor(
    private readonly rights: ClientRights,
    private readonly resources: ResourcesService,
    private readonly assignments: ClientAssignments,
  ) {}

  /** Before the client gets another secret, or another key. @throws ProblemError (forbidden) */
  async assertCredentials(call: AdminCall, tenant: Tenant, clientRowId: string): Promise<void> {
    call.assertHolds(await this.rights.permissionsOf(tenant.id, clientRowId));
    const api = await this.resources.findByIdentifier(tenant.id, adminApiIdentifier(tenant));
    const assigned = api && (await this.assignments.find(tenant.id, clientRowId, api.id));
    if (assigned?.userScopes.includes(ADMIN_SCOPE)) call.assertHolds(everything(tenant));
  }

  /** @throws ProblemError (forbidden) */
  async assertMembers(call: AdminCall, tenant: Tenant, input: MetadataInput, clientRowId?: string): Promise<void> {
    this.assertNoAdministration(call, tenant, exchangeAudiences(input));
    const isCredential = Object.keys(input).some((name) => CREDENTIALS.has(name));
    if (clientRowId !== undefined && isCredential) await this.assertCredentials(call, tenant, clientRowId);
  }

  /**
   * The scope of the administration opens what the client's roles hold; on behalf of users, what any of them holds.
   * @throws ProblemError (forbidden)
   */
  async assertAssignment(
    call: AdminCall,
    tenant: Tenant,
    { clientId, resourceId }: { clientId: string; resourceId: string },
    assigned: AssignedScopes,
  ): Promise<void> {
    const api = await this.resources.findByIdentifier(tenant.id, adminApiIdentifier(tenant));
    if (api?.id !== resourceId) return;
    if (assigned.userScopes.length > 0) call.assertHolds(everything(tenant));
    if (assigned.clientScopes.length > 0) call.assertHolds(await this.rights.permissionsOf(tenant.id, clientId));
  }

  /** What reaches the administration in the name of others needs all that others may hold. @throws ProblemError */
  assertNoAdministration(call: AdminCall, tenant: Tenant, audiences: readonly unknown[]): void {
    if (audiences.includes(adminApiIdentifier(tenant))) call.assertHolds(everything(tenant));
  }
}

/** All that a user of the tenant can hold at its administration. */
function everything({ kind }: Tenant): string[] {
  return [...TENANT_PERMISSIONS, ...(kind === 'system' ? SYSTEM_PERMISSIONS : [])].map(({ key }) => key);
}

function exchangeAudiences({ token_exchange }: MetadataInput): unknown[] {
  const { audiences, subject_audiences } = (token_exchange ?? {}) as MetadataInput;
  return [audiences, subject_audiences].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
}
