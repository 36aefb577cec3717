import type { Migration } from '../migration';

/** The orders and filters of the lists of sessions, authorizations, consents and tokens. */
export const migration: Migration = {
  number: 21,
  name: 'lists-of-grants',
  statements: [
    `CREATE INDEX "session_by_creation" ON "session" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "session_by_ip" ON "session" ("tenantId", "ip")`,
    `CREATE INDEX "authorization_by_creation" ON "authorization" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "authorization_revoked" ON "authorization" ("tenantId", "createdAt", "id")
      WHERE "revokedAt" IS NOT NULL`,
    `CREATE INDEX "consent_by_creation" ON "consent" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "refresh_token_families" ON "refresh_token" ("tenantId", "createdAt", "id")
      WHERE "rotatedAt" IS NULL`,
    `CREATE INDEX "access_token_by_creation" ON "access_token" ("tenantId", "createdAt", "id")`,
    `CREATE INDEX "access_token_by_client" ON "access_token" ("tenantId", "clientId")`,
    `CREATE INDEX "access_token_by_user" ON "access_token" ("tenantId", "userId") WHERE "userId" IS NOT NULL`,
  ],
};
