import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { ResourceRow, ScopeRow } from './clients.repository';

const RESOURCE = `id, identifier, name, "tokenFormat", algorithm, "accessTokenSeconds", "includePermissions",
  "includeRoles", "builtIn", "authorizationDetailsTypes", "requiredAcr", "maxAgeSeconds"`;
const JSON_COLUMNS = ['authorizationDetailsTypes'];
const SCOPE = '"resourceId", name, "displayName", description, sensitive';

const byIdentifier = statement({
  name: 'clients.resource.by-identifier',
  parameters: { tenantId: 'id', identifier: 'identifier' },
  json: JSON_COLUMNS,
  sql: `SELECT ${RESOURCE} FROM resource WHERE "tenantId" = :tenantId AND identifier = :identifier`,
});

const lockById = statement({
  name: 'clients.resource.lock',
  parameters: { tenantId: 'id', id: 'id' },
  json: JSON_COLUMNS,
  postgres: `SELECT ${RESOURCE} FROM resource WHERE "tenantId" = :tenantId AND id = :id FOR UPDATE`,
  mssql: `SELECT ${RESOURCE} FROM resource WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = :tenantId AND id = :id`,
});

const byId = statement({
  name: 'clients.resource.by-id',
  parameters: { tenantId: 'id', id: 'id' },
  json: JSON_COLUMNS,
  sql: `SELECT ${RESOURCE}, "createdAt", "updatedAt" FROM resource WHERE "tenantId" = :tenantId AND id = :id`,
});

const all = statement({
  name: 'clients.resource.list',
  parameters: { tenantId: 'id' },
  json: JSON_COLUMNS,
  sql: `SELECT ${RESOURCE} FROM resource WHERE "tenantId" = :tenantId ORDER BY identifier`,
});

const scopesOfResource = statement({
  name: 'clients.scope.of-resource',
  parameters: { tenantId: 'id', resourceId: 'id' },
  sql: `SELECT ${SCOPE} FROM scope WHERE "tenantId" = :tenantId AND "resourceId" = :resourceId ORDER BY name`,
});

const scopesOfTenant = statement({
  name: 'clients.scope.of-tenant',
  parameters: { tenantId: 'id' },
  sql: `SELECT ${SCOPE} FROM scope WHERE "tenantId" = :tenantId ORDER BY name`,
});

const typesOfTenant = statement({
  name: 'clients.resource.authorization-details-types',
  parameters: { tenantId: 'id' },
  json: JSON_COLUMNS,
  sql: `SELECT "authorizationDetailsTypes" FROM resource
  WHERE "tenantId" = :tenantId AND "authorizationDetailsTypes" IS NOT NULL`,
});

/** With the instants that only the administration shows. */
export type DatedResourceRow = ResourceRow & { createdAt: Date; updatedAt: Date };

@Injectable()
export class ResourcesRepository {
  constructor(private readonly database: Database) {}

  async byId(tenantId: string, id: string, tx?: Transaction): Promise<DatedResourceRow | null> {
    return (await this.database.rows<DatedResourceRow>(byId, { tenantId, id }, tx))[0] ?? null;
  }

  /** The stored form of the identifier. */
  async byIdentifier(tenantId: string, identifier: string): Promise<ResourceRow | null> {
    return (await this.database.rows<ResourceRow>(byIdentifier, { tenantId, identifier }))[0] ?? null;
  }

  async lock(tenantId: string, id: string, tx: Transaction): Promise<ResourceRow | null> {
    return (await this.database.rows<ResourceRow>(lockById, { tenantId, id }, tx))[0] ?? null;
  }

  list(tenantId: string, tx?: Transaction): Promise<ResourceRow[]> {
    return this.database.rows<ResourceRow>(all, { tenantId }, tx);
  }

  scopes(tenantId: string, resourceId: string, tx?: Transaction): Promise<ScopeRow[]> {
    return this.database.rows<ScopeRow>(scopesOfResource, { tenantId, resourceId }, tx);
  }

  /** Of those that know any. */
  authorizationDetailsTypes(tenantId: string): Promise<Pick<ResourceRow, 'authorizationDetailsTypes'>[]> {
    return this.database.rows(typesOfTenant, { tenantId });
  }

  scopesOfTenant(tenantId: string, tx?: Transaction): Promise<ScopeRow[]> {
    return this.database.rows<ScopeRow>(scopesOfTenant, { tenantId }, tx);
  }
}
