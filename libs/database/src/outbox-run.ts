import type { DeliveryOptions, DeliveryResult, OutboxMessage } from './outbox-message';

export interface OutboxSource {
  claim(limit: number, passedOver: readonly string[]): Promise<OutboxMessage[]>;
  deliver(message: OutboxMessage): Promise<keyof DeliveryResult>;
}

type Settings = Required<Pick<DeliveryOptions, 'batch' | 'parallel' | 'passOver'>> & Pick<DeliveryOptions, 'signal'>;

/** One go through what is due. A slow delivery keeps its own place and no other. */
export class OutboxRun {
  readonly result: DeliveryResult = { delivered: 0, failed: 0, dead: 0 };
  private readonly underWay = new Set<Promise<void>>();
  private readonly failures: unknown[] = [];

  constructor(
    private readonly source: OutboxSource,
    private readonly settings: Settings,
  ) {}

  async toTheEnd(): Promise<DeliveryResult> {
    try {
      while ((await this.take()) && this.failures.length === 0);
    } finally {
      await Promise.all(this.underWay);
    }
    if (this.failures.length > 0) throw this.failures[0];
    return this.result;
  }

  /** Fills the free places, and waits for one when there is nothing more to fill them with. False when all is done. */
  private async take(): Promise<boolean> {
    const { batch, parallel, signal } = this.settings;
    const passedOver = this.settings.passOver();
    const asked = Math.min(batch, parallel - this.underWay.size);
    const messages = signal?.aborted ? [] : await this.source.claim(asked, passedOver);
    for (const message of messages) this.start(message);
    if (this.underWay.size === 0) return false;
    if (messages.length === asked && this.underWay.size < parallel) return true;
    await Promise.race(this.underWay);
    // What was passed over may be free by now.
    return messages.length === asked || (passedOver.length > 0 && this.underWay.size > 0);
  }

  private start(message: OutboxMessage): void {
    const started = this.source
      .deliver(message)
      .then((outcome) => void this.result[outcome]++)
      .catch((error: unknown) => void this.failures.push(error))
      .finally(() => this.underWay.delete(started));
    this.underWay.add(started);
  }
}
