import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { ClientsError } from './clients-error';
import type {
  CreateScopeDto,
  ListScopesDto,
  NamedScopeDto,
  PatchScopeDto,
  ScopePageDto,
  ScopePathDto,
} from './dto/scope.dto';
import { assertScopes } from './resource-input';
import { ResourceScopes } from './resource-scopes';
import { ResourcesService } from './resources.service';
import type { ScopeEntity } from './scope.entity';
import { SCOPES } from './scopes.list';

/** Scopes one by one; each change is one of their API, with the whole list that it makes. */
@Injectable()
export class ScopesAdmin {
  constructor(
    private readonly database: Database,
    private readonly resources: ResourcesService,
    private readonly scopes: ResourceScopes,
  ) {}

  async list(
    tenant: Tenant,
    resourceId: string,
    { limit, cursor, sort, search, sensitive }: ListScopesDto,
  ): Promise<ScopePageDto> {
    await this.resources.get(tenant, resourceId);
    const filters = { resourceId, sensitive, search: search && containing(search) };
    const from = { list: SCOPES, database: this.database, tenantId: tenant.id };
    return readPage(from, { limit, cursor, sort, filters }, view);
  }

  async get(tenant: Tenant, { resourceId, scopeId }: ScopePathDto): Promise<NamedScopeDto> {
    const scope = await this.scopes.find(tenant.id, resourceId, scopeId);
    if (!scope) throw unknown();
    return view(scope);
  }

  async create(tenant: Tenant, resourceId: string, input: CreateScopeDto, change: AdminChange): Promise<NamedScopeDto> {
    assertName(input.name);
    await this.resources.update(tenant, resourceId, (scopes) => ({ scopes: withAnother(scopes, input) }), change);
    const scopes = await this.scopes.all(tenant.id, resourceId, change.tx);
    return view(scopes.find(({ name }) => name === input.name)!);
  }

  async update(tenant: Tenant, path: ScopePathDto, patch: PatchScopeDto, call: AdminCall): Promise<NamedScopeDto> {
    const expect = call.expects(view);
    const laidOver = (scopes: readonly ScopeEntity[]) => {
      expect(named(scopes, path));
      return { scopes: scopes.map((scope) => (scope.id === path.scopeId ? { ...scope, ...patch } : scope)) };
    };
    await this.resources.update(tenant, path.resourceId, laidOver, call.change());
    return this.get(tenant, path);
  }

  async delete(tenant: Tenant, path: ScopePathDto, call: AdminCall): Promise<void> {
    const expect = call.expects(view);
    const without = (scopes: readonly ScopeEntity[]) => {
      expect(named(scopes, path));
      return { scopes: scopes.filter(({ id }) => id !== path.scopeId) };
    };
    await this.resources.update(tenant, path.resourceId, without, call.change());
  }
}

function assertName(name: string): void {
  try {
    assertScopes([name]);
  } catch (error) {
    throw error instanceof ClientsError ? new ClientsError('invalid-scope-name', error.message) : error;
  }
}

function withAnother(scopes: readonly ScopeEntity[], input: CreateScopeDto) {
  if (scopes.some(({ name }) => name === input.name)) {
    throw new ClientsError('scope-taken', 'The API has a scope of that name.');
  }
  return [...scopes, input];
}

function named(scopes: readonly ScopeEntity[], { scopeId }: ScopePathDto): ScopeEntity {
  const scope = scopes.find(({ id }) => id === scopeId);
  if (!scope) throw unknown();
  return scope;
}

function unknown(): ClientsError {
  return new ClientsError('no-scope', 'The API has no such scope.');
}

function view({ id, name, displayName, description, sensitive }: NamedScopeDto): NamedScopeDto {
  return { id, name, displayName, description, sensitive };
}
