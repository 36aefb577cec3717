import { Injectable, type StreamableFile } from '@nestjs/common';
import { type AdminCall, type AdminChange, type BulkResultsDto, exportFile, readPage } from '@tokenidp/admin-api';
import { AuditService } from '@tokenidp/audit';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { bulkRows } from './bulk-rows';
import { changedBy } from './change';
import type { BulkDto } from './dto/bulk.dto';
import type { ExportResourcesDto, ListResourcesDto, ResourcePageDto } from './dto/list-resources.dto';
import { CreateResourceDto, PatchResourceDto, type ResourceDto, type ResourceSummaryDto } from './dto/resource.dto';
import { withIssuer } from './issuer-placeholder';
import { type ListedResource, RESOURCES } from './resources.list';
import { type DescribedResource, ResourcesService } from './resources.service';

const CSV_COLUMNS =
  'id identifier name tokenFormat algorithm accessTokenSeconds includePermissions includeRoles builtIn createdAt updatedAt';

/** APIs as the administration sees them. */
@Injectable()
export class ResourcesAdmin {
  constructor(
    private readonly database: Database,
    private readonly resources: ResourcesService,
    private readonly audit: AuditService,
  ) {}

  list(tenant: Tenant, { limit, cursor, sort, ...filters }: ListResourcesDto): Promise<ResourcePageDto> {
    const from = { list: RESOURCES, database: this.database, tenantId: tenant.id };
    return readPage(from, { limit, cursor, sort, filters: filtersOf(filters) }, summaryOf(tenant));
  }

  /** All that fit, however many. */
  async export(tenant: Tenant, query: ExportResourcesDto, call: AdminCall): Promise<StreamableFile> {
    const { format = 'ndjson', sort = 'name', ...filters } = query;
    const detail = { noun: 'resources', format, filters: { ...filters } };
    await this.audit.record(tenant.id, { event: 'export.taken', ...changedBy(call.change()), detail });
    const rows = { list: RESOURCES, database: this.database, tenantId: tenant.id, sort, filters: filtersOf(filters) };
    return exportFile('resources', format, { ...rows, view: summaryOf(tenant), columns: CSV_COLUMNS.split(' ') });
  }

  bulk(tenant: Tenant, input: BulkDto, call: AdminCall): Promise<BulkResultsDto> {
    const seen = (check: (shown: object) => void) => ({
      ...call.change(),
      expect: (resource: DescribedResource) => check(view(resource)),
    });
    return bulkRows(input, {
      inputs: { create: CreateResourceDto, patch: PatchResourceDto },
      create: async (data) => ({ rowId: (await this.resources.create(tenant, data, call.change())).id }),
      update: (id, patch, check) => this.resources.update(tenant, id, { ...patch }, seen(check)),
      delete: (id, check) => this.resources.delete(tenant, id, seen(check)),
    });
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
  return {
    ...members,
    accessTokenSeconds,
    scopes: [...scopes],
    authorizationDetailsTypes: [...authorizationDetailsTypes] as ResourceDto['authorizationDetailsTypes'],
  };
}

function summaryOf({ issuer }: Tenant): (row: ListedResource) => ResourceSummaryDto {
  return (row) => ({
    id: row.id,
    identifier: withIssuer(row.identifier, issuer),
    name: row.name,
    tokenFormat: row.tokenFormat,
    algorithm: row.algorithm,
    accessTokenSeconds: row.accessTokenSeconds,
    includePermissions: row.includePermissions,
    includeRoles: row.includeRoles,
    builtIn: row.builtIn,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  });
}

function filtersOf({ search, tokenFormat, builtIn }: Pick<ListResourcesDto, 'search' | 'tokenFormat' | 'builtIn'>) {
  return { tokenFormat, builtIn, search: search && containing(search) };
}
