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
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "hash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "userId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "authTime" datetimeoffset(3) NOT NULL,
      "acr" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "amr" nvarchar(max) NOT NULL,
      "ip" nvarchar(max) NOT NULL,
      "userAgent" nvarchar(max) NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "lastSeenAt" datetimeoffset(3) NOT NULL,
      "idleExpiresAt" datetimeoffset(3) NOT NULL,
      "absoluteExpiresAt" datetimeoffset(3) NOT NULL,
      "endedAt" datetimeoffset(3) NULL,
      CONSTRAINT "session_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "session_user_fk" FOREIGN KEY ("tenantId", "userId") REFERENCES "user" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "session_hash" ON "session" ("tenantId", "hash")`,
    `CREATE INDEX "session_by_user" ON "session" ("tenantId", "userId")`,
    `CREATE INDEX "session_by_end" ON "session" ("absoluteExpiresAt")`,

    `CREATE TABLE "session_client" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "sessionId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "session_client_pk" PRIMARY KEY ("tenantId", "sessionId", "clientId"),
      CONSTRAINT "session_client_session_fk" FOREIGN KEY ("tenantId", "sessionId") REFERENCES "session" ("tenantId", "id") ON DELETE CASCADE,
      CONSTRAINT "session_client_client_fk" FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id")
    )`,
    `CREATE INDEX "session_client_by_client" ON "session_client" ("tenantId", "clientId")`,

    `CREATE TABLE "setup_token" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "hash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "expiresAt" datetimeoffset(3) NOT NULL,
      "redeemedAt" datetimeoffset(3) NULL,
      CONSTRAINT "setup_token_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "setup_token_tenant_fk" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "setup_token_hash" ON "setup_token" ("tenantId", "hash")`,
  ],
};
