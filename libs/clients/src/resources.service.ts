import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import {
  CoherentCache,
  Database,
  EVERY_KEY,
  Invalidations,
  isUniqueViolation,
  TenantRepository,
  type Transaction,
} from '@tokenidp/database';
import { Clock, newId } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { AuthorizationDetailsTypes } from './authorization-details-types';
import { type Change, changedBy, type Edit } from './change';
import { changedMembers } from './changed-members';
import { ClientCache } from './client-cache';
import { scopesOf, toResource } from './client-snapshot';
import { ClientsError } from './clients-error';
import { ClientsRepository, type ResourceRow } from './clients.repository';
import { withoutIssuer } from './issuer-placeholder';
import type { Resource } from './resource';
import { assertResource, assertScopes, type NewResource } from './resource-input';
import { ResourceScopes } from './resource-scopes';
import { ResourceEntity } from './resource.entity';
import { ResourcesRepository } from './resources.repository';
import type { ScopeEntity } from './scope.entity';

const TOPIC = 'resource';
const MAX_RESOURCES = 20_000;
const MAX_IDENTIFIER = 255;

/** What can be changed later; the identifier cannot, for it is the audience of tokens that are out. */
export type ResourcePatch = Partial<Omit<NewResource, 'identifier'>>;

/** What to change, or what makes that of the scopes there are, with the resource held. */
export type ResourceChange = ResourcePatch | ((scopes: readonly ScopeEntity[]) => ResourcePatch);

/** A resource with what only its administration shows. */
export interface DescribedResource extends Resource {
  readonly builtIn: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The APIs of a tenant and their scopes. */
@Injectable()
export class ResourcesService {
  private readonly cache: CoherentCache<Resource>;
  private readonly resources: TenantRepository<ResourceEntity>;

  constructor(
    private readonly database: Database,
    private readonly invalidations: Invalidations,
    private readonly repository: ResourcesRepository,
    private readonly clients: ClientsRepository,
    private readonly clientCache: ClientCache,
    private readonly scopes: ResourceScopes,
    private readonly detailsTypes: AuthorizationDetailsTypes,
    private readonly tenants: TenantsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    this.resources = new TenantRepository(database, ResourceEntity);
    this.cache = new CoherentCache(invalidations, { topic: TOPIC, max: MAX_RESOURCES, load: (key) => this.load(key) });
  }

  /** From memory once known. */
  async findByIdentifier(tenantId: string, identifier: string): Promise<Resource | null> {
    return identifier.length <= MAX_IDENTIFIER ? this.cache.get(`${tenantId} ${identifier}`) : null;
  }

  async list(tenant: Tenant): Promise<Resource[]> {
    return (await this.describeAll(tenant)).map(({ builtIn: _builtIn, ...resource }) => resource);
  }

  /** All of them, as the transaction sees them. */
  async describeAll(tenant: Tenant, tx?: Transaction): Promise<(Resource & { readonly builtIn: boolean })[]> {
    const rows = await this.repository.list(tenant.id, tx);
    const scopes = await this.repository.scopesOfTenant(tenant.id, tx);
    return rows.map((row) => ({
      ...toResource(tenant.id, row, scopesOf(scopes, row.id), tenant.issuer),
      builtIn: row.builtIn,
    }));
  }

  /** @throws ClientsError (`unknown-resource`) */
  async get(tenant: Tenant, id: string, tx?: Transaction): Promise<DescribedResource> {
    const row = await this.repository.byId(tenant.id, id, tx);
    if (!row) throw unknown();
    const { builtIn, createdAt, updatedAt } = row;
    const scopes = scopesOf(await this.repository.scopes(tenant.id, id, tx), id);
    return { ...toResource(tenant.id, row, scopes, tenant.issuer), builtIn, createdAt, updatedAt };
  }

  /** @throws ClientsError (`invalid-resource`, `invalid-scope`, `identifier-taken`) */
  async create(tenant: Tenant, input: NewResource, change: Change = {}): Promise<Resource> {
    assertResource(tenant, input);
    try {
      return await this.within(change, (tx) =>
        this.insert(tenant, toRow(tenant, input, false), input, { ...change, tx }),
      );
    } catch (error) {
      if (isUniqueViolation(error))
        throw new ClientsError('identifier-taken', 'There is a resource of that identifier.');
      throw error;
    }
  }

  /** One of the server's own, below the tenant's issuer. */
  createBuiltIn(tenant: Tenant, input: NewResource, tx: Transaction): Promise<Resource> {
    assertScopes((input.scopes ?? []).map(({ name }) => name));
    return this.insert(tenant, toRow(tenant, input, true), input, { tx });
  }

  /** The list of scopes, when there is one, replaces the one before. @throws ClientsError */
  update(tenant: Tenant, id: string, given: ResourceChange, change: ResourceEdit = {}): Promise<Resource> {
    return this.within(change, async (tx) => {
      const row = await this.lock(tenant, id, change, tx);
      const before = await this.scopes.all(tenant.id, id, tx);
      const patch = typeof given === 'function' ? given(before) : given;
      const { scopes, authorizationDetailsTypes: _types, ...members } = patch;
      assertResource(tenant, { ...asInput(row), ...patch });
      const values = { ...members, ...typesOf(patch) };
      const changed: ResourceRow = { ...row, ...values };
      await this.resources.update(tenant.id, { id }, { ...values, updatedAt: this.clock.now() }, tx);
      if (scopes) await this.scopes.replace(tenant.id, before, { resourceId: id, scopes }, tx);
      const after = scopes ? await this.scopes.all(tenant.id, id, tx) : before;
      const detail = changedMembers(described(row, before), described(changed, after));
      return this.finish('resource.changed', tenant, changed, { ...change, tx, detail });
    });
  }

