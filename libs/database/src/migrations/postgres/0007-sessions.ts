import type { Migration } from '../migration';

/**
 * A session falls with its user. `session_client` has no cascade from the client: on SQL Server two paths from the
 * tenant would meet, and both engines must refuse alike.
 */
export const migration: Migration = {
  number: 7,
  name: 'sessions',
  statements: [
    `CREATE TABLE "session" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "hash" text NOT NULL,
      "userId" uuid NOT NULL,
      "authTime" timestamptz NOT NULL,
      "acr" text NOT NULL,
      "amr" jsonb NOT NULL,
      "ip" text NOT NULL,
      "userAgent" text NULL,
      "createdAt" timestamptz NOT NULL,
      "lastSeenAt" timestamptz NOT NULL,
      "idleExpiresAt" timestamptz NOT NULL,
      "absoluteExpiresAt" timestamptz NOT NULL,
      "endedAt" timestamptz NULL,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "session_hash" ON "session" ("tenantId", "hash")`,
    `CREATE INDEX "session_by_user" ON "session" ("tenantId", "userId")`,
    `CREATE INDEX "session_by_end" ON "session" ("absoluteExpiresAt")`,

    `CREATE TABLE "session_client" (
      "tenantId" uuid NOT NULL,
      "sessionId" uuid NOT NULL,
      "clientId" uuid NOT NULL,
      "createdAt" timestamptz NOT NULL,
      PRIMARY KEY ("tenantId", "sessionId", "clientId"),
      FOREIGN KEY ("tenantId", "sessionId") REFERENCES "session" ("tenantId", "id") ON DELETE CASCADE,
      FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id")
    )`,
    `CREATE INDEX "session_client_by_client" ON "session_client" ("tenantId", "clientId")`,

    `CREATE TABLE "setup_token" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "hash" text NOT NULL,
      "createdAt" timestamptz NOT NULL,
      "expiresAt" timestamptz NOT NULL,
      "redeemedAt" timestamptz NULL,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "setup_token_hash" ON "setup_token" ("tenantId", "hash")`,
  ],
};
