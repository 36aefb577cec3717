import type { Database } from './database';
import type { Invalidations } from './invalidations';

/** A database in use: what an engine's opener gives. */
export interface OpenDatabase {
  readonly database: Database;
  readonly invalidations: Invalidations;
  /** Ends all connections, and the embedded server if there is one. */
  close(): Promise<void>;
}
