import { type Client, type ClientConfig, types } from 'pg';
import { DataSource } from 'typeorm';
import { resolveColumns } from '../columns';
import { renewPlans } from './renew-plans';

const POOL_SIZE = 16;
const CONNECT_TIMEOUT_MS = 5_000;
/** Nobody waits longer for a database that does not answer. */
const QUERY_TIMEOUT_MS = 10_000;
/** A new connection has to prepare its statements again. */
const IDLE_TIMEOUT_MS = 60_000;
const INT8_OID = 20;
/**
 * Every statement finds its rows by an index. A plan made while a table is small would read all of it, and a prepared
 * statement keeps its plan while the table grows; so the planner is told what we know.
 */
const PLANNER = '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan -c jit=off';

/** Where a PostgreSQL is: a URL, or the socket folder of the embedded one. */
export type PostgresLocation = { readonly url: string } | { readonly socketDir: string };

const typeParsers = {
  // Counts and versions stay below 2^53; text would make `count + 1` a concatenation.
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8_OID ? Number : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

/** Settings of every connection, pooled or not. */
export function clientConfig(location: PostgresLocation): ClientConfig {
  const common: ClientConfig = {
    application_name: 'tokenidp',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  if ('url' in location) return { ...common, connectionString: location.url };
  return { ...common, host: location.socketDir, port: 5432, user: 'postgres', database: 'postgres' };
}

/** Settings of the connections that statements run on. */
export function statementConfig(location: PostgresLocation): ClientConfig {
  return { ...clientConfig(location), options: PLANNER, query_timeout: QUERY_TIMEOUT_MS, types: typeParsers };
}

/** TypeORM over `pg`, not yet connected. */
export function postgresDataSource(location: PostgresLocation, entities: Function[]): DataSource {
  resolveColumns('postgres');
  const { connectionString: _url, ...settings } = statementConfig(location);
  return new DataSource({
    type: 'postgres',
    ...('url' in location ? { url: location.url } : { database: 'postgres' }),
    entities,
    installExtensions: false,
    poolErrorHandler: () => {},
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    poolSize: POOL_SIZE,
    extra: {
      ...settings,
      pipeline: true,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      // A checked-out client without a listener would turn a lost connection into an uncaught exception.
      onConnect: (client: Client) => {
        client.on('error', () => {});
        renewPlans(client);
      },
    },
  });
}
