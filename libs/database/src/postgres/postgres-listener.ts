import { Client, type ClientConfig, type Notification } from 'pg';
import type { Database } from '../database';
import type { InvalidationHandlers, InvalidationTransport } from '../invalidations';
import { statement } from '../statement';
import type { Transaction } from '../transaction';

const CHANNEL = 'tokenidp_invalidation';
const HEARTBEAT_MS = 2_000;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 1_000;

const NOTIFY = statement({
  name: 'database.invalidation.notify',
  parameters: { message: 'text' },
  postgres: `SELECT pg_notify('${CHANNEL}', :message)`,
});

/** LISTEN on a connection of its own; it comes back by itself, and says when it is away. */
export class PostgresListener implements InvalidationTransport {
  private client: Client | undefined;
  private handlers: InvalidationHandlers | undefined;
  private timer: NodeJS.Timeout | undefined;
  private retryMs = FIRST_RETRY_MS;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly config: ClientConfig,
  ) {}

  async start(handlers: InvalidationHandlers): Promise<void> {
    this.handlers = handlers;
    await this.connect();
  }

  async publish(topic: string, key: string, tx: Transaction | undefined): Promise<void> {
    await this.database.rows(NOTIFY, { message: `${topic} ${key}` }, tx);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => {});
  }

  private async connect(): Promise<void> {
    const client = new Client({ ...this.config, query_timeout: HEARTBEAT_MS });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', (message) => this.hear(message));
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      this.lost(client);
      return;
    }
    if (this.client !== client || this.stopped) return;
    this.retryMs = FIRST_RETRY_MS;
    this.handlers?.regained();
    this.schedule(HEARTBEAT_MS, () => this.heartbeat(client));
  }

  /** A peer that vanished without a word would leave us deaf: ask now and then. */
  private async heartbeat(client: Client): Promise<void> {
    try {
      await client.query('SELECT 1');
      if (this.client === client) this.schedule(HEARTBEAT_MS, () => this.heartbeat(client));
    } catch {
      this.lost(client);
    }
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => {});
    this.handlers?.lost();
    if (this.stopped) return;
    this.schedule(this.retryMs, () => this.connect());
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  private schedule(milliseconds: number, work: () => Promise<void>): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => void work(), milliseconds);
    this.timer.unref();
  }

  private hear({ payload }: Notification): void {
    const space = payload?.indexOf(' ') ?? -1;
    if (payload && space > 0) this.handlers?.received(payload.slice(0, space), payload.slice(space + 1));
  }
}
