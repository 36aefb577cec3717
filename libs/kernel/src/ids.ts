import { randomFillSync } from 'node:crypto';

// Random bytes are drawn a page at a time: one call to the kernel for 256 ids instead of one each.
const pool = Buffer.alloc(4096);
let used = pool.length;

function takeRandom(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += length;
  return pool.subarray(used - length, used);
}

/** A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits. Sorts by time, unfit as a secret. */
export function newId(milliseconds = Date.now()): string {
  const random = takeRandom(10).toString('hex');
  const time = milliseconds.toString(16).padStart(12, '0');
  const variant = ((parseInt(random[3]!, 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the canonical lower-case form, the only one that is ever looked up. */
export function isId(value: string): boolean {
  return UUID.test(value);
}
