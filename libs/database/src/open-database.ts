import { Database } from './database';
import type { DatabaseOptions } from './database-options';
import { startEmbeddedPostgres } from './embedded/embedded-postgres';
import { chooseEngine } from './engine';
import { Invalidations } from './invalidations';
import { migrate } from './migrator';
import { clientConfig, postgresDataSource, type PostgresLocation } from './postgres/postgres-data-source';
import { PostgresDriver } from './postgres/postgres-driver';
import { PostgresListener } from './postgres/postgres-listener';
import { withPostgresMigrations } from './postgres/postgres-migrations';

export interface OpenDatabase {
  readonly database: Database;
  readonly invalidations: Invalidations;
  /** Ends all connections, and the embedded server if there is one. */
  close(): Promise<void>;
}

/**
 * Starts the embedded server when no URL is given, migrates, connects, and listens for invalidations.
 * @throws Error with a message for the operator
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const choice = chooseEngine(options.url);
  if (choice.engine === 'mssql') throw new Error('SQL Server: not yet');
  if (!choice.embedded) return openPostgres({ url: choice.url }, options.entities, async () => {});
  const server = await startEmbeddedPostgres({ dataDir: options.dataDir });
  try {
    return await openPostgres({ socketDir: server.socketDir }, options.entities, () => server.stop());
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openPostgres(
  location: PostgresLocation,
  entities: Function[],
  release: () => Promise<void>,
): Promise<OpenDatabase> {
  await withPostgresMigrations(clientConfig(location), (connection) => migrate(connection));
  const dataSource = postgresDataSource(location, entities);
  await dataSource.initialize();
  const database = new Database(dataSource, new PostgresDriver(dataSource), release);
  const invalidations = new Invalidations(database, new PostgresListener(database, clientConfig(location)));
  await invalidations.start();
  return {
    database,
    invalidations,
    close: async () => {
      await invalidations.stop();
      await database.close();
    },
  };
}
