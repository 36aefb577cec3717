import type { Migration } from '../migration';

/** What the protocol endpoints refused in the last week, and why. */
export const migration: Migration = {
  number: 26,
  name: 'failed-requests',
  statements: [
    `CREATE TABLE "failed_request" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "occurredAt" timestamptz NOT NULL,
      "endpoint" text NOT NULL,
      "error" text NOT NULL,
      "description" text NOT NULL,
      "status" integer NOT NULL,
      "cause" text NOT NULL,
      "explanation" text NOT NULL,
      "clientId" uuid NULL,
      "sentClientId" text NULL,
      "sent" jsonb NOT NULL,
      "registered" jsonb NOT NULL,
      "fix" jsonb NULL,
      "omitted" integer NOT NULL,
      "ip" text NULL,
      "userAgent" text NULL,
      CONSTRAINT "failed_request_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "failed_request_tenant_fk" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id")
    )`,
    `CREATE INDEX "failed_request_by_time" ON "failed_request" ("tenantId", "occurredAt", "id")`,
    `CREATE INDEX "failed_request_by_client" ON "failed_request" ("tenantId", "clientId", "occurredAt", "id")
      WHERE "clientId" IS NOT NULL`,
    `CREATE INDEX "failed_request_by_endpoint" ON "failed_request" ("tenantId", "endpoint", "occurredAt", "id")`,
    `CREATE INDEX "failed_request_by_error" ON "failed_request" ("tenantId", "error", "occurredAt", "id")`,
    `CREATE INDEX "failed_request_by_end" ON "failed_request" ("occurredAt")`,
  ],
};
