/** @spec Standard Webhooks 1.0 — one signed POST; whatever is not 2xx has failed, and what was answered is for people only. */
import { Injectable } from '@nestjs/common';
import { redact } from '@tokenidp/audit';
import { Database, TenantRepository } from '@tokenidp/database';
import { Clock, GuardedHttpClient, newId, OutboundError } from '@tokenidp/kernel';
import { webhookHeaders } from './standard-webhooks';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookSecrets } from './webhook-secrets';
import type { WebhookEntity } from './webhook.entity';
import type { StoredDelivery } from './webhooks.repository';

const TIMEOUT_MILLISECONDS = 15_000;
const MAX_ANSWER = 1024;

export interface WebhookMessage {
  readonly messageId: string;
  readonly event: string;
  readonly payload: Record<string, unknown>;
}

type Outcome = Pick<StoredDelivery, 'outcome' | 'statusCode' | 'answer' | 'error'>;

@Injectable()
export class WebhookSender {
  private readonly deliveries: TenantRepository<WebhookDeliveryEntity>;

  constructor(
    database: Database,
    private readonly http: GuardedHttpClient,
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
  ) {
    this.deliveries = new TenantRepository(database, WebhookDeliveryEntity);
  }

  /** Resolves with what became of it, which is written down too. */
  async attempt(webhook: WebhookEntity, message: WebhookMessage, attempt: number): Promise<StoredDelivery> {
    const createdAt = this.clock.now();
    const begun = performance.now();
    const outcome = await this.post(webhook, message, createdAt);
    const durationMilliseconds = Math.round(performance.now() - begun);
    const row = {
      id: newId(),
      webhookId: webhook.id,
      ...message,
      attempt,
      ...outcome,
      durationMilliseconds,
      createdAt,
    };
    await this.deliveries.insert(webhook.tenantId, row);
    return row;
  }

  private async post(webhook: WebhookEntity, { messageId, payload }: WebhookMessage, at: Date): Promise<Outcome> {
    const body = JSON.stringify(payload);
    const signed = webhookHeaders({ id: messageId, at, body }, this.secrets.open(webhook, at));
    try {
      const answer = await this.http.fetch(webhook.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'TokenIDP-Webhooks/1', ...signed },
        body,
        timeoutMs: TIMEOUT_MILLISECONDS,
      });
      const { status: statusCode } = answer;
      const isTaken = statusCode >= 200 && statusCode < 300;
      const error = isTaken ? null : `The receiver answered with ${statusCode}.`;
      return { outcome: isTaken ? 'succeeded' : 'failed', statusCode, answer: shown(answer.text()), error };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { outcome: 'failed', statusCode: null, answer: null, error: error.message };
    }
  }
}

/** A receiver may answer with anything. */
function shown(answer: string): string | null {
  if (answer === '') return null;
  const text = answer
    .slice(0, MAX_ANSWER)
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, '')
    .toWellFormed();
  return String(redact({ text }).text);
}
