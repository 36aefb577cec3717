import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { MIGRATED, serverUrl, testServer } from './test-server';

/** A database of one's own. */
export interface TestDatabase {
  /** as in DATABASE_URL */
  readonly url: string;
  /** ends whatever is still connected */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** without a single table; else every migration has been run */
  readonly empty?: boolean;
}

/** A fresh database on the PostgreSQL of this run, in some 30 ms; the server itself is started once per run. */
export async function createTestDatabase({ empty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const socketDir = await testServer();
  const template = empty ? 'template0' : MIGRATED;
  return createOn(serverUrl(socketDir, 'postgres'), `TEMPLATE "${template}" STRATEGY FILE_COPY`);
}

/** A fresh, empty database on any PostgreSQL; `server` names a database from which others may be created. */
export async function createOn(server: string, options = ''): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, `CREATE DATABASE "${name}" ${options}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}
