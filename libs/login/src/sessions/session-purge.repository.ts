import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';

const purge = (table: string, isOver: string) =>
  statement({
    name: `login.purge.${table}`,
    parameters: { before: 'instant', batch: 'integer' },
    postgres: `
      DELETE FROM "${table}" WHERE ("tenantId", "id") IN (
        SELECT x."tenantId", x."id" FROM "${table}" x WHERE ${isOver} LIMIT :batch FOR UPDATE SKIP LOCKED)`,
    mssql: `DELETE TOP (:batch) x FROM "${table}" x WITH (READPAST) WHERE ${isOver}`,
  });

/** Maintenance of all tenants at once: the rows say themselves that they are over. */
// What has ended by itself is ended first: until then its clients have not been told.
const SESSIONS = purge('session', `x."absoluteExpiresAt" < :before AND x."endedAt" IS NOT NULL`);
const SETUP_TOKENS = purge('setup_token', `x."expiresAt" < :before`);

@Injectable()
export class SessionPurgeRepository {
  constructor(private readonly database: Database) {}

  /** At most `batch` of each table; returns how many there were. */
  async purge(before: Date, batch: number): Promise<{ sessions: number; setupTokens: number }> {
    const sessions = await this.database.execute(SESSIONS, { before, batch });
    const setupTokens = await this.database.execute(SETUP_TOKENS, { before, batch });
    return { sessions, setupTokens };
  }
}
