import type { ListPosition } from '@tokenidp/database';
import { isId, ProblemError, sha256 } from '@tokenidp/kernel';
import { isText } from '../fields';

const MAX_VALUE = 1024;
/** As JSON writes an instant that a database can hold. */
const INSTANT = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a cursor belongs to: the order and the filters of its list, told apart from others by a digest. */
export function listDigest(sort: string, filters: object): string {
  return sha256(JSON.stringify([sort, Object.entries(filters).filter(([, value]) => value !== undefined)])).slice(
    0,
    11,
  );
}

/** Opaque to callers: base64url of [digest, sort value, id]. It holds no secret and opens nothing. */
export function writeCursor(digest: string, { value, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([digest, value, id])).toString('base64url');
}

/** @throws ProblemError (invalid-input) for what is no cursor of this very list */
export function readCursor(cursor: string, digest: string, isInstant: boolean): ListPosition {
  const [of, value, id] = parse(cursor);
  const isRight = of === digest && typeof id === 'string' && isId(id) && isValue(value, isInstant);
  if (!isRight) {
    const detail = 'This is no cursor of this list with these filters and this order.';
    throw new ProblemError('invalid-input', detail, [{ pointer: '/cursor', detail }]);
  }
  return { value: isInstant ? new Date(value as string) : (value as string | number), id };
}

function parse(cursor: string): unknown[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(read) && read.length === 3 ? read : [];
  } catch {
    return [];
  }
}

function isValue(value: unknown, isInstant: boolean): boolean {
  if (isInstant) return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
  return Number.isSafeInteger(value) || (isText(value) && value.length <= MAX_VALUE);
}
