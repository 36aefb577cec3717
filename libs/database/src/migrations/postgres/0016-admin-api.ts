import type { Migration } from '../migration';

/** Keys under which administrators may repeat a create, each with the sealed answer, for a day. */
export const migration: Migration = {
  number: 16,
  name: 'admin-api',
  statements: [
    `CREATE TABLE "idempotency_key" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "hash" text NOT NULL,
      "requestHash" text NOT NULL,
      "answer" text,
      "expiresAt" timestamptz NOT NULL,
      PRIMARY KEY ("tenantId", "id"),
      FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id")
    )`,
    `CREATE UNIQUE INDEX "idempotency_key_hash" ON "idempotency_key" ("tenantId", "hash")`,
    `CREATE INDEX "idempotency_key_by_end" ON "idempotency_key" ("expiresAt")`,
  ],
};
