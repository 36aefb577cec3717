import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { WebhookDeliveryEntity } from './webhook-delivery.entity';
import type { WebhookEntity } from './webhook.entity';

const WEBHOOK = `"tenantId", "id", "name", "url", "events", "status", "secret", "previousSecret", "previousSecretUntil",
  "listeningSince", "failures", "failingSince", "disabledReason", "createdAt", "updatedAt"`;
const KEY = { tenantId: 'id', id: 'id' } as const;

const BY_ID = statement({
  name: 'webhooks.webhook.by-id',
  parameters: KEY,
  json: ['events'],
  sql: `SELECT ${WEBHOOK} FROM "webhook" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const LOCK = statement({
  name: 'webhooks.webhook.lock',
  parameters: KEY,
  json: ['events'],
  postgres: `SELECT ${WEBHOOK} FROM "webhook" WHERE "tenantId" = :tenantId AND "id" = :id FOR UPDATE`,
  mssql: `SELECT ${WEBHOOK} FROM "webhook" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const COUNT = statement({
  name: 'webhooks.webhook.count',
  parameters: { tenantId: 'id' },
  sql: `SELECT COUNT(*) AS "count" FROM "webhook" WHERE "tenantId" = :tenantId`,
});

const DISABLED = statement({
  name: 'webhooks.webhook.disabled',
  parameters: { tenantId: 'id', take: 'integer' },
  sql: `SELECT "id", "name", "disabledReason", "updatedAt" FROM "webhook"
    WHERE "tenantId" = :tenantId AND "status" = 'disabled' AND "disabledReason" IS NOT NULL
    ORDER BY "updatedAt", "id" OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

/** Of the tenants of some events, those that want to be told of any. */
const LISTENING = statement({
  name: 'webhooks.webhook.listening',
  parameters: { tenantIds: 'json' },
  json: ['events'],
  postgres: `SELECT "tenantId", "id", "events", "listeningSince" FROM "webhook"
    WHERE "tenantId" IN (SELECT t::uuid FROM jsonb_array_elements_text(:tenantIds) AS t) AND "status" = 'active'`,
  mssql: `SELECT "tenantId", "id", "events", "listeningSince" FROM "webhook"
    WHERE "tenantId" IN (SELECT CAST(t."value" AS char(36)) COLLATE Latin1_General_100_BIN2_UTF8
      FROM OPENJSON(:tenantIds) AS t) AND "status" = 'active'`,
});

const FAILED = statement({
  name: 'webhooks.webhook.failed',
  parameters: { ...KEY, now: 'instant' },
  sql: `UPDATE "webhook" SET "failures" = "failures" + 1, "failingSince" = COALESCE("failingSince", :now)
    WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const SUCCEEDED = statement({
  name: 'webhooks.webhook.succeeded',
  parameters: KEY,
  sql: `UPDATE "webhook" SET "failures" = 0, "failingSince" = NULL
    WHERE "tenantId" = :tenantId AND "id" = :id AND "failures" > 0`,
});

/** Changes a row for exactly one caller, and only as long as it still fails. */
const DISABLE = statement({
  name: 'webhooks.webhook.disable',
  parameters: { ...KEY, now: 'instant', failingBefore: 'instant', minFailures: 'integer', reason: 'text' },
  sql: `UPDATE "webhook" SET "status" = 'disabled', "disabledReason" = :reason, "updatedAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = :id AND "status" = 'active'
      AND "failingSince" <= :failingBefore AND "failures" >= :minFailures`,
});

const DELIVERY = statement({
  name: 'webhooks.delivery.by-id',
  parameters: KEY,
  json: ['payload'],
  sql: `SELECT "id", "webhookId", "messageId", "event", "payload", "attempt", "outcome", "statusCode",
    "durationMilliseconds", "answer", "error", "createdAt"
    FROM "webhook_delivery" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const PURGE = statement({
  name: 'webhooks.delivery.purge',
  parameters: { before: 'instant', take: 'integer' },
  postgres: `DELETE FROM "webhook_delivery" WHERE ("tenantId", "id") IN (
    SELECT "tenantId", "id" FROM "webhook_delivery" WHERE "createdAt" < :before ORDER BY "createdAt" LIMIT :take)`,
  mssql: `DELETE FROM d FROM (
    SELECT TOP (:take) * FROM "webhook_delivery" WHERE "createdAt" < :before ORDER BY "createdAt") AS d`,
});

export type ListeningWebhook = Pick<WebhookEntity, 'tenantId' | 'id' | 'events' | 'listeningSince'>;
export type DisabledWebhook = Pick<WebhookEntity, 'id' | 'name' | 'updatedAt'> & { disabledReason: string };
export type StoredDelivery = Omit<WebhookDeliveryEntity, 'tenantId'>;

@Injectable()
export class WebhooksRepository {
  constructor(private readonly database: Database) {}

  async byId(tenantId: string, id: string, tx?: Transaction): Promise<WebhookEntity | null> {
    return (await this.database.rows<WebhookEntity>(BY_ID, { tenantId, id }, tx))[0] ?? null;
  }

  async lock(tenantId: string, id: string, tx: Transaction): Promise<WebhookEntity | null> {
    return (await this.database.rows<WebhookEntity>(LOCK, { tenantId, id }, tx))[0] ?? null;
  }

  async count(tenantId: string, tx: Transaction): Promise<number> {
    return Number((await this.database.rows<{ count: unknown }>(COUNT, { tenantId }, tx))[0]?.count ?? 0);
  }

  /** Those that nobody has disabled but their failures, the first of them first. */
  disabledByThemselves(tenantId: string, take: number): Promise<DisabledWebhook[]> {
    return this.database.rows<DisabledWebhook>(DISABLED, { tenantId, take });
  }

  listening(tenantIds: readonly string[], tx: Transaction): Promise<ListeningWebhook[]> {
    return this.database.rows<ListeningWebhook>(LISTENING, { tenantIds }, tx);
  }

  async failed(tenantId: string, id: string, now: Date): Promise<void> {
    await this.database.execute(FAILED, { tenantId, id, now });
  }

  async succeeded(tenantId: string, id: string): Promise<void> {
    await this.database.execute(SUCCEEDED, { tenantId, id });
  }

  /** True for the one caller that disabled it. */
  async disable(
    tenantId: string,
    id: string,
    rule: { now: Date; failingBefore: Date; minFailures: number; reason: string },
    tx: Transaction,
  ): Promise<boolean> {
    return (await this.database.execute(DISABLE, { tenantId, id, ...rule }, tx)) === 1;
  }

  async delivery(tenantId: string, id: string): Promise<StoredDelivery | null> {
    return (await this.database.rows<StoredDelivery>(DELIVERY, { tenantId, id }))[0] ?? null;
  }

  /** How many attempts are forgotten: at most `take`. */
  purge(before: Date, take: number): Promise<number> {
    return this.database.execute(PURGE, { before, take });
  }
}
