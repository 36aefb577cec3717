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

const MAX_USES = 100;

/**
 * What may be used once, at all instances together. One statement of a tenant is under way at a time, and takes along
 * what has come up meanwhile: under load many uses share one commit, and each is told of its own.
 */
@Injectable()
export class ReplaysRepository {
  /** By tenant; present while there is somebody to tell. */
  private readonly waiting = new Map<string, Use[]>();

  constructor(private readonly database: Database) {}

  /** True for the first use of the key, on whichever instance; false ever after, until it has expired. */
  spend(tenantId: string, key: string, expiresAt: Date): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const use = { key, expiresAt, resolve, reject };
      const waiting = this.waiting.get(tenantId);
      if (waiting) {
        waiting.push(use);
        return;
      }
      this.waiting.set(tenantId, [use]);
      setImmediate(() => void this.settleAll(tenantId));
    });
  }

  private async settleAll(tenantId: string): Promise<void> {
    const waiting = this.waiting.get(tenantId) ?? [];
    while (waiting.length > 0) await this.settle(tenantId, waiting.splice(0, MAX_USES));
    this.waiting.delete(tenantId);
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
