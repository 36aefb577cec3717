import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { PermissionsAtResource } from './role-details.repository';

export interface ConfiguredPermission {
  readonly id: string;
  readonly resourceId: string;
  readonly key: string;
  readonly description: string;
}

export interface ConfiguredRole {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly builtIn: boolean;
  readonly permissions: readonly PermissionsAtResource[];
}

type RoleRow = Omit<ConfiguredRole, 'permissions'>;

const ROLES = statement({
  name: 'users.role.of-tenant',
  parameters: { tenantId: 'id' },
  sql: `SELECT "id", "name", "displayName", "description", "builtIn" FROM "role"
    WHERE "tenantId" = :tenantId ORDER BY "name"`,
});

const ROLE_PERMISSIONS = statement({
  name: 'users.role-permission.of-tenant',
  parameters: { tenantId: 'id' },
  sql: `
    SELECT rp."roleId", p."resourceId", p."key" FROM "role_permission" rp
    JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
    WHERE rp."tenantId" = :tenantId
    ORDER BY p."resourceId", p."key"`,
});

const PERMISSIONS = statement({
  name: 'users.permission.of-tenant',
  parameters: { tenantId: 'id' },
  sql: `SELECT "id", "resourceId", "key", "description" FROM "permission"
    WHERE "tenantId" = :tenantId ORDER BY "resourceId", "key"`,
});

const CLIENT_ROLES = statement({
  name: 'users.client-role.of-tenant',
  parameters: { tenantId: 'id' },
  sql: `
    SELECT h."clientId", r."name" FROM "client_role" h
    JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId"
    WHERE h."tenantId" = :tenantId
    ORDER BY r."name"`,
});

/** Roles and permissions of a tenant, all of them at once, as a file describes them. */
@Injectable()
export class ConfiguredRolesRepository {
  constructor(private readonly database: Database) {}

  async roles(tenantId: string, tx?: Transaction): Promise<ConfiguredRole[]> {
    const roles = await this.database.rows<RoleRow>(ROLES, { tenantId }, tx);
    const granted = await this.database.rows<{ roleId: string; resourceId: string; key: string }>(
      ROLE_PERMISSIONS,
      { tenantId },
      tx,
    );
    const byRole = Map.groupBy(granted, ({ roleId }) => roleId);
    return roles.map((role) => {
      const byResource = Map.groupBy(byRole.get(role.id) ?? [], ({ resourceId }) => resourceId);
      const permissions = [...byResource].map(([resourceId, all]) => ({ resourceId, keys: all.map(({ key }) => key) }));
      return { ...role, permissions };
    });
  }

  permissions(tenantId: string, tx?: Transaction): Promise<ConfiguredPermission[]> {
    return this.database.rows<ConfiguredPermission>(PERMISSIONS, { tenantId }, tx);
  }

  /** Names of roles, by the row id of the client that holds them. */
  async ofClients(tenantId: string, tx?: Transaction): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.database.rows<{ clientId: string; name: string }>(CLIENT_ROLES, { tenantId }, tx);
    const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
    return new Map([...byClient].map(([clientId, all]) => [clientId, all.map(({ name }) => name)]));
  }
}
