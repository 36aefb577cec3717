import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { PermissionEntity } from './permission.entity';

export type PermissionRow = Omit<PermissionEntity, 'tenantId'>;

const COLUMNS = `SELECT "id", "resourceId", "key", "description", "builtIn", "createdAt"`;
const ONE = `"tenantId" = :tenantId AND "id" = :id`;

const FIND = statement({
  name: 'users.permission.find-by-id',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `${COLUMNS} FROM "permission" WHERE ${ONE}`,
});

const FIND_BY_KEY = statement({
  name: 'users.permission.find-by-key',
  parameters: { tenantId: 'id', resourceId: 'id', key: 'identifier' },
  sql: `${COLUMNS} FROM "permission"
    WHERE "tenantId" = :tenantId AND "resourceId" = :resourceId AND "key" = :key`,
});

const LOCK = statement({
  name: 'users.permission.lock',
  parameters: { tenantId: 'id', id: 'id' },
  postgres: `${COLUMNS} FROM "permission" WHERE ${ONE} FOR UPDATE`,
  mssql: `${COLUMNS} FROM "permission" WITH (UPDLOCK, ROWLOCK) WHERE ${ONE}`,
});

const UPDATE = statement({
  name: 'users.permission.update',
  parameters: { tenantId: 'id', id: 'id', description: 'text' },
  sql: `UPDATE "permission" SET "description" = :description WHERE ${ONE}`,
});

const DELETE = statement({
  name: 'users.permission.delete',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `DELETE FROM "permission" WHERE ${ONE}`,
});

const IS_BUILT_IN = statement({
  name: 'users.permission.is-built-in-resource',
  parameters: { tenantId: 'id', resourceId: 'id' },
  sql: `SELECT "builtIn" FROM "resource" WHERE "tenantId" = :tenantId AND "id" = :resourceId`,
});

@Injectable()
export class PermissionsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, id: string, tx?: Transaction): Promise<PermissionRow | null> {
    return (await this.database.rows<PermissionRow>(FIND, { tenantId, id }, tx))[0] ?? null;
  }

  async findByKey(tenantId: string, resourceId: string, key: string, tx: Transaction): Promise<PermissionRow | null> {
    const values = { tenantId, resourceId, key };
    return (await this.database.rows<PermissionRow>(FIND_BY_KEY, values, tx))[0] ?? null;
  }

  async lock(tenantId: string, id: string, tx: Transaction): Promise<PermissionRow | null> {
    return (await this.database.rows<PermissionRow>(LOCK, { tenantId, id }, tx))[0] ?? null;
  }

  async update(tenantId: string, id: string, description: string, tx: Transaction): Promise<void> {
    await this.database.execute(UPDATE, { tenantId, id, description }, tx);
  }

  async delete(tenantId: string, id: string, tx: Transaction): Promise<void> {
    await this.database.execute(DELETE, { tenantId, id }, tx);
  }

  /** False for a resource that does not exist, too. */
  async isOfBuiltIn(tenantId: string, resourceId: string, tx: Transaction): Promise<boolean> {
    const rows = await this.database.rows<{ builtIn: boolean }>(IS_BUILT_IN, { tenantId, resourceId }, tx);
    return rows[0]?.builtIn === true;
  }
}
