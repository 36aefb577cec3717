import { type Database, statement } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';

const CREDENTIAL = statement({
  name: 'test.users.credential',
  parameters: { tenantId: 'id', userId: 'id' },
  sql: `SELECT "failures", "secret" FROM "credential" WHERE "tenantId" = :tenantId AND "userId" = :userId`,
});

const EVENTS = statement({
  name: 'test.users.events',
  parameters: { tenantId: 'id', event: 'identifier', targetId: 'identifier' },
  json: ['detail'],
  sql: `SELECT "detail" FROM "audit_event"
        WHERE "tenantId" = :tenantId AND "event" = :event AND "targetId" = :targetId ORDER BY "occurredAt", "id"`,
});

const NEARLY_DISABLED = statement({
  name: 'test.users.nearly-disabled',
  parameters: { tenantId: 'id', userId: 'id' },
  sql: `UPDATE "credential" SET "failures" = 99 WHERE "tenantId" = :tenantId AND "userId" = :userId`,
});

const NEARLY_DISABLED_UNKNOWN = statement({
  name: 'test.users.nearly-disabled-unknown',
  parameters: { tenantId: 'id' },
  sql: `UPDATE "unknown_login" SET "failures" = 99 WHERE "tenantId" = :tenantId`,
});

const RENAME = statement({
  name: 'test.users.rename',
  parameters: { tenantId: 'id', id: 'id', login: 'identifier' },
  sql: `UPDATE "user" SET "usernameNormal" = :login WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const ROLES = statement({
  name: 'test.users.roles',
  parameters: { tenantId: 'id' },
  sql: `SELECT "id", "name" FROM "role" WHERE "tenantId" = :tenantId ORDER BY "name"`,
});

const PERMISSIONS = statement({
  name: 'test.users.permissions',
  parameters: { tenantId: 'id' },
  sql: `SELECT "key" FROM "permission" WHERE "tenantId" = :tenantId`,
});

const GIVE = statement({
  name: 'test.users.give',
  parameters: { tenantId: 'id', userId: 'id', roleId: 'id', now: 'instant' },
  sql: `INSERT INTO "user_role" ("tenantId", "userId", "roleId", "createdAt") VALUES (:tenantId, :userId, :roleId, :now)`,
});

/** Looks behind the services: what is stored, and what the schema itself refuses. */
export function usersStatements(database: Database, { id: tenantId }: Tenant) {
  return {
    credential: async (userId: string) =>
      (await database.rows<{ failures: number; secret: string }>(CREDENTIAL, { tenantId, userId }))[0]!,
    events: (event: string, targetId: string) =>
      database.rows<{ detail: Record<string, object> }>(EVENTS, { tenantId, event, targetId }),
    /** One failure before the end, of a user or of every unknown name. */
    nearlyDisable: (userId?: string) =>
      userId
        ? database.execute(NEARLY_DISABLED, { tenantId, userId })
        : database.execute(NEARLY_DISABLED_UNKNOWN, { tenantId }),
    rename: (id: string, login: string) => database.execute(RENAME, { tenantId, id, login }),
    roles: () => database.rows<{ id: string; name: string }>(ROLES, { tenantId }),
    permissions: () => database.rows<{ key: string }>(PERMISSIONS, { tenantId }),
    give: (userId: string, roleId: string) => database.execute(GIVE, { tenantId, userId, roleId, now: new Date() }),
  };
}
