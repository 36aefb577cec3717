import type { Migration } from '../migration';

/** No foreign keys: the trail outlives what it speaks of, and an insert must not lock a row of the tenant. */
export const migration: Migration = {
  number: 3,
  name: 'audit',
  statements: [
    `CREATE TABLE "audit_event" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "occurredAt" datetimeoffset(3) NOT NULL,
      "event" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "result" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "audit_event_result" CHECK ("result" IN ('success', 'failure')),
      "actorType" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "audit_event_actorType" CHECK ("actorType" IN ('user', 'client', 'operator', 'system')),
      "actorId" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "actorTenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "targetType" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "targetId" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "clientId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "sessionId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "occurrences" int NOT NULL
        CONSTRAINT "audit_event_occurrences" CHECK ("occurrences" > 0),
      "detail" nvarchar(max) NULL,
      "requestId" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "ip" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
      "userAgent" nvarchar(max) NULL,
      CONSTRAINT "audit_event_pk" PRIMARY KEY ("tenantId", "id")
    )`,
    `CREATE INDEX "audit_event_by_time" ON "audit_event" ("tenantId", "occurredAt" DESC, "id" DESC)`,
    `CREATE INDEX "audit_event_by_event" ON "audit_event" ("tenantId", "event", "occurredAt" DESC)`,
    `CREATE INDEX "audit_event_by_actor" ON "audit_event" ("tenantId", "actorId", "occurredAt" DESC)
      WHERE "actorId" IS NOT NULL`,
    `CREATE INDEX "audit_event_by_client" ON "audit_event" ("tenantId", "clientId", "occurredAt" DESC)
      WHERE "clientId" IS NOT NULL`,
  ],
};
