import type { Migration } from '../migration';

/** Tenants that are deleted are kept for a while; runs of jobs say which instance did them. */
export const migration: Migration = {
  number: 22,
  name: 'tenant-administration',
  statements: [
    `ALTER TABLE "tenant" ADD COLUMN "removalAt" timestamptz NULL`,
    `ALTER TABLE "tenant" ADD COLUMN "formerStatus" text NULL`,
    `CREATE INDEX "tenant_removal" ON "tenant" ("removalAt") WHERE "removalAt" IS NOT NULL`,
    `ALTER TABLE "job_run" ADD COLUMN "instance" text NULL`,
  ],
};
