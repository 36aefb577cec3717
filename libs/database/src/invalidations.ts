import type { Database } from './database';
import type { Transaction } from './transaction';

/** The key that means all keys of a topic. */
export const EVERY_KEY = '*';

export interface InvalidationHandlers {
  /** another instance (or this one) published */
  received(topic: string, key: string): void;
  /** nothing can be heard from now on */
  lost(): void;
  /** everything published from now on will be heard */
  regained(): void;
}

/** How invalidations travel between instances; one per engine. */
export interface InvalidationTransport {
  start(handlers: InvalidationHandlers): Promise<void>;
  publish(topic: string, key: string, tx: Transaction | undefined): Promise<void>;
  stop(): Promise<void>;
}

type Handler = (key: string) => void;

/** Tells every instance that something cached has changed, well within a second. */
export class Invalidations {
  private readonly handlers = new Map<string, Handler[]>();
  private hears = false;

  constructor(
    readonly database: Database,
    private readonly transport: InvalidationTransport,
  ) {}

  /** False while invalidations of other instances cannot be heard: caches are then empty and bypassed. */
  get coherent(): boolean {
    return this.hears;
  }

  /** `handler` gets the key that was published, or `'*'` for all; called on this instance too. */
  on(topic: string, handler: Handler): void {
    const handlers = this.handlers.get(topic);
    if (handlers) handlers.push(handler);
    else this.handlers.set(topic, [handler]);
  }

  /**
   * Inside a transaction it is delivered at commit, and not at all after a rollback. This instance has applied it
   * when `publish`, or the transaction, resolves; the others follow.
   */
  async publish(topic: string, key: string, tx?: Transaction): Promise<void> {
    await this.transport.publish(topic, key, tx);
    if (tx) tx.afterCommit(() => this.apply(topic, key));
    else this.apply(topic, key);
  }

  /** Resolves when invalidations are heard, or when the first attempt has failed and others will follow. */
  start(): Promise<void> {
    return this.transport.start({
      received: (topic, key) => this.apply(topic, key),
      lost: () => {
        this.hears = false;
        this.applyAll();
      },
      regained: () => {
        this.applyAll();
        this.hears = true;
      },
    });
  }

  async stop(): Promise<void> {
    this.hears = false;
    this.applyAll();
    await this.transport.stop();
  }

  private apply(topic: string, key: string): void {
    for (const handler of this.handlers.get(topic) ?? []) handler(key);
  }

  private applyAll(): void {
    for (const topic of this.handlers.keys()) this.apply(topic, EVERY_KEY);
  }
}
