import { Database } from '../database';
import { Invalidations } from '../invalidations';
import { migrate } from '../migrator';
import type { OpenDatabase } from '../opened';
import { ListReaders } from './list-readers';
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
  const config = statementConfig(location);
  const driver = new PostgresDriver(dataSource, new SharedReaders(config), new ListReaders(config));
  const database = new Database(dataSource, driver, release);
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
