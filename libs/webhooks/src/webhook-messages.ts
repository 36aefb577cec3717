import { Injectable } from '@nestjs/common';
import { AuditObserver, type RecordedEvent } from '@tokenidp/audit';
import type { Transaction } from '@tokenidp/database';
import { WebhookDeliveries } from './webhook-deliveries.service';
import { isWebhookEvent } from './webhook-events';
import type { WebhookMessage } from './webhook-sender';
import { type ListeningWebhook, WebhooksRepository } from './webhooks.repository';

/** Puts each event of the catalogue into the outbox of those who listen, with the seal that it gets. */
@Injectable()
export class WebhookMessages implements AuditObserver {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly deliveries: WebhookDeliveries,
  ) {}

  async recorded(events: readonly RecordedEvent[], tx: Transaction): Promise<void> {
    const told = events.filter(({ event }) => isWebhookEvent(event));
    if (told.length === 0) return;
    const listening = await this.repository.listening([...new Set(told.map(({ tenantId }) => tenantId))], tx);
    let enqueued = 0;
    for (const event of told) {
      for (const webhook of listening) {
        if (!listens(webhook, event)) continue;
        await this.deliveries.enqueue(webhook, messageOf(event), tx);
        enqueued++;
      }
    }
    if (enqueued > 0) tx.afterCommit(() => this.deliveries.wake());
  }
}

/** An event is sealed some seconds after it happened: who began to listen in between is not told. */
function listens({ tenantId, events, listeningSince }: ListeningWebhook, event: RecordedEvent): boolean {
  return tenantId === event.tenantId && events.includes(event.event) && event.occurredAt >= listeningSince;
}

/** Without addresses and agents: what a receiver needs is who, what and with which application. */
function messageOf(recorded: RecordedEvent): WebhookMessage {
  const { id, tenantId, event, result, occurredAt, actorType, actorId, targetType, targetId } = recorded;
  const { clientId, sessionId, requestId, detail } = recorded;
  const data = {
    id,
    tenantId,
    result,
    actor: { type: actorType, id: actorId },
    target: targetType === null ? null : { type: targetType, id: targetId },
    clientId,
    sessionId,
    requestId,
    detail,
  };
  return { messageId: `msg_${id}`, event, payload: { type: event, timestamp: occurredAt.toISOString(), data } };
}
