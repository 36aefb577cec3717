import type { AuditActor, AuditEvent } from '@tokenidp/audit';
import type { Transaction } from '@tokenidp/database';
import type { RequestContext } from '@tokenidp/kernel';

/** Who changes something, on what occasion; and the transaction that the change takes part in, when there is one. */
export interface Change {
  tx?: Transaction;
  /** The server itself when absent. */
  actor?: AuditActor;
  request?: RequestContext;
}

/** A change of something that exists, for whoever has seen it before. */
export interface Edit<T> extends Change {
  /** Called with what is there, its row held; throws when that is not what was expected. */
  expect?: (current: T) => void;
}

/** The members of an audit event that follow from the change. */
export function changedBy({ actor, request }: Change): Pick<AuditEvent, 'actor' | 'request' | 'result'> {
  return { result: 'success', actor: actor ?? { type: 'system' }, ...(request ? { request } : {}) };
}
