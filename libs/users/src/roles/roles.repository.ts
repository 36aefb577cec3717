import { Injectable } from '@nestjs/common';
import { Database, type ParameterTypes, statement, type Transaction } from '@tokenidp/database';

export interface NewRole {
  id: string;
  name: string;
  displayName: string;
  description: string;
}

export interface NewPermission {
  id: string;
  key: string;
  description: string;
}

/** The rows of one bulk insert, and what they have in common. */
interface Bulk<Row> {
  tenantId: string;
  rows: readonly Row[];
  builtIn: boolean;
  now: Date;
}

const INSERT_ROLES = statement({
  name: 'users.role.insert',
  parameters: { tenantId: 'id', rows: 'json', builtIn: 'boolean', now: 'instant' },
  postgres: `
    INSERT INTO "role" ("tenantId", "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt")
    SELECT :tenantId, n."id", n."name", n."displayName", n."description", :builtIn, :now, :now
    FROM jsonb_to_recordset(:rows) AS n("id" uuid, "name" text, "displayName" text, "description" text)`,
  mssql: `
    INSERT INTO "role" ("tenantId", "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt")
    SELECT :tenantId, n."id", n."name", n."displayName", n."description", :builtIn, :now, :now
    FROM OPENJSON(:rows) WITH
      ("id" char(36), "name" varchar(255), "displayName" nvarchar(max), "description" nvarchar(max)) AS n`,
});

const PERMISSIONS = { tenantId: 'id', rows: 'json', builtIn: 'boolean', now: 'instant' } satisfies ParameterTypes;

/** Permissions of the resource that fits; nothing is inserted when the tenant has none. */
const insertPermissions = (condition: string) => ({
  postgres: `
    INSERT INTO "permission" ("tenantId", "id", "resourceId", "key", "description", "builtIn", "createdAt")
    SELECT r."tenantId", n."id", r."id", n."key", n."description", :builtIn, :now
    FROM "resource" r, jsonb_to_recordset(:rows) AS n("id" uuid, "key" text, "description" text)
    WHERE r."tenantId" = :tenantId AND ${condition}`,
  mssql: `
    INSERT INTO "permission" ("tenantId", "id", "resourceId", "key", "description", "builtIn", "createdAt")
    SELECT r."tenantId", n."id", r."id", n."key", n."description", :builtIn, :now
    FROM "resource" r CROSS JOIN OPENJSON(:rows) WITH
      ("id" char(36), "key" varchar(255), "description" nvarchar(max)) AS n
    WHERE r."tenantId" = :tenantId AND ${condition}`,
});

const INSERT_PERMISSIONS = statement({
  name: 'users.permission.insert',
  parameters: { ...PERMISSIONS, resourceId: 'id' },
  ...insertPermissions('r."id" = :resourceId'),
});

/** The built-in ones belong to the admin API, the only resource with both marks. */
const INSERT_ADMIN_PERMISSIONS = statement({
  name: 'users.permission.insert-admin',
  parameters: PERMISSIONS,
  ...insertPermissions(`r."builtIn" = :builtIn AND r."identifier" LIKE '%/admin/api'`),
});

const GRANT = statement({
  name: 'users.role-permission.insert',
  parameters: { tenantId: 'id', rows: 'json' },
  postgres: `
    INSERT INTO "role_permission" ("tenantId", "roleId", "permissionId")
    SELECT :tenantId, n."roleId", n."permissionId"
    FROM jsonb_to_recordset(:rows) AS n("roleId" uuid, "permissionId" uuid)`,
  mssql: `
    INSERT INTO "role_permission" ("tenantId", "roleId", "permissionId")
    SELECT :tenantId, n."roleId", n."permissionId"
    FROM OPENJSON(:rows) WITH ("roleId" char(36), "permissionId" char(36)) AS n`,
});

const FIND_PERMISSIONS = statement({
  name: 'users.permission.find',
  parameters: { tenantId: 'id', resourceId: 'id' },
  sql: `SELECT "id", "key", "description" FROM "permission"
        WHERE "tenantId" = :tenantId AND "resourceId" = :resourceId`,
});

