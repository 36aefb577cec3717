import type { AuditActor } from '@tokenidp/audit';
import type { Database, Transaction } from '@tokenidp/database';
import type { RequestContext } from '@tokenidp/kernel';

/** Who makes a change (the system when absent), in which request, and inside which transaction of the caller's. */
export interface Change {
  actor?: AuditActor;
  request?: RequestContext;
  tx?: Transaction;
  /** What whoever makes it may do at the administration API; the server itself, where it is absent, may do everything. */
  held?: ReadonlySet<string>;
}

/** A change of something that exists, for whoever has seen it before. */
export interface Edit<T> extends Change {
  /** Called with what is there, its row held; throws when that is not what was expected. */
  expect?: (current: T) => void;
}

/** What of a change its audit event repeats. */
export function auditOf({ actor, request }: Change): { actor: AuditActor; request?: RequestContext } {
  return { actor: actor ?? { type: 'system' }, request };
}

/** In the caller's transaction when there is one. */
export function within<T>(database: Database, change: Change, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return change.tx ? work(change.tx) : database.transaction(work);
}
