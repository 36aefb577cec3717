import { DataSource } from 'typeorm';
import { resolveColumns } from '../columns';
import type { MssqlModule } from './mssql-parameters';

const POOL_SIZE = 16;
const CONNECT_TIMEOUT_MS = 5_000;
/** Nobody waits longer for a database that does not answer. */
const REQUEST_TIMEOUT_MS = 10_000;
const DEFAULT_PORT = 1433;

function flag(url: URL, name: string, otherwise: boolean): boolean {
  const value = url.searchParams.get(name);
  return value === null ? otherwise : value === 'true' || value === '1' || value === '';
}

/** Connection settings of a URL: `mssql://user:password@host:1433/name?encrypt=false&trustServerCertificate=true`. */
export function mssqlSettings(text: string) {
  const url = new URL(text);
  return {
    host: decodeURIComponent(url.hostname),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    encrypt: flag(url, 'encrypt', true),
    trustServerCertificate: flag(url, 'trustServerCertificate', false),
  };
}

/** TypeORM over `mssql`, not yet connected; `driver` takes the package's place in tests. */
export function mssqlDataSource(text: string, entities: Function[], driver?: MssqlModule): DataSource {
  resolveColumns('mssql');
  const { encrypt, trustServerCertificate, ...credentials } = mssqlSettings(text);
  return new DataSource({
    type: 'mssql',
    ...credentials,
    entities,
    ...(driver ? { driver: driver as unknown } : {}),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    pool: { max: POOL_SIZE, acquireTimeoutMillis: CONNECT_TIMEOUT_MS, errorHandler: () => {} },
    options: {
      encrypt,
      trustServerCertificate,
      useUTC: true,
      appName: 'tokenidp',
      disableAsciiToUnicodeParamConversion: true,
      // As on PostgreSQL: a statement that fails ends the transaction.
      abortTransactionOnError: true,
    },
  });
}
