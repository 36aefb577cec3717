import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import type { ChainedEvent } from './chain/chain-hash';
import type { AuditEventName } from './events';

/** An event as it is in the trail for good. */
export type RecordedEvent = ChainedEvent & { readonly event: AuditEventName };

/**
 * What other libs do with every event. Called in the transaction that seals them, in their order: each event comes to
 * each observer exactly once, whichever instance recorded it and however hot its path was.
 */
export abstract class AuditObserver {
  abstract recorded(events: readonly RecordedEvent[], tx: Transaction): Promise<void>;
}

/** Libs add themselves in their module's onModuleInit. */
@Injectable()
export class AuditObservers {
  private readonly observers: AuditObserver[] = [];

  add(observer: AuditObserver): void {
    this.observers.push(observer);
  }

  async recorded(events: readonly RecordedEvent[], tx: Transaction): Promise<void> {
    for (const observer of this.observers) await observer.recorded(events, tx);
  }
}
