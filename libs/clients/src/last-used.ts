import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@tokenidp/kernel';
import { type LastUse, LastUsedRepository } from './last-used.repository';

const INTERVAL_MS = 60_000;
const BATCH = 1_000;
const TABLES = ['client', 'client_secret'] as const;

/** Remembers when clients and secrets were used, and writes it once a minute: a token request never waits for it. */
@Injectable()
export class LastUsed implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(LastUsed.name);
  private readonly pending = { client: new Map<string, LastUse>(), client_secret: new Map<string, LastUse>() };
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: LastUsedRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flush(), INTERVAL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  touch(table: (typeof TABLES)[number], row: { tenantId: string; id: string }): void {
    this.pending[table].set(row.id, { tenantId: row.tenantId, id: row.id, at: this.clock.now() });
  }

  /** Never rejects: what could not be written is lost, for it is only a convenience. */
  async flush(): Promise<void> {
    for (const table of TABLES) {
      const used = [...this.pending[table].values()].sort((left, right) => (left.id < right.id ? -1 : 1));
      this.pending[table].clear();
      try {
        for (let from = 0; from < used.length; from += BATCH) {
          await this.repository.write(table, used.slice(from, from + BATCH));
        }
      } catch (error) {
        this.logger.warn(`when ${used.length} rows of ${table} were last used could not be written: ${String(error)}`);
      }
    }
  }
}
