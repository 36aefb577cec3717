import type { Migration } from '../migration';

/**
 * Both tokens are kept as hashes. A registration access token falls with its client; authorizations are found by
 * client when one leaves, and registered clients by their origin when they are counted or go unused.
 */
export const migration: Migration = {
  number: 15,
  name: 'registration',
  statements: [
    `CREATE TABLE "initial_access_token" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "hash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "name" nvarchar(max) NOT NULL,
      "usesLeft" int NOT NULL,
      "policy" nvarchar(max) NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "expiresAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "initial_access_token_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "initial_access_token_tenant_fk" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id")
    )`,
    `CREATE UNIQUE INDEX "initial_access_token_hash" ON "initial_access_token" ("tenantId", "hash")`,
    `CREATE INDEX "initial_access_token_by_end" ON "initial_access_token" ("expiresAt")`,
    `CREATE TABLE "registration_access_token" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "hash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "policy" nvarchar(max) NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "registration_access_token_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "registration_access_token_client_fk" FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "registration_access_token_hash" ON "registration_access_token" ("tenantId", "hash")`,
    `CREATE UNIQUE INDEX "registration_access_token_of" ON "registration_access_token" ("tenantId", "clientId")`,
    `CREATE INDEX "client_by_origin" ON "client" ("tenantId", "origin", "status")`,
    `CREATE INDEX "authorization_by_client" ON "authorization" ("tenantId", "clientId")`,
  ],
};
