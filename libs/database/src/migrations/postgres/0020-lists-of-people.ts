import type { Migration } from '../migration';

/**
 * Each order and filter of the lists of users has its index. The text that a search looks at stands in USER_SEARCH of
 * libs/users too, in the same words: only then is the index used. Names may be in any script, hence the collation.
 */
export const migration: Migration = {
  number: 20,
  name: 'lists-of-people',
  statements: [
    `CREATE EXTENSION IF NOT EXISTS pg_trgm`,
    `CREATE EXTENSION IF NOT EXISTS btree_gin`,
    `CREATE INDEX "user_by_username" ON "user" ("tenantId", "usernameNormal", "id")`,
    `CREATE INDEX "user_by_email" ON "user" ("tenantId", (COALESCE("emailNormal", '')), "id")`,
    `CREATE INDEX "user_by_creation" ON "user" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "user_by_sign_in" ON "user"
      ("tenantId", (COALESCE("lastSignInAt", '1970-01-01T00:00:00Z')), "id")`,
    `CREATE INDEX "user_by_status" ON "user" ("tenantId", "status")`,
    `CREATE INDEX "user_by_email_verified" ON "user" ("tenantId", "emailVerified")`,
    `CREATE INDEX "user_by_locale" ON "user" ("tenantId", "locale") WHERE "locale" IS NOT NULL`,
    `CREATE INDEX "user_search" ON "user" USING gin ("tenantId", (lower((' ' || "username" || ' '
      || COALESCE("email", '') || ' ' || COALESCE("claims"->>'name', '') || ' '
      || COALESCE("claims"->>'given_name', '') || ' ' || COALESCE("claims"->>'family_name', ''))
      COLLATE "pg_c_utf8")) gin_trgm_ops)`,
    `CREATE INDEX "user_role_members" ON "user_role" ("tenantId", "roleId", "createdAt", "userId")`,
  ],
};
