import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import type { ListResourcesDto, ResourcePageDto } from './dto/list-resources.dto';
import type { CreateResourceDto, PatchResourceDto, ResourceDto } from './dto/resource.dto';
import { withIssuer } from './issuer-placeholder';
import { RESOURCES } from './resources.list';
import { type DescribedResource, ResourcesService } from './resources.service';

/** APIs as the administration sees them. */
@Injectable()
export class ResourcesAdmin {
  constructor(
    private readonly database: Database,
    private readonly resources: ResourcesService,
  ) {}

  list(tenant: Tenant, { limit, cursor, sort, search, ...filters }: ListResourcesDto): Promise<ResourcePageDto> {
    const request = { limit, cursor, sort, filters: { ...filters, search: search && containing(search) } };
    const { issuer } = tenant;
    return readPage({ list: RESOURCES, database: this.database, tenantId: tenant.id }, request, (row) => ({
      ...row,
      identifier: withIssuer(row.identifier, issuer),
    }));
  }

  async get(tenant: Tenant, id: string): Promise<ResourceDto> {
    return view(await this.resources.get(tenant, id));
  }

  async create(tenant: Tenant, input: CreateResourceDto, change: AdminChange): Promise<ResourceDto> {
    const { id } = await this.resources.create(tenant, input, change);
    return view(await this.resources.get(tenant, id, change.tx));
  }

  async update(tenant: Tenant, id: string, patch: PatchResourceDto, call: AdminCall): Promise<ResourceDto> {
    const edit = { ...call.change(), expect: call.expects(view) };
    await this.resources.update(tenant, id, patch, edit);
    return this.get(tenant, id);
  }

  delete(tenant: Tenant, id: string, call: AdminCall): Promise<void> {
    return this.resources.delete(tenant, id, { ...call.change(), expect: call.expects(view) });
  }
}

function view({ tenantId: _tenantId, ...resource }: DescribedResource): ResourceDto {
  const { accessTokenSeconds = null, authorizationDetailsTypes = [], scopes, ...members } = resource;
  const { requiredAcr = null, maxAgeSeconds = null } = members;
  return {
    ...members,
    ...{ accessTokenSeconds, requiredAcr, maxAgeSeconds },
    scopes: [...scopes],
    authorizationDetailsTypes: [...authorizationDetailsTypes] as ResourceDto['authorizationDetailsTypes'],
  };
}
