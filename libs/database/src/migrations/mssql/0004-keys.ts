import type { Migration } from '../migration';

/** One current and one next key per tenant and algorithm at most: of two instances that rotate at once, one loses. */
export const migration: Migration = {
  number: 4,
  name: 'keys',
  statements: [
    `CREATE TABLE "signing_key" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "kid" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "alg" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "state" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "signing_key_state" CHECK ("state" IN ('next', 'current', 'previous', 'retired', 'revoked')),
      "publicJwk" nvarchar(max) NOT NULL,
      "wrappedPrivateKey" nvarchar(max) NULL,
      "masterKeyId" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "activatedAt" datetimeoffset(3) NULL,
      "demotedAt" datetimeoffset(3) NULL,
      "retiredAt" datetimeoffset(3) NULL,
      "revokedAt" datetimeoffset(3) NULL,
      "dueAt" datetimeoffset(3) NULL,
      "reason" nvarchar(max) NULL,
      CONSTRAINT "signing_key_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "signing_key_tenant" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "signing_key_kid" ON "signing_key" ("tenantId", "kid")`,
    `CREATE UNIQUE INDEX "signing_key_current" ON "signing_key" ("tenantId", "alg") WHERE "state" = 'current'`,
    `CREATE UNIQUE INDEX "signing_key_next" ON "signing_key" ("tenantId", "alg") WHERE "state" = 'next'`,
    `CREATE INDEX "signing_key_due" ON "signing_key" ("dueAt") WHERE "dueAt" IS NOT NULL`,
  ],
};
