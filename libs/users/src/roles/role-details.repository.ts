import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { RoleEntity } from './role.entity';
import type { RoleHolder } from './roles.repository';

export type RoleRow = Omit<RoleEntity, 'tenantId'>;

const COLUMNS = `SELECT "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt"`;
const ONE = `"tenantId" = :tenantId AND "id" = :id`;

const FIND = statement({
  name: 'users.role.find-by-id',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `${COLUMNS} FROM "role" WHERE ${ONE}`,
});

const LOCK = statement({
  name: 'users.role.lock',
  parameters: { tenantId: 'id', id: 'id' },
  postgres: `${COLUMNS} FROM "role" WHERE ${ONE} FOR UPDATE`,
  mssql: `${COLUMNS} FROM "role" WITH (UPDLOCK, ROWLOCK) WHERE ${ONE}`,
});

const PERMISSIONS = statement({
  name: 'users.role.permissions',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `
    SELECT p."resourceId", p."key" FROM "role_permission" rp
    JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"
    WHERE rp."tenantId" = :tenantId AND rp."roleId" = :id
    ORDER BY p."resourceId", p."key"`,
});

const UPDATE = statement({
  name: 'users.role.update',
  parameters: { tenantId: 'id', id: 'id', displayName: 'text', description: 'text', now: 'instant' },
  sql: `UPDATE "role" SET "displayName" = :displayName, "description" = :description, "updatedAt" = :now WHERE ${ONE}`,
});

const CLEAR = statement({
  name: 'users.role.clear',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `DELETE FROM "role_permission" WHERE "tenantId" = :tenantId AND "roleId" = :id`,
});

const DELETE = statement({
  name: 'users.role.delete',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `DELETE FROM "role" WHERE ${ONE}`,
});

const exists = (table: RoleHolder['type']) =>
  statement({
    name: `users.role-holder.${table}`,
    parameters: { tenantId: 'id', id: 'id' },
    sql: `SELECT "id" FROM "${table}" WHERE ${ONE}`,
  });

const EXISTS = { user: exists('user'), client: exists('client') };

/** What a role may do at one API. */
export interface PermissionsAtResource {
  readonly resourceId: string;
  readonly keys: string[];
}

@Injectable()
export class RoleDetailsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, id: string, tx?: Transaction): Promise<RoleRow | null> {
    return (await this.database.rows<RoleRow>(FIND, { tenantId, id }, tx))[0] ?? null;
  }

  async lock(tenantId: string, id: string, tx: Transaction): Promise<RoleRow | null> {
    return (await this.database.rows<RoleRow>(LOCK, { tenantId, id }, tx))[0] ?? null;
  }

  async permissions(tenantId: string, id: string, tx?: Transaction): Promise<PermissionsAtResource[]> {
    const rows = await this.database.rows<{ resourceId: string; key: string }>(PERMISSIONS, { tenantId, id }, tx);
    const byResource = Map.groupBy(rows, ({ resourceId }) => resourceId);
    return [...byResource].map(([resourceId, all]) => ({ resourceId, keys: all.map(({ key }) => key) }));
  }

  async update(tenantId: string, { id, displayName, description }: RoleRow, now: Date, tx: Transaction): Promise<void> {
    await this.database.execute(UPDATE, { tenantId, id, displayName, description, now }, tx);
  }

  /** Takes all permissions from the role. */
  async clear(tenantId: string, id: string, tx: Transaction): Promise<void> {
    await this.database.execute(CLEAR, { tenantId, id }, tx);
  }

  async delete(tenantId: string, id: string, tx: Transaction): Promise<void> {
    await this.database.execute(DELETE, { tenantId, id }, tx);
  }

  async holderExists(tenantId: string, { type, id }: RoleHolder, tx?: Transaction): Promise<boolean> {
    return (await this.database.rows(EXISTS[type], { tenantId, id }, tx)).length === 1;
  }
}
