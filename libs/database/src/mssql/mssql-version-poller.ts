import type { Database, StatementDriver } from '../database';
import type { InvalidationHandlers, InvalidationTransport } from '../invalidations';
import { type Statement, statement } from '../statement';
import type { Transaction } from '../transaction';

const POLL_MS = 300;
const ANSWER_WITHIN_MS = 1_000;
const KEPT_MS = 3_600_000;
const POLLS_PER_PURGE = 10_000;
/** Larger than any stamp: asks for the present mark and no rows. */
const NOTHING_YET = 9_223_372_036_854_775_807n;

/** A row per topic and key; the server stamps each write with a number that only grows (rowversion). */
const TOUCH = statement({
  name: 'database.invalidation.touch',
  parameters: { topic: 'identifier', key: 'identifier' },
  mssql: `
    MERGE "cache_version" WITH (HOLDLOCK) AS v
    USING (SELECT :topic AS "topic", :key AS "key") AS n ON v."topic" = n."topic" AND v."key" = n."key"
    WHEN MATCHED THEN UPDATE SET "changedAt" = SYSDATETIMEOFFSET()
    WHEN NOT MATCHED THEN INSERT ("topic", "key", "changedAt") VALUES (:topic, :key, SYSDATETIMEOFFSET());`,
});

/**
 * What was committed since the last time. No open transaction has a stamp below MIN_ACTIVE_ROWVERSION, so that nothing
 * is passed over; it is read in a statement of its own, before the rows, so that it is never ahead of them.
 */
const POLL = statement({
  name: 'database.invalidation.poll',
  parameters: { since: 'bigint' },
  mssql: `
    DECLARE @upTo bigint = CAST(MIN_ACTIVE_ROWVERSION() AS bigint);
    SELECT @upTo AS "upTo", v."topic", v."key" FROM (SELECT 1 AS "one") AS o LEFT JOIN "cache_version" AS v
      ON v."version" >= CAST(:since AS binary(8)) AND v."version" < CAST(@upTo AS binary(8))`,
});

const PURGE = statement({
  name: 'database.invalidation.purge',
  parameters: { before: 'instant' },
  mssql: `DELETE FROM "cache_version" WHERE "changedAt" < :before`,
});

interface Change {
  upTo: number;
  topic: string | null;
  key: string | null;
}

/** SQL Server has no LISTEN: asks a few times a second, on a connection of its own. */
export class MssqlVersionPoller implements InvalidationTransport {
  private handlers: InvalidationHandlers | undefined;
  private timer: NodeJS.Timeout | undefined;
  private since: bigint | undefined;
  private lastAnswer = 0;
  private polls = 0;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly connection: StatementDriver,
    private readonly release: () => Promise<void>,
  ) {}

  async start(handlers: InvalidationHandlers): Promise<void> {
    this.handlers = handlers;
    await this.poll();
  }

  async publish(topic: string, key: string, tx: Transaction | undefined): Promise<void> {
    await this.database.execute(TOUCH, { topic, key }, tx);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.release();
  }

  private async poll(): Promise<void> {
    // Rows are kept for an hour: after a longer sleep of this process some may have gone unseen.
    if (this.since !== undefined && Date.now() - this.lastAnswer > KEPT_MS / 2) this.lose();
    try {
      await this.ask();
      this.lastAnswer = Date.now();
      if (++this.polls % POLLS_PER_PURGE === 0) await this.purge();
    } catch {
      this.lose();
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.poll(), POLL_MS);
    this.timer.unref();
  }

  private async ask(): Promise<void> {
    const wasHearing = this.since !== undefined;
    const statement = POLL as unknown as Statement;
    const rows = this.connection.rows(statement, { since: this.since ?? NOTHING_YET }, undefined);
    const changes = (await inTime(rows)) as Change[];
    if (this.stopped) return;
    this.since = BigInt(changes[0]!.upTo);
    if (!wasHearing) this.handlers?.regained();
    for (const { topic, key } of changes) {
      if (topic !== null && key !== null) this.handlers?.received(topic, key);
    }
  }

  private lose(): void {
    if (this.since === undefined) return;
    this.since = undefined;
    this.handlers?.lost();
  }

  private async purge(): Promise<void> {
    await this.database.execute(PURGE, { before: new Date(Date.now() - KEPT_MS) });
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_WITHIN_MS);
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
