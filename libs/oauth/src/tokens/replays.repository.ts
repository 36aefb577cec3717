import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';
import { UnavailableError } from '@tokenidp/kernel';

// In the order of their keys: two instances that spend the same ones wait for each other in one direction.
const SPEND = statement({
  name: 'oauth.replay.spend',
  parameters: { tenantId: 'id', uses: 'json' },
  postgres: `
    INSERT INTO replay ("tenantId", "key", "expiresAt")
    SELECT :tenantId, u."key", u."expiresAt"
    FROM jsonb_to_recordset(:uses) AS u("key" text, "expiresAt" timestamptz) ORDER BY u."key"
    ON CONFLICT DO NOTHING
    RETURNING "key"`,
  mssql: `
    INSERT INTO replay ("tenantId", "key", "expiresAt")
    OUTPUT inserted."key"
    SELECT :tenantId, u."key", u."expiresAt"
    FROM OPENJSON(:uses) WITH ("key" varchar(128), "expiresAt" datetimeoffset(3)) AS u
    WHERE NOT EXISTS (
      SELECT 1 FROM replay AS r WITH (UPDLOCK, HOLDLOCK)
      WHERE r."tenantId" = :tenantId AND r."key" = u."key" COLLATE Latin1_General_100_BIN2_UTF8)
    ORDER BY u."key"`,
});

/** Somebody who waits to be told whether a use is the first of its key. */
interface Use {
  readonly key: string;
  readonly expiresAt: Date;
  resolve(isFirst: boolean): void;
  reject(error: unknown): void;
}

/** Those of one tenant. */
interface Queue {
  readonly waiting: Use[];
  /** statements under way */
  statements: number;
}

/** Sent without waiting for more: a database that works while this process does is worth more than a larger statement. */
const ENOUGH_USES = 4;
const MAX_STATEMENTS = 4;
const MAX_USES = 100;

/**
 * What may be used once, at all instances together. A few uses that one turn of the event loop asks for, and all that
 * come up while enough statements of the tenant are under way, share a statement and its commit; each is told of its own.
 */
@Injectable()
export class ReplaysRepository {
  /** By tenant, while there is somebody to tell. */
  private readonly queues = new Map<string, Queue>();

  constructor(private readonly database: Database) {}

  /** True for the first use of the key, on whichever instance; false ever after, until it has expired. */
  spend(tenantId: string, key: string, expiresAt: Date): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(tenantId) ?? { waiting: [], statements: 0 };
      this.queues.set(tenantId, queue);
      const length = queue.waiting.push({ key, expiresAt, resolve, reject });
      if (queue.statements >= MAX_STATEMENTS) return;
      if (length === 1) setImmediate(() => void this.work(tenantId, queue));
      else if (length === ENOUGH_USES) void this.work(tenantId, queue);
    });
  }

  /** Until nobody waits. */
  private async work(tenantId: string, queue: Queue): Promise<void> {
    queue.statements += 1;
    while (queue.waiting.length > 0) await this.settle(tenantId, queue.waiting.splice(0, MAX_USES));
    queue.statements -= 1;
    if (queue.statements === 0 && this.queues.get(tenantId) === queue) this.queues.delete(tenantId);
  }

  /** Never rejects. What fails together is tried again one by one, so that nobody fails for somebody else's use. */
  private async settle(tenantId: string, uses: readonly Use[]): Promise<void> {
    try {
      const first = await this.insert(tenantId, uses);
      for (const use of uses) use.resolve(first.delete(use.key));
    } catch (error) {
      if (uses.length === 1 || error instanceof UnavailableError) for (const use of uses) use.reject(error);
      else for (const use of uses) await this.settle(tenantId, [use]);
    }
  }

  /** The keys that were not there before, each once. */
  private async insert(tenantId: string, all: readonly Use[]): Promise<Set<string>> {
    const uses = [...new Map(all.map(({ key, expiresAt }) => [key, { key, expiresAt }])).values()];
    const rows = await this.database.rows<{ key: string }>(SPEND, { tenantId, uses });
    return new Set(rows.map(({ key }) => key));
  }
}
