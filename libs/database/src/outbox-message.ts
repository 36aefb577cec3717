export interface NewMessage {
  tenantId: string;
  /** who delivers it: `mail`, `webhook`, … */
  topic: string;
  /** what it is about, for the deliverer and the log; need not be unique */
  key: string;
  /** JSON */
  payload: unknown;
  /** not to be delivered before; at once when absent */
  dueAt?: Date;
}

export interface OutboxMessage extends Omit<NewMessage, 'dueAt'> {
  id: string;
  /** 1 at the first delivery */
  attempts: number;
}

export interface DeliveryOptions {
  /** messages taken at once */
  batch?: number;
  /** messages under way at once; `batch` when absent */
  parallel?: number;
  /** after so many failed attempts a message is dead */
  maxAttempts?: number;
  /** a delivery that takes longer may be repeated by another instance */
  claimSeconds?: number;
  /** keys whose messages are left for later, asked before each claim: no attempt is spent on them */
  passOver?: () => readonly string[];
  /** once aborted, nothing more is begun */
  signal?: AbortSignal;
}

export interface DeliveryResult {
  delivered: number;
  failed: number;
  dead: number;
}
