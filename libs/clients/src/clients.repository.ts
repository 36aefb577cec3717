import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { ClientEntity } from './client.entity';
import type { ClientSecretEntity } from './client-secret.entity';
import type { ResourceEntity } from './resource.entity';
import type { ScopeEntity } from './scope.entity';

export type ClientRow = ClientEntity;
export type SecretRow = Omit<ClientSecretEntity, 'tenantId' | 'clientId' | 'revokedAt' | 'lastUsedAt'>;
export type ResourceRow = Omit<ResourceEntity, 'tenantId' | 'createdAt' | 'updatedAt'>;
export type ScopeRow = Omit<ScopeEntity, 'tenantId' | 'id'>;

export interface AssignmentRow extends Omit<ResourceRow, 'id'> {
  resourceId: string;
  userScopes: string[];
  clientScopes: string[];
}

/** Everything that a snapshot of a client is made of. */
export interface ClientRows {
  client: ClientRow;
  secrets: SecretRow[];
  assignments: AssignmentRow[];
  scopes: ScopeRow[];
}

const CLIENT = `"tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt",
  "updatedAt", "lastUsedAt"`;

const byClientId = statement({
  name: 'clients.client.by-client-id',
  parameters: { tenantId: 'id', clientId: 'identifier' },
  json: ['metadata'],
  sql: `SELECT ${CLIENT} FROM client WHERE "tenantId" = :tenantId AND "clientId" = :clientId`,
});

const byId = statement({
  name: 'clients.client.by-id',
  parameters: { tenantId: 'id', id: 'id' },
  json: ['metadata'],
  sql: `SELECT ${CLIENT} FROM client WHERE "tenantId" = :tenantId AND id = :id`,
});

const lockById = statement({
  name: 'clients.client.lock',
  parameters: { tenantId: 'id', id: 'id' },
  json: ['metadata'],
  postgres: `SELECT ${CLIENT} FROM client WHERE "tenantId" = :tenantId AND id = :id FOR UPDATE`,
  mssql: `SELECT ${CLIENT} FROM client WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = :tenantId AND id = :id`,
});

const liveSecrets = statement({
  name: 'clients.secret.live',
  parameters: { tenantId: 'id', clientId: 'id' },
  sql: `SELECT id, name, prefix, hash, sealed, "createdAt", "expiresAt" FROM client_secret
  WHERE "tenantId" = :tenantId AND "clientId" = :clientId AND "revokedAt" IS NULL ORDER BY "createdAt", id`,
});

const assignments = statement({
  name: 'clients.assignment.of-client',
  parameters: { tenantId: 'id', clientId: 'id' },
  json: ['userScopes', 'clientScopes', 'authorizationDetailsTypes'],
  sql: `SELECT assigned."resourceId", assigned."userScopes", assigned."clientScopes", resource.identifier, resource.name,
  resource."tokenFormat", resource.algorithm, resource."accessTokenSeconds", resource."includePermissions",
  resource."includeRoles", resource."builtIn", resource."authorizationDetailsTypes", resource."requiredAcr", resource."maxAgeSeconds"
  FROM client_resource assigned
  JOIN resource ON resource."tenantId" = assigned."tenantId" AND resource.id = assigned."resourceId"
  WHERE assigned."tenantId" = :tenantId AND assigned."clientId" = :clientId ORDER BY resource.identifier`,
});

const assignedScopes = statement({
  name: 'clients.scope.of-client',
  parameters: { tenantId: 'id', clientId: 'id' },
  sql: `SELECT scope."resourceId", scope.name, scope."displayName", scope.description, scope.sensitive
  FROM client_resource assigned
  JOIN scope ON scope."tenantId" = assigned."tenantId" AND scope."resourceId" = assigned."resourceId"
  WHERE assigned."tenantId" = :tenantId AND assigned."clientId" = :clientId ORDER BY scope.name`,
});

const clientIdsOfResource = statement({
  name: 'clients.client.ids-of-resource',
  parameters: { tenantId: 'id', resourceId: 'id' },
  sql: `SELECT client."clientId" FROM client_resource assigned
  JOIN client ON client."tenantId" = assigned."tenantId" AND client.id = assigned."clientId"
  WHERE assigned."tenantId" = :tenantId AND assigned."resourceId" = :resourceId`,
});

const activeOfType = statement({
  name: 'clients.client.active-of-type',
  parameters: { tenantId: 'id', type: 'identifier' },
  json: ['metadata'],
  sql: `SELECT ${CLIENT} FROM client WHERE "tenantId" = :tenantId AND type = :type AND status = 'active'`,
});

