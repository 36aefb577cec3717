import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';

/** One role, with one of its permissions when it has any. */
export interface AccessRow {
  role: string;
  resourceId: string | null;
  permission: string | null;
}

const ROLES = `
  JOIN "role" r ON r."tenantId" = h."tenantId" AND r."id" = h."roleId"
  LEFT JOIN "role_permission" rp ON rp."tenantId" = r."tenantId" AND rp."roleId" = r."id"
  LEFT JOIN "permission" p ON p."tenantId" = rp."tenantId" AND p."id" = rp."permissionId"`;

const OF_USER = statement({
  name: 'users.access.of-user',
  parameters: { tenantId: 'id', userId: 'id' },
  sql: `
    SELECT r."name" AS "role", p."resourceId", p."key" AS "permission"
    FROM "user_role" h JOIN "user" u ON u."tenantId" = h."tenantId" AND u."id" = h."userId" AND u."status" = 'active'
    ${ROLES}
    WHERE h."tenantId" = :tenantId AND h."userId" = :userId
    ORDER BY r."name", p."key"`,
});

const OF_CLIENT = statement({
  name: 'users.access.of-client',
  parameters: { tenantId: 'id', clientId: 'id' },
  sql: `
    SELECT r."name" AS "role", p."resourceId", p."key" AS "permission"
    FROM "client_role" h ${ROLES}
    WHERE h."tenantId" = :tenantId AND h."clientId" = :clientId
    ORDER BY r."name", p."key"`,
});

@Injectable()
export class AccessRepository {
  constructor(private readonly database: Database) {}

  /** Nothing for a user who is not active. */
  ofUser(tenantId: string, userId: string): Promise<AccessRow[]> {
    return this.database.rows<AccessRow>(OF_USER, { tenantId, userId });
  }

  ofClient(tenantId: string, clientId: string): Promise<AccessRow[]> {
    return this.database.rows<AccessRow>(OF_CLIENT, { tenantId, clientId });
  }
}
