import type { Migration } from '../migration';

/** Keys under which administrators may repeat a create, each with the sealed answer, for a day. */
export const migration: Migration = {
  number: 16,
  name: 'admin-api',
  statements: [
    `CREATE TABLE "idempotency_key" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "hash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "requestHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "answer" nvarchar(max) NULL,
      "expiresAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "idempotency_key_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "idempotency_key_tenant_fk" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id")
    )`,
    `CREATE UNIQUE INDEX "idempotency_key_hash" ON "idempotency_key" ("tenantId", "hash")`,
    `CREATE INDEX "idempotency_key_by_end" ON "idempotency_key" ("expiresAt")`,
  ],
};
