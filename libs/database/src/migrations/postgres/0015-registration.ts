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
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "hash" text NOT NULL,
      "name" text NOT NULL,
      "usesLeft" integer NOT NULL,
      "policy" jsonb NOT NULL,
      "createdAt" timestamptz NOT NULL,
      "expiresAt" timestamptz NOT NULL,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id")
    )`,
    `CREATE UNIQUE INDEX "initial_access_token_hash" ON "initial_access_token" ("tenantId", "hash")`,
    `CREATE INDEX "initial_access_token_by_end" ON "initial_access_token" ("expiresAt")`,
    `CREATE TABLE "registration_access_token" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "hash" text NOT NULL,
      "clientId" uuid NOT NULL,
      "policy" jsonb NOT NULL,
      "createdAt" timestamptz NOT NULL,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "registration_access_token_hash" ON "registration_access_token" ("tenantId", "hash")`,
    `CREATE UNIQUE INDEX "registration_access_token_of" ON "registration_access_token" ("tenantId", "clientId")`,
    `CREATE INDEX "client_by_origin" ON "client" ("tenantId", "origin", "status")`,
    `CREATE INDEX "authorization_by_client" ON "authorization" ("tenantId", "clientId")`,
  ],
};
