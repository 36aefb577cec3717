import type { ConnectionPool } from 'mssql';
import { Database } from '../database';
import { Invalidations } from '../invalidations';
import { migrate } from '../migrator';
import type { OpenDatabase } from '../opened';
import { mssqlDataSource } from './mssql-data-source';
import { MssqlDriver } from './mssql-driver';
import { withMssqlMigrations } from './mssql-migrations';
import type { MssqlModule } from './mssql-parameters';
import { MssqlVersionPoller } from './mssql-version-poller';

/** Loaded only where it is used: the driver is large. */
export async function loadMssql(): Promise<MssqlModule> {
  const loaded = (await import('mssql')) as MssqlModule & { default?: MssqlModule };
  return loaded.default ?? loaded;
}

export async function migrateMssql(url: string): Promise<number> {
  const applied = await withMssqlMigrations(await loadMssql(), url, (connection) => migrate(connection));
  return applied.length;
}

export async function openMssql(url: string, entities: Function[]): Promise<OpenDatabase> {
  const sql = await loadMssql();
  const dataSource = mssqlDataSource(url, entities);
  await dataSource.initialize();
  const database = new Database(dataSource, new MssqlDriver(dataSource));
  const { config } = (dataSource.driver as unknown as { master: ConnectionPool & { config: object } }).master;
  const pollPool = new sql.ConnectionPool({ ...(config as { server: string }), pool: { min: 1, max: 1 } });
  pollPool.on('error', () => {});
  await pollPool.connect();
  const poller = new MssqlVersionPoller(database, new MssqlDriver(dataSource, pollPool), () => pollPool.close());
  const invalidations = new Invalidations(database, poller);
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
