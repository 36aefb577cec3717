import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';

/** What another lib keeps of a client: authorizations. */
export abstract class ClientObserver {
  /** Ends what the client has; in the transaction that ends the client. */
  abstract clientEnded(tenantId: string, clientRowId: string, tx: Transaction): Promise<void>;

  /** Deletes all rows that refer to the client, which is about to go; in the same transaction. */
  abstract clientDeleted(tenantId: string, clientRowId: string, tx: Transaction): Promise<void>;
}

/** Throws when a client may not be disabled or deleted; in the transaction in which it is. */
export type ClientGuard = (tenantId: string, clientRowId: string, tx: Transaction) => Promise<void>;

/** Libs add themselves in their module's onModuleInit. */
@Injectable()
export class ClientObservers {
  private readonly observers: ClientObserver[] = [];
  private readonly guards: ClientGuard[] = [];

  add(observer: ClientObserver): void {
    this.observers.push(observer);
  }

  addGuard(guard: ClientGuard): void {
    this.guards.push(guard);
  }

  /** @throws DomainError of whoever keeps the client from going */
  async assertMayGo(tenantId: string, clientRowId: string, tx: Transaction): Promise<void> {
    for (const guard of this.guards) await guard(tenantId, clientRowId, tx);
  }

  async clientEnded(tenantId: string, clientRowId: string, tx: Transaction): Promise<void> {
    for (const each of this.observers) await each.clientEnded(tenantId, clientRowId, tx);
  }

  async clientDeleted(tenantId: string, clientRowId: string, tx: Transaction): Promise<void> {
    for (const each of this.observers) await each.clientDeleted(tenantId, clientRowId, tx);
  }
}
