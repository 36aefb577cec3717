import { List } from '@tokenidp/database';
import type { WebhookEntity } from './webhook.entity';
import type { StoredDelivery } from './webhooks.repository';

export type ListedWebhook = Omit<WebhookEntity, 'tenantId' | 'secret' | 'previousSecret' | 'listeningSince'>;

export const WEBHOOK_LIST = new List<ListedWebhook>({
  name: 'webhooks.webhook.page',
  select: `t."id", t."name", t."url", t."events", t."status", t."previousSecretUntil", t."failures", t."failingSince",
  t."disabledReason", t."createdAt", t."updatedAt"`,
  from: '"webhook" t',
  json: ['events'],
  sorts: {
    name: { column: 't."name"', type: 'text' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
  },
  filters: {
    search: {
      type: 'text',
      condition: `lower(t."name") LIKE :value ESCAPE '\\' OR lower(t."url") LIKE :value ESCAPE '\\'`,
    },
    status: { type: 'identifier', condition: 't."status" = :value' },
  },
});

/** By the index of its webhook. */
export const DELIVERY_LIST = new List<StoredDelivery>({
  name: 'webhooks.delivery.page',
  select: `t."id", t."webhookId", t."messageId", t."event", t."payload", t."attempt", t."outcome", t."statusCode",
  t."durationMilliseconds", t."answer", t."error", t."createdAt"`,
  from: '"webhook_delivery" t',
  json: ['payload'],
  sorts: { createdAt: { column: 't."createdAt"', type: 'instant' } },
  filters: {
    webhookId: { type: 'id', condition: 't."webhookId" = :value' },
    outcome: { type: 'identifier', condition: 't."outcome" = :value' },
    event: { type: 'identifier', condition: 't."event" = :value' },
    messageId: { type: 'identifier', condition: 't."messageId" = :value' },
    createdFrom: { type: 'instant', condition: 't."createdAt" >= :value' },
    createdTo: { type: 'instant', condition: 't."createdAt" <= :value' },
  },
});
