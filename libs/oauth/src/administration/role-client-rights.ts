/** @spec ASVS V8.2.1 — what a client may do at the administration API, as its roles say (S-178). */
import { Injectable } from '@nestjs/common';
import { adminApiIdentifier, ClientRights, ResourcesService } from '@tokenidp/clients';
import { TenantsService } from '@tokenidp/tenancy';
import { AccessService } from '@tokenidp/users';

@Injectable()
export class RoleClientRights extends ClientRights {
  constructor(
    private readonly tenants: TenantsService,
    private readonly resources: ResourcesService,
    private readonly rights: AccessService,
  ) {
    super();
  }

  /** From memory, and no older than a second. */
  async permissionsOf(tenantId: string, clientRowId: string): Promise<ReadonlySet<string>> {
    const tenant = await this.tenants.findById(tenantId);
    const api = tenant && (await this.resources.findByIdentifier(tenantId, adminApiIdentifier(tenant)));
    const access = api && (await this.rights.ofClient(tenantId, clientRowId, api.id));
    return new Set(access?.permissions);
  }
}