const FIND_ROLE = statement({
  name: 'users.role.find',
  parameters: { tenantId: 'id', name: 'identifier' },
  sql: `SELECT "id" FROM "role" WHERE "tenantId" = :tenantId AND "name" = :name`,
});

const assign = (table: 'user_role' | 'client_role', holder: 'userId' | 'clientId') => {
  const insert = `
    INSERT INTO "${table}" ("tenantId", "${holder}", "roleId", "createdAt")
    SELECT :tenantId, :holderId, :roleId, :now`;
  return statement({
    name: `users.${table}.insert`,
    parameters: { tenantId: 'id', holderId: 'id', roleId: 'id', now: 'instant' },
    postgres: `${insert} ON CONFLICT ("tenantId", "${holder}", "roleId") DO NOTHING`,
    mssql: `${insert} WHERE NOT EXISTS (
      SELECT 1 FROM "${table}" WITH (UPDLOCK, HOLDLOCK)
      WHERE "tenantId" = :tenantId AND "${holder}" = :holderId AND "roleId" = :roleId)`,
  });
};

const unassign = (table: 'user_role' | 'client_role', holder: 'userId' | 'clientId') =>
  statement({
    name: `users.${table}.delete`,
    parameters: { tenantId: 'id', holderId: 'id', roleId: 'id' },
    sql: `DELETE FROM "${table}" WHERE "tenantId" = :tenantId AND "${holder}" = :holderId AND "roleId" = :roleId`,
  });

const ASSIGN = { user: assign('user_role', 'userId'), client: assign('client_role', 'clientId') };
const UNASSIGN = { user: unassign('user_role', 'userId'), client: unassign('client_role', 'clientId') };

/** A user by id, or a client by row id. */
export interface RoleHolder {
  type: 'user' | 'client';
  id: string;
}

@Injectable()
export class RolesRepository {
  constructor(private readonly database: Database) {}

  async insertRoles({ tenantId, rows, builtIn, now }: Bulk<NewRole>, tx: Transaction): Promise<void> {
    await this.database.execute(INSERT_ROLES, { tenantId, rows, builtIn, now }, tx);
  }

  /** How many were inserted: none when there is no such resource. */
  insertPermissions(resourceId: string, bulk: Bulk<NewPermission>, tx: Transaction): Promise<number> {
    const { tenantId, rows, builtIn, now } = bulk;
    return this.database.execute(INSERT_PERMISSIONS, { tenantId, resourceId, rows, builtIn, now }, tx);
  }

  /** The same, for the tenant's admin API. */
  insertAdminPermissions({ tenantId, rows, now }: Bulk<NewPermission>, tx: Transaction): Promise<number> {
    return this.database.execute(INSERT_ADMIN_PERMISSIONS, { tenantId, rows, builtIn: true, now }, tx);
  }

  async grant(
    tenantId: string,
    rows: readonly { roleId: string; permissionId: string }[],
    tx: Transaction,
  ): Promise<void> {
    await this.database.execute(GRANT, { tenantId, rows }, tx);
  }

  findPermissions(tenantId: string, resourceId: string, tx?: Transaction): Promise<NewPermission[]> {
    return this.database.rows<NewPermission>(FIND_PERMISSIONS, { tenantId, resourceId }, tx);
  }

  async findRoleId(tenantId: string, name: string, tx?: Transaction): Promise<string | null> {
    const [row] = await this.database.rows<{ id: string }>(FIND_ROLE, { tenantId, name }, tx);
    return row?.id ?? null;
  }

  /** False when the role was held already. */
  async assign(
    tenantId: string,
    holder: RoleHolder,
    { roleId, now }: { roleId: string; now: Date },
    tx: Transaction,
  ): Promise<boolean> {
    const values = { tenantId, holderId: holder.id, roleId, now };
    return (await this.database.execute(ASSIGN[holder.type], values, tx)) === 1;
  }

  /** False when the role was not held. */
  async unassign(tenantId: string, holder: RoleHolder, roleId: string, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(UNASSIGN[holder.type], { tenantId, holderId: holder.id, roleId }, tx)) === 1;
  }
}
