import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { RoleHolder } from './roles.repository';

// The built-in permissions are those of the administration API, and no other resource has any.
const PERMISSIONS = `
  JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId" AND p."builtIn" = :builtIn`;

const ofHolder = (table: 'user_role' | 'client_role', holder: 'userId' | 'clientId') =>
  statement({
    name: `users.administrative-rights.${table}`,
    parameters: { tenantId: 'id', holderId: 'id', builtIn: 'boolean' },
    sql: `
      SELECT DISTINCT p."key" FROM "${table}" h
      JOIN "role_permission" rp ON rp."tenantId" = h."tenantId" AND rp."roleId" = h."roleId" ${PERMISSIONS}
      WHERE h."tenantId" = :tenantId AND h."${holder}" = :holderId`,
  });

const OF_HOLDER = { user: ofHolder('user_role', 'userId'), client: ofHolder('client_role', 'clientId') };

const OF_ROLE = statement({
  name: 'users.administrative-rights.role',
  parameters: { tenantId: 'id', roleId: 'id', builtIn: 'boolean' },
  sql: `
    SELECT p."key" FROM "role_permission" rp ${PERMISSIONS}
    WHERE rp."tenantId" = :tenantId AND rp."roleId" = :roleId`,
});

const ROLE = `"tenantId" = :tenantId AND "id" = :roleId`;

const LOCK_ROLE = statement({
  name: 'users.role.lock-assignments',
  parameters: { tenantId: 'id', roleId: 'id' },
  postgres: `SELECT "id" FROM "role" WHERE ${ROLE} FOR NO KEY UPDATE`,
  mssql: `SELECT "id" FROM "role" WITH (UPDLOCK, ROWLOCK) WHERE ${ROLE}`,
});

const ownedBy = (table: 'user_role' | 'client_role', holder: 'userId' | 'clientId') =>
  statement({
    name: `users.${table}.owner-role`,
    parameters: { tenantId: 'id', holderId: 'id' },
    sql: `
    SELECT r."id" FROM "${table}" h
    JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId" AND r."name" = 'owner'
    WHERE h."tenantId" = :tenantId AND h."${holder}" = :holderId`,
  });

const OWNED_BY = { user: ownedBy('user_role', 'userId'), client: ownedBy('client_role', 'clientId') };

const OWNERS = statement({
  name: 'users.user-role.owners',
  parameters: { tenantId: 'id', roleId: 'id', userId: 'id' },
  sql: `
    SELECT COUNT(*) AS "users" FROM "user_role" h
    JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'
    WHERE h."tenantId" = :tenantId AND h."roleId" = :roleId AND h."userId" <> :userId`,
});

/** Machines own a tenant as well; of two kinds of ids no two are the same. */
const OWNERS_OF_ANY_KIND = statement({
  name: 'users.role.owners',
  parameters: { tenantId: 'id', roleId: 'id', holderId: 'id' },
  sql: `
    SELECT
      (SELECT COUNT(*) FROM "user_role" h
        JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'
        WHERE h."tenantId" = :tenantId AND h."roleId" = :roleId AND h."userId" <> :holderId)
      + (SELECT COUNT(*) FROM "client_role" h
        JOIN "client" c ON c."tenantId" = h."tenantId" AND c."id" = h."clientId" AND c."status" = 'active'
        WHERE h."tenantId" = :tenantId AND h."roleId" = :roleId AND h."clientId" <> :holderId) AS "owners"`,
});

@Injectable()
export class AdministrativeRightsRepository {
  constructor(private readonly database: Database) {}

  /** Of a user whatever their status: a password that is set today is of use once they are enabled. */
  async ofHolder(tenantId: string, holder: RoleHolder, tx?: Transaction): Promise<string[]> {
    const values = { tenantId, holderId: holder.id, builtIn: true };
    return keysOf(await this.database.rows<{ key: string }>(OF_HOLDER[holder.type], values, tx));
  }

  async ofRole(tenantId: string, roleId: string, tx?: Transaction): Promise<string[]> {
    return keysOf(await this.database.rows<{ key: string }>(OF_ROLE, { tenantId, roleId, builtIn: true }, tx));
  }

  /** The id of the role of owners when the holder has it. */
  async ownerRoleOf(tenantId: string, holder: RoleHolder, tx: Transaction): Promise<string | null> {
    const values = { tenantId, holderId: holder.id };
    const [row] = await this.database.rows<{ id: string }>(OWNED_BY[holder.type], values, tx);
    return row?.id ?? null;
  }

  /** Who takes the role from somebody does so one after the other. */
  async lockRole(tenantId: string, roleId: string, tx: Transaction): Promise<void> {
    await this.database.rows(LOCK_ROLE, { tenantId, roleId }, tx);
  }

  /** Active users with the role, but for this one. */
  async countOthers(tenantId: string, userId: string, roleId: string, tx: Transaction): Promise<number> {
    const [row] = await this.database.rows<{ users: number }>(OWNERS, { tenantId, userId, roleId }, tx);
    return Number(row!.users);
  }

  /** Active users and clients with the role, but for this one. */
  async countOthersOfAnyKind(tenantId: string, holderId: string, roleId: string, tx: Transaction): Promise<number> {
    const values = { tenantId, holderId, roleId };
    const [row] = await this.database.rows<{ owners: number }>(OWNERS_OF_ANY_KIND, values, tx);
    return Number(row!.owners);
  }
}

function keysOf(rows: readonly { key: string }[]): string[] {
  return rows.map(({ key }) => key);
}
