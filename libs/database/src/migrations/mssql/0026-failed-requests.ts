import type { Migration } from '../migration';

/** What the protocol endpoints refused in the last week, and why. */
export const migration: Migration = {
  number: 26,
  name: 'failed-requests',
  statements: [
    `CREATE TABLE "failed_request" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "occurredAt" datetimeoffset(3) NOT NULL,
      "endpoint" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "error" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "description" nvarchar(max) NOT NULL,
      "status" int NOT NULL,
      "cause" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "explanation" nvarchar(max) NOT NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "sentClientId" nvarchar(max) NULL,
      "sent" nvarchar(max) NOT NULL,
      "registered" nvarchar(max) NOT NULL,
      "fix" nvarchar(max) NULL,
      "omitted" int NOT NULL,
      "ip" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "userAgent" nvarchar(max) NULL,
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
