/** @spec CIBA Core §5, §10.2, §10.3 — the client hears of the answer as it has registered: not at all, by a ping, or by a push. */
import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Outbox, type Transaction } from '@tokenidp/database';
import { PING, PingDeliveries } from './ping-deliveries';
import { PUSH, type Push, PushDeliveries } from './push-deliveries';

/** An answered request, as far as its client has to be told. */
export interface AnsweredRequest {
  tenantId: string;
  id: string;
  client: Client;
  /** sealed; null for a client that polls */
  notification: string | null;
}

export interface ExpiringRequest extends Omit<AnsweredRequest, 'notification'> {
  expiresAt: Date;
}

@Injectable()
export class AnswerNotices {
  constructor(
    private readonly outbox: Outbox,
    private readonly pings: PingDeliveries,
    private readonly pushes: PushDeliveries,
  ) {}

  /** With the answer, in its transaction; nothing leaves before `send`. */
  async enqueue({ tenantId, id, client, notification }: AnsweredRequest, tx: Transaction): Promise<void> {
    const clientId = client.client_id;
    if (notification === null) return;
    if (client.backchannel_token_delivery_mode === 'push') {
      const payload: Push = { clientId };
      await this.outbox.enqueue({ tenantId, topic: PUSH, key: id, payload }, tx);
    } else {
      await this.outbox.enqueue({ tenantId, topic: PING, key: id, payload: { clientId, notification } }, tx);
    }
  }

  /**
   * With the request, in its transaction: a client that must not ask hears at its end that nobody has answered (CIBA
   * Core §12). It has no part in what was decided by then.
   */
  async enqueueExpiry({ tenantId, id, client, expiresAt }: ExpiringRequest, tx: Transaction): Promise<void> {
    const payload: Push = { clientId: client.client_id, onExpiry: true };
    await this.outbox.enqueue({ tenantId, topic: PUSH, key: id, payload, dueAt: expiresAt }, tx);
  }

  send(client: Client): void {
    if (client.backchannel_token_delivery_mode === 'push') this.pushes.wake();
    else this.pings.wake();
  }
}
