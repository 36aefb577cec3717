import { type Database, Invalidations } from '@tokenidp/database';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestIdp } from './idp';

/** What some work made the server send to its database. */
export interface Cost {
  /** names in order, without begin and commit; `typeorm` for what has none */
  statements: string[];
  /** those that only read */
  reads: number;
  /** explicit ones, and each write that is one by itself */
  transactions: number;
}

/** No engine takes longer to tell its instances of a change. */
const ECHO_MS = 2_000;

interface Sent {
  name: string;
  text: string;
}

/** Tells what requests cost; the server's own timers are not counted, for no request waits for them. */
export class RequestStatements {
  private readonly context = new AsyncLocalStorage<Sent[]>();
  private readonly invalidations: Invalidations;
  private requests: Sent[][] = [];
  private echoes = 0;

  constructor(idp: TestIdp) {
    this.invalidations = idp.get(Invalidations);
    this.enterAtEachRequest(idp.application.getHttpServer() as Server);
    this.watch(idp.database);
  }

  /** The cost of all requests that the work makes. */
  async of(work: () => Promise<unknown>): Promise<Cost> {
    this.requests = [];
    await work();
    return costOf(this.requests.flat());
  }

  /** When the word of every change until now has come back through the database, which empties caches once more. */
  async settled(): Promise<void> {
    const topic = `test.echo.${(this.echoes += 1)}`;
    let heard = 0;
    const echo = new Promise<void>((resolve) =>
      // Once as this instance publishes it, once as the database tells it.
      this.invalidations.on(topic, () => (heard += 1) === 2 && resolve()),
    );
    await this.invalidations.publish(topic, 'all');
    await Promise.race([echo, sleep(ECHO_MS, undefined, { ref: false })]);
  }

  private enterAtEachRequest(server: Server): void {
    const emit = server.emit.bind(server) as (event: string, ...values: unknown[]) => boolean;
    server.emit = (event: string, ...values: unknown[]) => {
      if (event !== 'request') return emit(event, ...values);
      const sent: Sent[] = [];
      this.requests.push(sent);
      return this.context.run(sent, () => emit(event, ...values));
    };
  }

  private watch(database: Database): void {
    database.observe((name, text) => this.context.getStore()?.push({ name, text }));
    // Repositories of TypeORM do not go through the statements that have names.
    const logQuery = (text: string) => this.context.getStore()?.push({ name: 'typeorm', text });
    const ignore = () => undefined;
    const rest = { logQueryError: ignore, logQuerySlow: ignore, logSchemaBuild: ignore, logMigration: ignore };
    Object.assign(database.dataSource, { logger: { logQuery, log: ignore, ...rest } });
  }
}

function costOf(sent: readonly Sent[]): Cost {
  let isOpen = false;
  const cost: Cost = { statements: [], reads: 0, transactions: 0 };
  for (const { name, text } of sent) {
    if (['begin', 'commit', 'rollback'].includes(name)) {
      isOpen = name === 'begin';
      if (isOpen) cost.transactions += 1;
      continue;
    }
    cost.statements.push(name);
    const isRead = /^\s*SELECT\b/i.test(text);
    if (isRead) cost.reads += 1;
    else if (!isOpen) cost.transactions += 1;
  }
  return cost;
}
