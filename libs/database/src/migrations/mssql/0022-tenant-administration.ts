import type { Migration } from '../migration';

/** Tenants that are deleted are kept for a while; runs of jobs say which instance did them. */
export const migration: Migration = {
  number: 22,
  name: 'tenant-administration',
  statements: [
    `ALTER TABLE "tenant" ADD "removalAt" datetimeoffset(3) NULL`,
    `ALTER TABLE "tenant" ADD "formerStatus" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL`,
    `CREATE INDEX "tenant_removal" ON "tenant" ("removalAt") WHERE "removalAt" IS NOT NULL`,
    `ALTER TABLE "job_run" ADD "instance" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL`,
  ],
};
