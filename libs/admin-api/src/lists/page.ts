import type { Database, List, Listed } from '@tokenidp/database';
import { DEFAULT_LIMIT, type Page } from './list.dto';
import { listDigest, readCursor, writeCursor } from './cursor';

/** How a list is asked for; the members of a list's DTO that are not filters have their own place. */
export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string;
  /** the list's first when absent */
  readonly sort?: string;
  readonly filters?: Readonly<Record<string, unknown>>;
}

/** One page, each row as `view` shows it. @throws ProblemError (invalid-input) for a bad cursor */
export async function readPage<Row extends object, View>(
  { list, database, tenantId }: { list: List<Row>; database: Database; tenantId: string },
  { limit = DEFAULT_LIMIT, cursor, sort = list.sorts[0]!, filters = {} }: PageRequest,
  view: (row: Row) => View,
): Promise<Page<View>> {
  const digest = listDigest(sort, filters);
  const after = cursor === undefined ? undefined : readCursor(cursor, digest, list.isByInstant(sort));
  const rows = await list.rows(database, tenantId, { filters, sort, after, take: limit + 1 });
  const items = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  return {
    items: items.map((row) => view(plainRow(row))),
    nextCursor: hasMore ? writeCursor(digest, positionOf(items.at(-1)!)) : null,
  };
}

/** Without its place in the list, which is for the cursor alone. */
export function plainRow<Row extends object>({ sortValue: _value, sortId: _id, ...row }: Listed<Row>): Row {
  return row as unknown as Row;
}

function positionOf({ sortValue, sortId }: Listed<object>) {
  return { value: sortValue, id: sortId };
}
