import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';

/** What another lib keeps of a client: authorizations. */
export abstract class ClientObserver {
  /** Ends what the client has; in the transaction that ends the client. */
  abstract clientEnded(tenantId: string, clientRowId: string, tx: Transaction): Promise<void>;
}

/** Libs add themselves in their module's onModuleInit. */
@Injectable()
export class ClientObservers {
  private readonly observers: ClientObserver[] = [];

  add(observer: ClientObserver): void {
    this.observers.push(observer);
  }

  async clientEnded(tenantId: string, clientRowId: string, tx: Transaction): Promise<void> {
    for (const each of this.observers) await each.clientEnded(tenantId, clientRowId, tx);
  }
}