  /** With its scopes, permissions and assignments. @throws ClientsError (`unknown-resource`, `built-in`) */
  async delete(tenant: Tenant, id: string, change: ResourceEdit = {}): Promise<void> {
    await this.within(change, async (tx) => {
      const row = await this.lock(tenant, id, change, tx);
      await this.finish('resource.deleted', tenant, row, { ...change, tx });
      await this.resources.delete(tenant.id, { id }, tx);
    });
  }

  /** Forgets everything, where every built-in identifier has changed with the issuer. */
  forgetAll(tx: Transaction): Promise<void> {
    return this.invalidations.publish(TOPIC, EVERY_KEY, tx);
  }

  private async lock(tenant: Tenant, id: string, { expect }: ResourceEdit, tx: Transaction): Promise<ResourceRow> {
    const row = await this.repository.lock(tenant.id, id, tx);
    if (!row) throw unknown();
    if (expect) expect(await this.get(tenant, id, tx));
    if (row.builtIn) throw new ClientsError('built-in', 'A built-in resource stays as it is.');
    return row;
  }

  private async insert(tenant: Tenant, row: ResourceRow, input: NewResource, change: InTransaction): Promise<Resource> {
    const now = this.clock.now();
    await this.resources.insert(tenant.id, { ...row, createdAt: now, updatedAt: now }, change.tx);
    await this.scopes.replace(tenant.id, [], { resourceId: row.id, scopes: input.scopes ?? [] }, change.tx);
    return this.finish('resource.created', tenant, row, change);
  }

  private async finish(
    event: 'resource.created' | 'resource.changed' | 'resource.deleted',
    tenant: Tenant,
    row: ResourceRow,
    change: InTransaction,
  ): Promise<Resource> {
    const { tx } = change;
    const scopes = scopesOf(await this.repository.scopes(tenant.id, row.id, tx), row.id);
    const resource = toResource(tenant.id, row, scopes, tenant.issuer);
    const names = scopes.map(({ name }) => name);
    const detail = { identifier: resource.identifier, scopes: names, ...change.detail };
    const target = { type: 'resource', id: row.id };
    await this.audit.record(tenant.id, { event, ...changedBy(change), target, detail }, tx);
    await this.invalidations.publish(TOPIC, `${tenant.id} ${resource.identifier}`, tx);
    await this.detailsTypes.forget(tenant.id, tx);
    for (const clientId of await this.clients.clientIdsOfResource(tenant.id, row.id, tx)) {
      await this.clientCache.forget(tenant.id, clientId, tx);
    }
    return resource;
  }

  private within<T>({ tx }: Change, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return tx ? work(tx) : this.database.transaction(work);
  }

  private async load(key: string): Promise<Resource | null> {
    const [tenantId, identifier] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
    const tenant = await this.tenants.findById(tenantId);
    const row = tenant && (await this.repository.byIdentifier(tenantId, withoutIssuer(identifier, tenant.issuer)));
    if (!row) return null;
    const scopes = await this.repository.scopes(tenantId, row.id);
    return toResource(tenantId, row, scopesOf(scopes, row.id), tenant.issuer);
  }
}

type ResourceEdit = Edit<DescribedResource>;
type InTransaction = Change & { tx: Transaction; detail?: Record<string, unknown> };

function unknown(): ClientsError {
  return new ClientsError('unknown-resource', 'There is no such resource.');
}

function toRow(tenant: Tenant, input: NewResource, builtIn: boolean): ResourceRow {
  return {
    id: newId(),
    identifier: builtIn ? withoutIssuer(input.identifier, tenant.issuer) : input.identifier,
    name: input.name,
    tokenFormat: input.tokenFormat ?? 'jwt',
    algorithm: input.algorithm ?? tenant.settings.keys.algorithms[0]!,
    accessTokenSeconds: input.accessTokenSeconds ?? null,
    includePermissions: input.includePermissions ?? false,
    includeRoles: input.includeRoles ?? false,
    authorizationDetailsTypes: null,
    requiredAcr: input.requiredAcr ?? null,
    maxAgeSeconds: input.maxAgeSeconds ?? null,
    ...typesOf(input),
    builtIn,
  };
}

/** As it is stored: none is nothing. */
function typesOf({ authorizationDetailsTypes: types }: ResourcePatch): Partial<ResourceRow> {
  if (types === undefined) return {};
  return { authorizationDetailsTypes: types.length > 0 ? [...types] : null };
}

function asInput({ accessTokenSeconds, authorizationDetailsTypes, ...row }: ResourceRow): NewResource {
  return {
    ...row,
    accessTokenSeconds: accessTokenSeconds ?? undefined,
    authorizationDetailsTypes: authorizationDetailsTypes ?? undefined,
  };
}

/** All that can be changed of a resource. */
function described({ id: _id, builtIn: _builtIn, ...row }: ResourceRow, scopes: readonly ScopeEntity[]) {
  const named = scopes.map(({ name, displayName, description, sensitive }) => ({
    name,
    displayName,
    description,
    sensitive,
  }));
  return { ...row, scopes: named };
}
