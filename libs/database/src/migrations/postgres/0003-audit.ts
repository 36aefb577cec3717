import type { Migration } from '../migration';

/** No foreign keys: the trail outlives what it speaks of, and an insert must not lock a row of the tenant. */
export const migration: Migration = {
  number: 3,
  name: 'audit',
  statements: [
    `CREATE TABLE "audit_event" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "occurredAt" timestamptz NOT NULL,
      "event" text NOT NULL,
      "result" text NOT NULL
        CONSTRAINT "audit_event_result" CHECK ("result" IN ('success', 'failure')),
      "actorType" text NOT NULL
        CONSTRAINT "audit_event_actorType" CHECK ("actorType" IN ('user', 'client', 'operator', 'system')),
      "actorId" text NULL,
      "actorTenantId" uuid NULL,
      "targetType" text NULL,
      "targetId" text NULL,
      "clientId" uuid NULL,
      "sessionId" uuid NULL,
      "occurrences" integer NOT NULL
        CONSTRAINT "audit_event_occurrences" CHECK ("occurrences" > 0),
      "detail" jsonb NULL,
      "requestId" text NULL,
      "ip" text NULL,
      "userAgent" text NULL,
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
