import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@tokenidp/kernel';
import { Database } from './database';
import type { DeliveryOptions, DeliveryResult, NewMessage, OutboxMessage } from './outbox-message';
import { CLAIM, DELIVERED, ENQUEUE, FAILED, REVIVE } from './outbox-statements';
import { OutboxRun } from './outbox-run';
import type { Transaction } from './transaction';

type Handler = (message: OutboxMessage) => Promise<void>;

type Settings = Required<Omit<DeliveryOptions, 'signal'>> & Pick<DeliveryOptions, 'signal'>;

const DEFAULTS = { batch: 10, maxAttempts: 12, claimSeconds: 60, passOver: (): readonly string[] => [] };
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 3_600_000;

/** 2 s, 4 s, 8 s … at most an hour, each shortened by up to a fifth so that failures do not march in step. */
export function backOffMs(attempts: number, random: () => number = Math.random): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
  return Math.round(delay * (1 - random() / 5));
}

/** What is to leave the house because of a change: written with the change, delivered after it, at least once. */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async enqueue(message: NewMessage, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    await this.database.execute(ENQUEUE, { ...message, dueAt: message.dueAt ?? now, id: newId(), now }, tx);
  }

  /**
   * Delivers what is due of one topic; several instances may do so at once. A slow delivery holds up no other as long
   * as there are free places. A handler that rejects gets the message again later, and at last it is kept as dead.
   */
  deliver(topic: string, handler: Handler, options: DeliveryOptions = {}): Promise<DeliveryResult> {
    const settings: Settings = { ...DEFAULTS, parallel: options.batch ?? DEFAULTS.batch, ...options };
    const source = {
      claim: (limit: number, passedOver: readonly string[]) => this.claim(topic, settings, { limit, passedOver }),
      deliver: (message: OutboxMessage) => this.deliverOne(message, handler, settings),
    };
    return new OutboxRun(source, settings).toTheEnd();
  }

  /** Gives a dead message a new life; false when it is not dead. */
  async revive(tenantId: string, id: string): Promise<boolean> {
    return (await this.database.execute(REVIVE, { tenantId, id, now: this.clock.now() })) === 1;
  }

  private claim(
    topic: string,
    { claimSeconds }: Settings,
    wanted: { limit: number; passedOver: readonly string[] },
  ): Promise<OutboxMessage[]> {
    const now = this.clock.now();
    const claimedUntil = new Date(now.getTime() + claimSeconds * 1000);
    return this.database.rows<OutboxMessage>(CLAIM, { topic, now, claimedUntil, ...wanted });
  }

  private async deliverOne(
    message: OutboxMessage,
    handler: Handler,
    settings: Settings,
  ): Promise<keyof DeliveryResult> {
    const { tenantId, id, attempts } = message;
    try {
      await handler(message);
    } catch (error) {
      const isDead = attempts >= settings.maxAttempts;
      await this.database.execute(FAILED, {
        tenantId,
        id,
        attempts,
        status: isDead ? 'dead' : 'pending',
        nextAttemptAt: new Date(this.clock.now().getTime() + backOffMs(attempts)),
        error: error instanceof Error ? error.message : String(error),
      });
      return isDead ? 'dead' : 'failed';
    }
    await this.database.execute(DELIVERED, { tenantId, id, attempts });
    return 'delivered';
  }
}
