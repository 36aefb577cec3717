import type { Migration } from '../migration';

/**
 * The trail is searched and sealed. `position` is the order of arrival, so that what is new is found without looking at
 * any tenant; partial indexes, where most rows have nothing to be found by.
 */
export const migration: Migration = {
  number: 24,
  name: 'audit-chain',
  statements: [
    `ALTER TABLE "audit_event" ADD "position" bigint IDENTITY(1,1) NOT NULL`,
    `CREATE UNIQUE INDEX "audit_event_position" ON "audit_event" ("position")`,
    `CREATE INDEX "audit_event_by_target" ON "audit_event" ("tenantId", "targetId", "occurredAt" DESC)
      WHERE "targetId" IS NOT NULL`,
    `CREATE INDEX "audit_event_by_request" ON "audit_event" ("tenantId", "requestId") WHERE "requestId" IS NOT NULL`,
    `CREATE INDEX "audit_event_by_ip" ON "audit_event" ("tenantId", "ip", "occurredAt" DESC) WHERE "ip" IS NOT NULL`,
    `CREATE INDEX "audit_event_failures" ON "audit_event" ("tenantId", "occurredAt" DESC)
      WHERE "result" = 'failure'`,
    `CREATE INDEX "audit_event_by_actor_type" ON "audit_event" ("tenantId", "actorType", "occurredAt" DESC)
      WHERE "actorType" <> 'user'`,
    `CREATE INDEX "audit_event_by_target_type" ON "audit_event" ("tenantId", "targetType", "occurredAt" DESC)
      WHERE "targetType" <> 'authorization'`,

    `CREATE TABLE "audit_seal" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "sequence" bigint NOT NULL,
      "eventId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "hash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "sealedAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "audit_seal_pk" PRIMARY KEY ("tenantId", "sequence")
    )`,
    `CREATE UNIQUE INDEX "audit_seal_event" ON "audit_seal" ("tenantId", "eventId")`,

    `CREATE TABLE "audit_chain" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "anchorSequence" bigint NOT NULL,
      "anchorHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "headSequence" bigint NOT NULL,
      "headHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "stateHash" varchar(128) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      CONSTRAINT "audit_chain_pk" PRIMARY KEY ("tenantId")
    )`,

    `CREATE TABLE "audit_sealing" (
      "name" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "low" bigint NOT NULL,
      "mark" bigint NULL,
      "markedAt" datetimeoffset(3) NULL,
      "horizon" bigint NULL,
      CONSTRAINT "audit_sealing_pk" PRIMARY KEY ("name")
    )`,
    `INSERT INTO "audit_sealing" ("name", "low") VALUES ('audit_event', 0)`,
  ],
};
