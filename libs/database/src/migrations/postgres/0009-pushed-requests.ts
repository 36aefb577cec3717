import type { Migration } from '../migration';

/** An interaction refers to a pushed request without a foreign key: the two are purged each in its own time. */
export const migration: Migration = {
  number: 9,
  name: 'pushed-requests',
  statements: [
    `CREATE TABLE "pushed_request" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "hash" text NOT NULL,
      "clientId" uuid NOT NULL,
      "parameters" jsonb NOT NULL,
      "createdAt" timestamptz NOT NULL,
      "expiresAt" timestamptz NOT NULL,
      "redeemedAt" timestamptz,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "pushed_request_hash" ON "pushed_request" ("tenantId", "hash")`,
    `CREATE INDEX "pushed_request_by_end" ON "pushed_request" ("expiresAt")`,
    `ALTER TABLE "interaction" ADD COLUMN "pushedRequestId" uuid`,
  ],
};
