import { isId } from '@tokenidp/kernel';
import { randomBytes } from 'node:crypto';

const RANDOM_BYTES = 16;
const SEPARATOR = '.';

/**
 * @spec RFC 9068 §2.2 — a `jti`. The token of a user begins with its authorization, so that one read tells
 * whether what it was issued under still stands; the token of a client is random alone.
 */
export function newTokenId(authorizationId?: string): string {
  const random = randomBytes(RANDOM_BYTES).toString('base64url');
  return authorizationId === undefined ? random : `${authorizationId}${SEPARATOR}${random}`;
}

/** The authorization a `jti` names; undefined for a token that a client got for itself. */
export function authorizationOfTokenId(jti: string): string | undefined {
  const [authorizationId] = jti.split(SEPARATOR, 1);
  return authorizationId !== undefined && authorizationId !== jti && isId(authorizationId)
    ? authorizationId
    : undefined;
}
