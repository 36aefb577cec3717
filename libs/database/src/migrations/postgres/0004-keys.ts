import type { Migration } from '../migration';

/** One current and one next key per tenant and algorithm at most: of two instances that rotate at once, one loses. */
export const migration: Migration = {
  number: 4,
  name: 'keys',
  statements: [
    `CREATE TABLE "signing_key" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "kid" text NOT NULL,
      "alg" text NOT NULL,
      "state" text NOT NULL
        CONSTRAINT "signing_key_state" CHECK ("state" IN ('next', 'current', 'previous', 'retired', 'revoked')),
      "publicJwk" jsonb NOT NULL,
      "wrappedPrivateKey" text NULL,
      "masterKeyId" text NULL,
      "createdAt" timestamptz NOT NULL,
      "activatedAt" timestamptz NULL,
      "demotedAt" timestamptz NULL,
      "retiredAt" timestamptz NULL,
      "revokedAt" timestamptz NULL,
      "dueAt" timestamptz NULL,
      "reason" text NULL,
      CONSTRAINT "signing_key_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "signing_key_tenant" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id") ON DELETE CASCADE
    )`,
    `CREATE UNIQUE INDEX "signing_key_kid" ON "signing_key" ("tenantId", "kid")`,
    `CREATE UNIQUE INDEX "signing_key_current" ON "signing_key" ("tenantId", "alg") WHERE "state" = 'current'`,
    `CREATE UNIQUE INDEX "signing_key_next" ON "signing_key" ("tenantId", "alg") WHERE "state" = 'next'`,
    `CREATE INDEX "signing_key_due" ON "signing_key" ("dueAt") WHERE "dueAt" IS NOT NULL`,
  ],
};
