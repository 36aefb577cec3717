import type { Migration } from '../migration';

export const migration: Migration = {
  number: 1,
  name: 'platform',
  statements: [
    `CREATE TABLE "lease" (
      "name" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "lease_pk" PRIMARY KEY,
      "holder" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "fence" bigint NOT NULL,
      "expiresAt" datetimeoffset(3) NOT NULL
    )`,

    `CREATE TABLE "job_run" (
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL CONSTRAINT "job_run_pk" PRIMARY KEY,
      "job" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "fence" bigint NOT NULL,
      "startedAt" datetimeoffset(3) NOT NULL,
      "endedAt" datetimeoffset(3) NULL,
      "summary" nvarchar(max) NULL,
      "error" nvarchar(max) NULL
    )`,
    `CREATE INDEX "job_run_job" ON "job_run" ("job", "startedAt" DESC)`,
    `CREATE INDEX "job_run_startedAt" ON "job_run" ("startedAt")`,

    `CREATE TABLE "outbox" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "topic" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "key" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "payload" nvarchar(max) NOT NULL,
      "status" varchar(16) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "outbox_status_default" DEFAULT 'pending'
        CONSTRAINT "outbox_status" CHECK ("status" IN ('pending', 'dead')),
      "attempts" int NOT NULL CONSTRAINT "outbox_attempts_default" DEFAULT 0,
      "nextAttemptAt" datetimeoffset(3) NOT NULL,
      "lastError" nvarchar(max) NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "outbox_pk" PRIMARY KEY ("tenantId", "id")
    )`,
    `CREATE INDEX "outbox_due" ON "outbox" ("topic", "nextAttemptAt") WHERE "status" = 'pending'`,

    `CREATE TABLE "counter" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "key" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "count" int NOT NULL,
      "resetAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "counter_pk" PRIMARY KEY ("tenantId", "key")
    )`,
    `CREATE INDEX "counter_resetAt" ON "counter" ("resetAt")`,

    `CREATE TABLE "cache_version" (
      "topic" varchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "key" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "changedAt" datetimeoffset(3) NOT NULL,
      "version" rowversion NOT NULL,
      CONSTRAINT "cache_version_pk" PRIMARY KEY ("topic", "key")
    )`,
    `CREATE INDEX "cache_version_version" ON "cache_version" ("version")`,
  ],
};
