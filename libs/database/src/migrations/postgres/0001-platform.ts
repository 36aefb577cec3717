import type { Migration } from '../migration';

export const migration: Migration = {
  number: 1,
  name: 'platform',
  statements: [
    `CREATE TABLE "lease" (
      "name" text PRIMARY KEY,
      "holder" uuid NOT NULL,
      "fence" bigint NOT NULL,
      "expiresAt" timestamptz NOT NULL
    )`,

    `CREATE TABLE "job_run" (
      "id" uuid PRIMARY KEY,
      "job" text NOT NULL,
      "fence" bigint NOT NULL,
      "startedAt" timestamptz NOT NULL,
      "endedAt" timestamptz,
      "summary" text,
      "error" text
    )`,
    `CREATE INDEX "job_run_job" ON "job_run" ("job", "startedAt" DESC)`,
    `CREATE INDEX "job_run_startedAt" ON "job_run" ("startedAt")`,

    `CREATE TABLE "outbox" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "topic" text NOT NULL,
      "key" text NOT NULL,
      "payload" jsonb NOT NULL,
      "status" text NOT NULL DEFAULT 'pending' CHECK ("status" IN ('pending', 'dead')),
      "attempts" integer NOT NULL DEFAULT 0,
      "nextAttemptAt" timestamptz NOT NULL,
      "lastError" text,
      "createdAt" timestamptz NOT NULL,
      PRIMARY KEY ("tenantId", "id")
    )`,
    `CREATE INDEX "outbox_due" ON "outbox" ("topic", "nextAttemptAt") WHERE "status" = 'pending'`,

    `CREATE TABLE "counter" (
      "tenantId" uuid NOT NULL,
      "key" text NOT NULL,
      "count" integer NOT NULL,
      "resetAt" timestamptz NOT NULL,
      PRIMARY KEY ("tenantId", "key")
    ) WITH (fillfactor = 80)`,
    `CREATE INDEX "counter_resetAt" ON "counter" ("resetAt")`,
  ],
};
