import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';

/** What another lib keeps of a user: sessions, authorizations. */
export abstract class UserObserver {
  /** Ends what the user has; in the transaction that disables them. */
  abstract userDisabled(tenantId: string, userId: string, tx: Transaction): Promise<void>;
  /** Deletes what the user has and what names them; in the transaction that deletes them, before it does. */
  abstract userDeleted(tenantId: string, userId: string, tx: Transaction): Promise<void>;
}

/**
 * @spec S-122 — a user who is disabled loses what they have for good: a status that is only looked at
 * would bring it all back with the user. Libs add themselves in their module's onModuleInit.
 */
@Injectable()
export class UserObservers {
  private readonly observers: UserObserver[] = [];

  add(observer: UserObserver): void {
    this.observers.push(observer);
  }

  async userDisabled(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    for (const each of this.observers) await each.userDisabled(tenantId, userId, tx);
  }

  async userDeleted(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    for (const each of this.observers) await each.userDeleted(tenantId, userId, tx);
  }
}
