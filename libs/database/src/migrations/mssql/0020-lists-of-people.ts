import type { Migration } from '../migration';

/** Each order and filter of the lists of users has its index, but those by an expression, and the search. */
export const migration: Migration = {
  number: 20,
  name: 'lists-of-people',
  statements: [
    `CREATE INDEX "user_by_username" ON "user" ("tenantId", "usernameNormal", "id")`,
    `CREATE INDEX "user_by_email" ON "user" ("tenantId", "emailNormal", "id")`,
    `CREATE INDEX "user_by_creation" ON "user" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "user_by_sign_in" ON "user" ("tenantId", "lastSignInAt", "id")`,
    `CREATE INDEX "user_by_status" ON "user" ("tenantId", "status")`,
    `CREATE INDEX "user_by_email_verified" ON "user" ("tenantId", "emailVerified")`,
    `CREATE INDEX "user_by_locale" ON "user" ("tenantId", "locale") WHERE "locale" IS NOT NULL`,
    `CREATE INDEX "user_role_members" ON "user_role" ("tenantId", "roleId", "createdAt", "userId")`,
  ],
};
