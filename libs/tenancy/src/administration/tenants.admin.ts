import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, AdminTrail, changesOf, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type {
  CreateTenantDto,
  DescribedTenantDto,
  ListTenantsDto,
  PatchTenantDto,
  TenantPageDto,
} from '../dto/tenant.dto';
import { TenancyError } from '../tenancy-error';
import type { DescribedTenant, Tenant } from '../tenant';
import { patchSettings } from '../tenant-settings';
import { type ListedTenant, TENANTS } from '../tenants.list';
import { type TenantChange, TenantsService, type WithinChange } from '../tenants.service';
import { plain } from './settings.admin';

/** What can be done to a tenant as a whole. */
export type TenantAction = 'suspend' | 'resume' | 'restore';

/** Tenants as the operators of the system tenant see them, and a tenant as its own administrators do. */
@Injectable()
export class TenantsAdmin {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantsService,
    private readonly trail: AdminTrail,
  ) {}

  list(home: Tenant, { limit, cursor, sort, search, ...filters }: ListTenantsDto): Promise<TenantPageDto> {
    assertSystem(home);
    const request = { limit, cursor, sort, filters: { ...filters, search: search && containing(search) } };
    const list = { list: TENANTS, database: this.database, tenantId: home.id };
    return readPage(list, request, (row: ListedTenant) => row);
  }

  async get(home: Tenant, id: string): Promise<DescribedTenantDto> {
    assertSystem(home);
    return view(await this.tenants.describe(id));
  }

  async create(home: Tenant, input: CreateTenantDto, change: AdminChange): Promise<DescribedTenantDto> {
    assertSystem(home);
    const settings = input.settings && patchSettings({}, plain(input.settings));
    const within = this.record('tenant.created', home, change);
    const { id } = await this.tenants.create({ ...input, settings }, { tx: change.tx, within });
    return view(await this.tenants.describe(id, change.tx));
  }

  async update(home: Tenant, id: string, patch: PatchTenantDto, call: AdminCall): Promise<DescribedTenantDto> {
    if (home.id !== id) assertSystem(home);
    return view(await this.tenants.update(id, { ...patch }, this.edit(home, call, true)));
  }

  async act(home: Tenant, id: string, action: TenantAction, call: AdminCall): Promise<DescribedTenantDto> {
    assertSystem(home);
    return view(await this.tenants[action](id, this.edit(home, call, false)));
  }

  async delete(home: Tenant, id: string, call: AdminCall): Promise<DescribedTenantDto> {
    assertSystem(home);
    return view(await this.tenants.delete(id, this.edit(home, call, true)));
  }

  async own(tenant: Tenant): Promise<DescribedTenantDto> {
    return view(await this.tenants.describe(tenant.id));
  }

  private edit(home: Tenant, call: AdminCall, isExpected: boolean): TenantChange {
    const within = this.record('tenant.changed', home, call.change());
    return { within, ...(isExpected && { expect: call.expects(view) }) };
  }

  /** In the trail of the tenant; where somebody of the system tenant did it, in both. */
  private record(event: 'tenant.created' | 'tenant.changed', home: Tenant, change: AdminChange): WithinChange {
    return (tenant, tx, before) => {
      const { actor, request } = change;
      const isAbroad = home.id !== tenant.id;
      const detail = before ? { ...changesOf(traced(before), traced(tenant)) } : { after: traced(tenant) };
      const entry = { event, request, detail, target: { type: 'tenant', id: tenant.id } };
      const by = isAbroad ? ({ type: 'operator', id: actor.id, tenantId: home.id } as const) : actor;
      return this.trail.record(tenant.id, { ...entry, actor: by }, tx);
    };
  }
}

/** The permissions exist in the system tenant only; that nobody else can bring them is not left to them alone. */
function assertSystem({ kind }: Tenant): void {
  if (kind !== 'system') throw new TenancyError('operators-only', 'Tenants are administered at the system tenant.');
}

export function view(tenant: DescribedTenant): DescribedTenantDto {
  const { id, slug, name, displayName, status, kind, sandbox, domain, issuer } = tenant;
  const { createdAt, updatedAt, removalAt } = tenant;
  return { id, slug, name, displayName, status, kind, sandbox, domain, issuer, createdAt, updatedAt, removalAt };
}

function traced({ slug, name, displayName, status, sandbox, removalAt }: DescribedTenant): object {
  return { slug, name, displayName, status, sandbox, removalAt };
}
