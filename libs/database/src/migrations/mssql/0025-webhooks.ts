import type { Migration } from '../migration';

/** Receivers of events, and each attempt to reach them. */
export const migration: Migration = {
  number: 25,
  name: 'webhooks',
  statements: [
    `CREATE TABLE "webhook" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "name" nvarchar(max) NOT NULL,
      "url" nvarchar(max) NOT NULL,
      "events" nvarchar(max) NOT NULL,
      "status" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "webhook_status" CHECK ("status" IN ('active', 'disabled')),
      "secret" nvarchar(max) NOT NULL,
      "previousSecret" nvarchar(max) NULL,
      "previousSecretUntil" datetimeoffset(3) NULL,
      "listeningSince" datetimeoffset(3) NOT NULL,
      "failures" int NOT NULL,
      "failingSince" datetimeoffset(3) NULL,
      "disabledReason" nvarchar(max) NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      "updatedAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "webhook_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "webhook_tenant_fk" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id")
    )`,
    `CREATE TABLE "webhook_delivery" (
      "tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "id" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "webhookId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "messageId" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "event" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
      "payload" nvarchar(max) NOT NULL,
      "attempt" int NOT NULL,
      "outcome" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL
        CONSTRAINT "webhook_delivery_outcome" CHECK ("outcome" IN ('succeeded', 'failed')),
      "statusCode" int NULL,
      "durationMilliseconds" int NOT NULL,
      "answer" nvarchar(max) NULL,
      "error" nvarchar(max) NULL,
      "createdAt" datetimeoffset(3) NOT NULL,
      CONSTRAINT "webhook_delivery_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "webhook_delivery_webhook_fk" FOREIGN KEY ("tenantId", "webhookId")
        REFERENCES "webhook" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "webhook_delivery_by_webhook" ON "webhook_delivery" ("tenantId", "webhookId", "createdAt", "id")`,
    `CREATE INDEX "webhook_delivery_by_time" ON "webhook_delivery" ("createdAt")`,
  ],
};
