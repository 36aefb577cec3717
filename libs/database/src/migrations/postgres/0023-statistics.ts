import type { Migration } from '../migration';

/** What the dashboard shows, summed by a job: nothing large is counted while somebody waits. */
export const migration: Migration = {
  number: 23,
  name: 'statistics',
  statements: [
    `CREATE TABLE "statistic" (
      "tenantId" uuid NOT NULL CONSTRAINT "statistic_tenant" REFERENCES "tenant" ("id") ON DELETE CASCADE,
      "resolution" text NOT NULL,
      "beginsAt" timestamptz NOT NULL,
      "metric" text NOT NULL,
      "key" text NOT NULL,
      "count" bigint NOT NULL,
      CONSTRAINT "statistic_pk" PRIMARY KEY ("tenantId", "resolution", "beginsAt", "metric", "key")
    )`,
    `CREATE TABLE "statistic_user" (
      "tenantId" uuid NOT NULL CONSTRAINT "statistic_user_tenant" REFERENCES "tenant" ("id") ON DELETE CASCADE,
      "dayAt" timestamptz NOT NULL,
      "userId" uuid NOT NULL,
      CONSTRAINT "statistic_user_pk" PRIMARY KEY ("tenantId", "dayAt", "userId")
    )`,
    `CREATE TABLE "statistic_progress" (
      "tenantId" uuid NOT NULL CONSTRAINT "statistic_progress_tenant" REFERENCES "tenant" ("id") ON DELETE CASCADE,
      "occurredAt" timestamptz NOT NULL,
      "eventId" uuid NOT NULL,
      CONSTRAINT "statistic_progress_pk" PRIMARY KEY ("tenantId")
    )`,
  ],
};
