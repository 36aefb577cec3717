import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';
import { Clock, newId } from '@tokenidp/kernel';
import type { AuditEventName } from './events';

const MINUTE_MS = 60_000;
const FLUSH_EVERY_MS = 30_000;
const BATCH = 1_000;
const MAX_OPEN = 10_000;
const MAX_WAITING = 100_000;

const EVENT = 'token.issued' satisfies AuditEventName;

// Ids are given before the first attempt, so that a retry of what had been written after all adds nothing.
const COLUMNS = `"tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "clientId", "occurrences", "detail"`;
const VALUES = `SELECT r."tenantId", r."id", r."occurredAt", '${EVENT}', 'success', 'client', r."clientId", r."clientId",
         r."occurrences", '{"grant_type":"client_credentials"}'`;
const INSERT_COUNTS = statement({
  name: 'audit.machine-tokens.insert',
  parameters: { counts: 'json' },
  postgres: `INSERT INTO "audit_event" (${COLUMNS})
    ${VALUES}
    FROM jsonb_to_recordset(:counts)
      AS r("tenantId" uuid, "id" uuid, "occurredAt" timestamptz, "clientId" uuid, "occurrences" integer)
    ON CONFLICT DO NOTHING`,
  mssql: `INSERT INTO "audit_event" (${COLUMNS})
    ${VALUES}
    FROM OPENJSON(:counts) WITH ("tenantId" char(36), "id" char(36), "occurredAt" datetimeoffset(3), "clientId" char(36),
      "occurrences" int) AS r
    WHERE NOT EXISTS (SELECT 1 FROM "audit_event" e
      WHERE e."tenantId" = r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8
        AND e."id" = r."id" COLLATE Latin1_General_100_BIN2_UTF8)`,
});

interface OpenCount {
  tenantId: string;
  clientId: string;
  minute: number;
  occurrences: number;
}

interface ClosedCount {
  tenantId: string;
  id: string;
  occurredAt: string;
  clientId: string;
  occurrences: number;
}

/** Tokens that clients got for themselves, counted in memory and written as one row per client and minute. */
@Injectable()
export class MachineTokenCounts implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(MachineTokenCounts.name);
  private readonly open = new Map<string, OpenCount>();
  private readonly waiting: ClosedCount[] = [];
  private flushing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flushQuietly(), FLUSH_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flushQuietly('all');
  }

  /** What was counted while the last requests were answered. */
  async onApplicationShutdown(): Promise<void> {
    if (this.open.size + this.waiting.length > 0) await this.flushQuietly('all');
  }

  count(tenantId: string, clientId: string): void {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE_MS);
    const known = this.open.get(clientId);
    if (known?.minute === minute) {
      known.occurrences++;
      return;
    }
    if (known) this.close(known);
    this.open.set(clientId, { tenantId, clientId, minute, occurrences: 1 });
    if (this.open.size >= MAX_OPEN) void this.flushQuietly('all');
  }

  /** Writes the minutes that are over, or everything. Throws when the database is away; nothing is lost then. */
  async flush(what: 'finished' | 'all' = 'finished'): Promise<void> {
    const running = Math.floor(this.clock.now().getTime() / MINUTE_MS);
    for (const count of [...this.open.values()]) {
      if (what === 'all' || count.minute !== running) this.close(count);
    }
    this.flushing = this.flushing.catch(() => {}).then(() => this.write());
    await this.flushing;
  }

  private close({ tenantId, clientId, minute, occurrences }: OpenCount): void {
    this.open.delete(clientId);
    const occurredAt = new Date(minute * MINUTE_MS).toISOString();
    this.waiting.push({ tenantId, id: newId(minute * MINUTE_MS), occurredAt, clientId, occurrences });
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const counts = this.waiting.splice(0, BATCH);
      try {
        await this.database.execute(INSERT_COUNTS, { counts });
      } catch (error) {
        this.waiting.unshift(...counts);
        throw error;
      }
    }
  }

  private async flushQuietly(what: 'finished' | 'all' = 'finished'): Promise<void> {
    try {
      await this.flush(what);
    } catch (error) {
      this.logger.warn(`counts of machine tokens are written later: ${String(error)}`);
      this.forgetOldest();
    }
  }

  private forgetOldest(): void {
    const excess = this.waiting.length - MAX_WAITING;
    if (excess <= 0) return;
    this.waiting.splice(0, excess);
    this.logger.error(`${excess} counts of machine tokens were given up`);
  }
}
