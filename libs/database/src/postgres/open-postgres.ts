import { Database } from '../database';
import { Invalidations } from '../invalidations';
import { migrate } from '../migrator';
import type { OpenDatabase } from '../opened';
import { clientConfig, postgresDataSource, type PostgresLocation, statementConfig } from './postgres-data-source';
import { PostgresDriver } from './postgres-driver';
import { PostgresListener } from './postgres-listener';
import { withPostgresMigrations } from './postgres-migrations';
import { SharedReaders } from './shared-readers';

export async function migratePostgres(location: PostgresLocation): Promise<number> {
  const applied = await withPostgresMigrations(clientConfig(location), (connection) => migrate(connection));
  return applied.length;
}

/** `release` is called after the connections have been closed. */
export async function openPostgres(
  location: PostgresLocation,
  entities: Function[],
  release: () => Promise<void>,
): Promise<OpenDatabase> {
  const dataSource = postgresDataSource(location, entities);
  await dataSource.initialize();
  const readers = new SharedReaders(statementConfig(location));
  const database = new Database(dataSource, new PostgresDriver(dataSource, readers), release);
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
