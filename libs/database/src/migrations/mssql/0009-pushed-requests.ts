import type { Migration } from '../migration';

/** An interaction refers to a pushed request without a foreign key: the two are purged each in its own time. */
export const migration: Migration = {
  number: 9,
  name: 'pushed-requests',
  statements: [
    `CREATE TABLE "pushed_request" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "hash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "parameters" nvarchar(max) NOT NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "expiresAt" datetimeoffset(3) NOT NULL,
      "redeemedAt" datetimeoffset(3) NULL,
      CONSTRAINT "pushed_request_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "pushed_request_client" FOREIGN KEY ("tenantId", "clientId") REFERENCES "client" ("tenantId", "id")
    )`,
    `CREATE UNIQUE INDEX "pushed_request_hash" ON "pushed_request" ("tenantId", "hash")`,
    `CREATE INDEX "pushed_request_by_end" ON "pushed_request" ("expiresAt")`,
    `ALTER TABLE "interaction" ADD "pushedRequestId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL`,
  ],
};
