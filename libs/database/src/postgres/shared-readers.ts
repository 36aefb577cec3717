import { Client, type ClientConfig, type QueryConfig, type QueryResult } from 'pg';
import { gather } from './gather';
import { renewPlans } from './renew-plans';

const LANES = 2;
/** A lane that has answered nothing for so long is at something slow: others do not queue up behind it. */
const SLOW_MS = 20;

interface Lane {
  client: Client | undefined;
  connecting: Promise<Client> | undefined;
  waiting: number;
  progressAt: number;
}

/**
 * A few connections that many reads share, one behind the other without waiting for the answers (pipeline mode): half
 * the work of a connection each, since several go and come in one piece. Only for statements that take no lock: one that
 * waited for a row would hold up those behind it, perhaps the very one that is to free the row.
 */
export class SharedReaders {
  private readonly lanes: Lane[] = Array.from({ length: LANES }, () => ({
    client: undefined,
    connecting: undefined,
    waiting: 0,
    progressAt: 0,
  }));
  private closed = false;

  constructor(private readonly config: ClientConfig) {}

  /** Undefined when every lane is busy with something slow: then a connection of its own is better. */
  query(query: QueryConfig): Promise<QueryResult> | undefined {
    const now = performance.now();
    let best: Lane | undefined;
    for (const lane of this.lanes) {
      const isSlow = lane.waiting > 0 && now - lane.progressAt > SLOW_MS;
      if (!isSlow && (best === undefined || lane.waiting < best.waiting)) best = lane;
    }
    if (best === undefined || this.closed) return undefined;
    if (best.waiting === 0) best.progressAt = now;
    return this.send(best, query);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { client } of this.lanes) await client?.end().catch(() => {});
  }

  private async send(lane: Lane, query: QueryConfig): Promise<QueryResult> {
    lane.waiting++;
    try {
      const client = lane.client ?? (await (lane.connecting ??= this.connect(lane)));
      gather(client);
      return await client.query(query);
    } finally {
      lane.waiting--;
      lane.progressAt = performance.now();
    }
  }

  /** A lost connection is replaced by the next read that comes along. */
  private async connect(lane: Lane): Promise<Client> {
    const client = new Client({ ...this.config, pipeline: true });
    const forget = (): void => {
      if (lane.client === client) lane.client = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
      renewPlans(client);
      lane.client = client;
      return client;
    } finally {
      lane.connecting = undefined;
    }
  }
}
