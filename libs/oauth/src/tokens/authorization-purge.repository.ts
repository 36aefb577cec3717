import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';

const IN_WINDOW = `x."createdAt" > :after AND x."createdAt" < :before`;

/** Where a window of so many rows ends. */
const WINDOW = statement({
  name: 'oauth.purge.authorization-window',
  parameters: { after: 'instant', before: 'instant', batch: 'integer' },
  postgres: `
    SELECT MAX(w."createdAt") AS "until", CAST(COUNT(*) AS int) AS "count" FROM (
      SELECT x."createdAt" FROM "authorization" x WHERE ${IN_WINDOW} ORDER BY x."createdAt" LIMIT :batch) w`,
  mssql: `
    SELECT MAX(w."createdAt") AS "until", COUNT(*) AS "count" FROM (
      SELECT TOP (:batch) x."createdAt" FROM "authorization" x WHERE ${IN_WINDOW} ORDER BY x."createdAt") w`,
});

const HAS_NOTHING_LEFT = `
    NOT EXISTS (SELECT 1 FROM "refresh_token" r WHERE r."tenantId" = x."tenantId" AND r."authorizationId" = x."id")
    AND NOT EXISTS (SELECT 1 FROM "access_token" t WHERE t."tenantId" = x."tenantId" AND t."authorizationId" = x."id")`;

const PURGE = statement({
  name: 'oauth.purge.authorization',
  parameters: { after: 'instant', until: 'instant' },
  postgres: `
    DELETE FROM "authorization" WHERE ("tenantId", "id") IN (
      SELECT x."tenantId", x."id" FROM "authorization" x
      WHERE x."createdAt" > :after AND x."createdAt" <= :until AND ${HAS_NOTHING_LEFT} FOR UPDATE SKIP LOCKED)`,
  mssql: `
    DELETE x FROM "authorization" x WITH (READPAST)
    WHERE x."createdAt" > :after AND x."createdAt" <= :until AND ${HAS_NOTHING_LEFT}`,
});

export interface PurgedWindow {
  /** the youngest that was looked at; null when there was none */
  until: Date | null;
  /** false when nothing younger is old enough */
  isFull: boolean;
  deleted: number;
}

/** Nothing says of an authorization that it is over but what hangs from it: each is looked at, a window at a time. */
@Injectable()
export class AuthorizationPurgeRepository {
  constructor(private readonly database: Database) {}

  /** Looks at some `batch` authorizations that were granted after one instant and before the other, oldest first. */
  async purge(after: Date, before: Date, batch: number): Promise<PurgedWindow> {
    const [window] = await this.database.rows<{ until: Date | null; count: number }>(WINDOW, { after, before, batch });
    const { until, count } = window!;
    const deleted = until === null ? 0 : await this.database.execute(PURGE, { after, until });
    return { until, isFull: count === batch, deleted };
  }
}
