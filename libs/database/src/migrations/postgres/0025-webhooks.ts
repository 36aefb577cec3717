import type { Migration } from '../migration';

/** Receivers of events, and each attempt to reach them. */
export const migration: Migration = {
  number: 25,
  name: 'webhooks',
  statements: [
    `CREATE TABLE "webhook" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "name" text NOT NULL,
      "url" text NOT NULL,
      "events" jsonb NOT NULL,
      "status" text NOT NULL
        CONSTRAINT "webhook_status" CHECK ("status" IN ('active', 'disabled')),
      "secret" text NOT NULL,
      "previousSecret" text NULL,
      "previousSecretUntil" timestamptz NULL,
      "listeningSince" timestamptz NOT NULL,
      "failures" integer NOT NULL,
      "failingSince" timestamptz NULL,
      "disabledReason" text NULL,
      "createdAt" timestamptz NOT NULL,
      "updatedAt" timestamptz NOT NULL,
      CONSTRAINT "webhook_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "webhook_tenant_fk" FOREIGN KEY ("tenantId") REFERENCES "tenant" ("id")
    )`,
    `CREATE TABLE "webhook_delivery" (
      "tenantId" uuid NOT NULL,
      "id" uuid NOT NULL,
      "webhookId" uuid NOT NULL,
      "messageId" text NOT NULL,
      "event" text NOT NULL,
      "payload" jsonb NOT NULL,
      "attempt" integer NOT NULL,
      "outcome" text NOT NULL
        CONSTRAINT "webhook_delivery_outcome" CHECK ("outcome" IN ('succeeded', 'failed')),
      "statusCode" integer NULL,
      "durationMilliseconds" integer NOT NULL,
      "answer" text NULL,
      "error" text NULL,
      "createdAt" timestamptz NOT NULL,
      CONSTRAINT "webhook_delivery_pk" PRIMARY KEY ("tenantId", "id"),
      CONSTRAINT "webhook_delivery_webhook_fk" FOREIGN KEY ("tenantId", "webhookId")
        REFERENCES "webhook" ("tenantId", "id") ON DELETE CASCADE
    )`,
    `CREATE INDEX "webhook_delivery_by_webhook" ON "webhook_delivery" ("tenantId", "webhookId", "createdAt", "id")`,
    `CREATE INDEX "webhook_delivery_by_time" ON "webhook_delivery" ("createdAt")`,
  ],
};
