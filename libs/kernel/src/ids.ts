import { randomUUID } from 'node:crypto';

/** A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits. Sorts by time, unfit as a secret. */
export function newId(milliseconds = Date.now()): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  // Behind its version a UUIDv4 has the same variant and random bits, and Node draws those for many at a time.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the canonical lower-case form, the only one that is ever looked up. */
export function isId(value: string): boolean {
  return UUID.test(value);
}
