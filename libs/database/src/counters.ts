import { Injectable } from '@nestjs/common';
import { Clock } from '@tokenidp/kernel';
import { Database } from './database';
import { statement } from './statement';

/** Hits within the running window, and when the window ends. */
export interface Count {
  count: number;
  resetAt: Date;
}

const HIT = statement({
  name: 'database.counter.hit',
  parameters: { tenantId: 'id', key: 'identifier', now: 'instant', resetAt: 'instant' },
  postgres: `
    INSERT INTO "counter" AS c ("tenantId", "key", "count", "resetAt") VALUES (:tenantId, :key, 1, :resetAt)
    ON CONFLICT ("tenantId", "key") DO UPDATE SET
      "count" = CASE WHEN c."resetAt" <= :now THEN 1 ELSE c."count" + 1 END,
      "resetAt" = CASE WHEN c."resetAt" <= :now THEN excluded."resetAt" ELSE c."resetAt" END
    RETURNING "count", "resetAt"`,
  mssql: `
    MERGE "counter" WITH (HOLDLOCK) AS c
    USING (SELECT :tenantId AS "tenantId", :key AS "key") AS n ON c."tenantId" = n."tenantId" AND c."key" = n."key"
    WHEN MATCHED THEN UPDATE SET
      "count" = CASE WHEN c."resetAt" <= :now THEN 1 ELSE c."count" + 1 END,
      "resetAt" = CASE WHEN c."resetAt" <= :now THEN :resetAt ELSE c."resetAt" END
    WHEN NOT MATCHED THEN INSERT ("tenantId", "key", "count", "resetAt") VALUES (:tenantId, :key, 1, :resetAt)
    OUTPUT inserted."count", inserted."resetAt";`,
});

const GET = statement({
  name: 'database.counter.get',
  parameters: { tenantId: 'id', key: 'identifier', now: 'instant' },
  sql: `SELECT "count", "resetAt" FROM "counter"
        WHERE "tenantId" = :tenantId AND "key" = :key AND "resetAt" > :now`,
});

const CLEAR = statement({
  name: 'database.counter.clear',
  parameters: { tenantId: 'id', key: 'identifier' },
  sql: `DELETE FROM "counter" WHERE "tenantId" = :tenantId AND "key" = :key`,
});

const PURGE = statement({
  name: 'database.counter.purge',
  parameters: { now: 'instant' },
  sql: `DELETE FROM "counter" WHERE "resetAt" <= :now`,
});

/** Counters that are exact across instances: failed passwords, codes, secrets. */
@Injectable()
export class Counters {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts one more; the first hit opens a window of `windowSeconds`, later ones do not prolong it. */
  async hit(tenantId: string, key: string, windowSeconds: number): Promise<Count> {
    const now = this.clock.now();
    const resetAt = new Date(now.getTime() + windowSeconds * 1000);
    const [count] = await this.database.rows<Count>(HIT, { tenantId, key, now, resetAt });
    return count!;
  }

  /** The running window, or null when there is none. */
  async get(tenantId: string, key: string): Promise<Count | null> {
    const [count] = await this.database.rows<Count>(GET, { tenantId, key, now: this.clock.now() });
    return count ?? null;
  }

  async clear(tenantId: string, key: string): Promise<void> {
    await this.database.execute(CLEAR, { tenantId, key });
  }

  /** Forgets windows that have ended; returns how many. */
  purge(): Promise<number> {
    return this.database.execute(PURGE, { now: this.clock.now() });
  }
}
