import { Pool, type ClientConfig, type QueryConfig, type QueryResult } from 'pg';

const POOL_SIZE = 4;
const IDLE_TIMEOUT_MS = 30_000;
/** Planned anew each time: the best plan of a filter depends on its value. */
const PLANNER = '-c plan_cache_mode=force_custom_plan -c jit=off';

/**
 * Connections of their own for lists and exports, which are planned by the values of their filters: a slow one holds
 * up other lists at most, never a token.
 */
export class ListReaders {
  private readonly pool: Pool;

  constructor(config: ClientConfig) {
    this.pool = new Pool({ ...config, options: PLANNER, max: POOL_SIZE, idleTimeoutMillis: IDLE_TIMEOUT_MS });
    // A connection lost while nobody uses it is nobody's error: the next list gets a new one.
    this.pool.on('error', () => {});
  }

  query({ text, values }: QueryConfig): Promise<QueryResult> {
    return this.pool.query({ text, values });
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
