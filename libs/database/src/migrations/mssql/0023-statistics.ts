import type { Migration } from '../migration';

/** What the dashboard shows, summed by a job: nothing large is counted while somebody waits. */
export const migration: Migration = {
  number: 23,
  name: 'statistics',
  statements: [
    `CREATE TABLE "statistic" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "statistic_tenant" REFERENCES "tenant" ("id") ON DELETE CASCADE,
      "resolution" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "beginsAt" datetimeoffset(3) NOT NULL,
      "metric" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "key" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "count" bigint NOT NULL,
      CONSTRAINT "statistic_pk" PRIMARY KEY ("tenantId", "resolution", "beginsAt", "metric", "key")
    )`,
    `CREATE TABLE "statistic_user" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "statistic_user_tenant" REFERENCES "tenant" ("id") ON DELETE CASCADE,
      "dayAt" datetimeoffset(3) NOT NULL,
      "userId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      CONSTRAINT "statistic_user_pk" PRIMARY KEY ("tenantId", "dayAt", "userId")
    )`,
    `CREATE TABLE "statistic_progress" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "statistic_progress_tenant" REFERENCES "tenant" ("id") ON DELETE CASCADE,
      "occurredAt" datetimeoffset(3) NOT NULL,
      "eventId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      CONSTRAINT "statistic_progress_pk" PRIMARY KEY ("tenantId")
    )`,
  ],
};