const listPage = statement({
  name: 'clients.client.list',
  parameters: { tenantId: 'id', after: 'identifier', take: 'integer' },
  json: ['metadata'],
  sql: `SELECT ${CLIENT} FROM client WHERE "tenantId" = :tenantId AND "clientId" > :after
  ORDER BY "clientId" OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

const ofOrigin = statement({
  name: 'clients.client.of-origin',
  parameters: { tenantId: 'id', origin: 'identifier' },
  json: ['metadata'],
  sql: `SELECT ${CLIENT} FROM client WHERE "tenantId" = :tenantId AND origin = :origin ORDER BY "clientId"`,
});

const assignmentsOfTenant = statement({
  name: 'clients.assignment.of-tenant',
  parameters: { tenantId: 'id' },
  json: ['userScopes', 'clientScopes'],
  sql: `SELECT "clientId", "resourceId", "userScopes", "clientScopes" FROM client_resource WHERE "tenantId" = :tenantId`,
});

const liveSecretsOfTenant = statement({
  name: 'clients.secret.live-of-tenant',
  parameters: { tenantId: 'id' },
  sql: `SELECT "clientId", id, name, hash, "expiresAt" FROM client_secret
  WHERE "tenantId" = :tenantId AND "revokedAt" IS NULL ORDER BY "createdAt", id`,
});

export type AssignedRow = Pick<AssignmentRow, 'resourceId' | 'userScopes' | 'clientScopes'> & { clientId: string };
export type LiveSecretRow = Pick<SecretRow, 'id' | 'name' | 'hash' | 'expiresAt'> & { clientId: string };

@Injectable()
export class ClientsRepository {
  constructor(private readonly database: Database) {}

  /** Four statements, which only a client that is not in memory costs. */
  async load(tenantId: string, clientId: string): Promise<ClientRows | null> {
    const [client] = await this.database.rows<ClientRow>(byClientId, { tenantId, clientId });
    return client ? this.withParts(client) : null;
  }

  async byId(tenantId: string, id: string, tx?: Transaction): Promise<ClientRow | null> {
    return (await this.database.rows<ClientRow>(byId, { tenantId, id }, tx))[0] ?? null;
  }

  /** The row, held until the transaction ends: changes of one client follow one another. */
  async lock(tenantId: string, id: string, tx: Transaction): Promise<ClientRow | null> {
    return (await this.database.rows<ClientRow>(lockById, { tenantId, id }, tx))[0] ?? null;
  }

  liveSecrets(tenantId: string, clientId: string, tx?: Transaction): Promise<SecretRow[]> {
    return this.database.rows<SecretRow>(liveSecrets, { tenantId, clientId }, tx);
  }

  /** The `client_id`s of the clients that the resource is assigned to. */
  async clientIdsOfResource(tenantId: string, resourceId: string, tx: Transaction): Promise<string[]> {
    const rows = await this.database.rows<{ clientId: string }>(clientIdsOfResource, { tenantId, resourceId }, tx);
    return rows.map(({ clientId }) => clientId);
  }

  activeOfType(tenantId: string, type: ClientRow['type']): Promise<ClientRow[]> {
    return this.database.rows<ClientRow>(activeOfType, { tenantId, type });
  }

  list(tenantId: string, after: string, take: number): Promise<ClientRow[]> {
    return this.database.rows<ClientRow>(listPage, { tenantId, after, take });
  }

  ofOrigin(tenantId: string, origin: ClientRow['origin'], tx?: Transaction): Promise<ClientRow[]> {
    return this.database.rows<ClientRow>(ofOrigin, { tenantId, origin }, tx);
  }

  assignmentsOfTenant(tenantId: string, tx?: Transaction): Promise<AssignedRow[]> {
    return this.database.rows<AssignedRow>(assignmentsOfTenant, { tenantId }, tx);
  }

  liveSecretsOfTenant(tenantId: string, tx?: Transaction): Promise<LiveSecretRow[]> {
    return this.database.rows<LiveSecretRow>(liveSecretsOfTenant, { tenantId }, tx);
  }

  async withParts(client: ClientRow, tx?: Transaction): Promise<ClientRows> {
    const key = { tenantId: client.tenantId, clientId: client.id };
    const secrets = await this.liveSecrets(key.tenantId, key.clientId, tx);
    const assigned = await this.database.rows<AssignmentRow>(assignments, key, tx);
    const scopes = assigned.length > 0 ? await this.database.rows<ScopeRow>(assignedScopes, key, tx) : [];
    return { client, secrets, assignments: assigned, scopes };
  }
}
