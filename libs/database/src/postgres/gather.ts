import type { ClientBase } from 'pg';
import type { Writable } from 'node:stream';

/**
 * What is sent on a connection during this turn of the event loop leaves in one piece: a write each would be most of
 * the work of a small statement.
 */
export function gather(client: ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}
