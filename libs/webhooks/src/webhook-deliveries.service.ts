import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AuditService } from '@tokenidp/audit';
import {
  Database,
  type DeliveryResult,
  Leases,
  Outbox,
  type OutboxMessage,
  type Transaction,
} from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { type WebhookMessage, WebhookSender } from './webhook-sender';
import type { WebhookEntity } from './webhook.entity';
import { WebhooksError } from './webhooks-error';
import { WebhooksRepository } from './webhooks.repository';

export const WEBHOOK = 'webhook';

const JOB = 'webhook-deliveries';
const SCHEDULE = '*/2 * * * * *';
const PURGE_JOB = 'webhook-delivery-purge';
const PURGE_SCHEDULE = CronExpression.EVERY_HOUR;

/** Two seconds, four, eight … an hour each: the last attempt comes some ten hours after the first. */
const MAX_ATTEMPTS = 20;
const DELIVERY = { batch: 10, parallel: 20, maxAttempts: MAX_ATTEMPTS, claimSeconds: 60 };
/** One slow receiver has so many of the places at most. */
const PLACES_EACH = 4;
const DISABLED_AFTER_MILLISECONDS = 5 * 24 * 3600 * 1000;
const DISABLED_AFTER_FAILURES = 10;
const GONE = 410;
const KEPT_MILLISECONDS = 30 * 24 * 3600 * 1000;
const PURGE_BATCH = 1000;
const PURGE_LEASE_SECONDS = 300;

/** Messages on their way to their receivers: out of the outbox, by whichever instance is free. */
@Injectable()
export class WebhookDeliveries implements BeforeApplicationShutdown, OnModuleInit {
  private readonly logger = new Logger(WebhookDeliveries.name);
  private readonly underWay = new Map<string, number>();
  private readonly closing = new AbortController();
  private run: Promise<unknown> | undefined;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly repository: WebhooksRepository,
    private readonly sender: WebhookSender,
    private readonly audit: AuditService,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Calls webhooks; what failed is tried again.',
      schedule: SCHEDULE,
      run: () => this.deliver(),
    });
    this.leases.register({
      name: PURGE_JOB,
      description: 'Forgets attempts to call webhooks after a month.',
      schedule: PURGE_SCHEDULE,
      run: () => this.purge(),
    });
  }

  /** What is new, what waits for its next attempt, and what another instance has left behind. */
  @Cron(SCHEDULE, { name: JOB })
  wake(): void {
    if (this.closing.signal.aborted) return;
    this.run ??= this.deliver()
      .catch((error: unknown) => this.logger.warn(`webhooks are called later: ${String(error)}`))
      .finally(() => (this.run = undefined));
  }

  /** Attempts are kept for thirty days. */
  @Cron(PURGE_SCHEDULE, { name: PURGE_JOB })
  async purge(): Promise<void> {
    await this.leases.run(PURGE_JOB, PURGE_LEASE_SECONDS, async () => {
      const before = new Date(this.clock.now().getTime() - KEPT_MILLISECONDS);
      let forgotten = 0;
      for (let last = PURGE_BATCH; last === PURGE_BATCH; forgotten += last) {
        last = await this.repository.purge(before, PURGE_BATCH);
      }
      return `${forgotten} forgotten`;
    });
  }

  deliver(): Promise<DeliveryResult> {
    const passOver = () => [...this.underWay].filter(([, count]) => count >= PLACES_EACH).map(([id]) => id);
    const options = { ...DELIVERY, passOver, signal: this.closing.signal };
    return this.outbox.deliver(WEBHOOK, (message) => this.deliverOne(message), options);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await this.run;
  }

  enqueue(webhook: Pick<WebhookEntity, 'tenantId' | 'id'>, message: WebhookMessage, tx: Transaction): Promise<void> {
    return this.outbox.enqueue({ tenantId: webhook.tenantId, topic: WEBHOOK, key: webhook.id, payload: message }, tx);
  }

  /** The message of an earlier attempt once more, under its own id. @throws WebhooksError */
  async replay(tenantId: string, deliveryId: string): Promise<string> {
    const delivery = await this.repository.delivery(tenantId, deliveryId);
    if (!delivery) throw new WebhooksError('unknown-delivery', 'There is no such delivery.');
    const { webhookId: id, messageId, event, payload } = delivery;
    await this.database.transaction(async (tx) => {
      const webhook = await this.repository.byId(tenantId, id, tx);
      if (webhook?.status !== 'active') throw new WebhooksError('webhook-disabled', 'The webhook is disabled.');
      await this.enqueue({ tenantId, id }, { messageId, event, payload }, tx);
      tx.afterCommit(() => this.wake());
    });
    return messageId;
  }

  private async deliverOne({ tenantId, key, payload, attempts }: OutboxMessage): Promise<void> {
    const webhook = await this.repository.byId(tenantId, key);
    // Who has gone since then, or is disabled, is owed nothing.
    if (webhook?.status !== 'active') return;
    this.underWay.set(key, (this.underWay.get(key) ?? 0) + 1);
    try {
      const { outcome, statusCode, error } = await this.sender.attempt(webhook, payload as WebhookMessage, attempts);
      if (outcome === 'succeeded') return await this.repository.succeeded(tenantId, key);
      await this.failed(webhook, { statusCode, error });
      throw new Error(error ?? 'failed');
    } finally {
      const left = (this.underWay.get(key) ?? 1) - 1;
      if (left > 0) this.underWay.set(key, left);
      else this.underWay.delete(key);
    }
  }

  /** Who says that it is gone is believed at once; whoever fails for days without one success is given up, too. */
  private async failed(
    webhook: WebhookEntity,
    { statusCode, error }: { statusCode: number | null; error: string | null },
  ): Promise<void> {
    const { tenantId, id } = webhook;
    const now = this.clock.now();
    await this.repository.failed(tenantId, id, now);
    const isGone = statusCode === GONE;
    const failingBefore = isGone ? now : new Date(now.getTime() - DISABLED_AFTER_MILLISECONDS);
    const minFailures = isGone ? 1 : DISABLED_AFTER_FAILURES;
    const reason = isGone ? 'The receiver says that it is gone (410).' : `It failed for five days: ${error}`;
    await this.database.transaction(async (tx) => {
      if (!(await this.repository.disable(tenantId, id, { now, failingBefore, minFailures, reason }, tx))) return;
      await this.audit.record(
        tenantId,
        {
          event: 'webhook.disabled',
          result: 'success',
          actor: { type: 'system' },
          target: { type: 'webhook', id },
          detail: { name: webhook.name, reason },
        },
        tx,
      );
      this.logger.warn(`webhook ${id} of tenant ${tenantId} was disabled: ${reason}`);
    });
  }
}
