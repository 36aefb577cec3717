import { isId } from '@tokenidp/kernel';
import { randomFillSync } from 'node:crypto';

const RANDOM_BYTES = 16;
const SEPARATOR = '.';
// Drawn a page at a time: one call to the kernel for 256 tokens.
const pool = Buffer.alloc(256 * RANDOM_BYTES);
let used = pool.length;

function random(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.toString('base64url', used - RANDOM_BYTES, used);
}

/**
 * @spec RFC 9068 §2.2 — a `jti`. The token of a user begins with its authorization, so that one read tells
 * whether what it was issued under still stands; the token of a client is random alone.
 */
export function newTokenId(authorizationId?: string): string {
  return authorizationId === undefined ? random() : `${authorizationId}${SEPARATOR}${random()}`;
}

/** The authorization a `jti` names; undefined for a token that a client got for itself. */
export function authorizationOfTokenId(jti: string): string | undefined {
  const [authorizationId] = jti.split(SEPARATOR, 1);
  return authorizationId !== undefined && authorizationId !== jti && isId(authorizationId)
    ? authorizationId
    : undefined;
}
