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
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = empty ? 'template0' : MIGRATED;
  await asAdmin(socketDir, `CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY FILE_COPY`);
  return {
    url: serverUrl(socketDir, name),
    drop: () => asAdmin(socketDir, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function asAdmin(socketDir: string, sql: string): Promise<void> {
  const admin = new Client({ connectionString: serverUrl(socketDir, 'postgres') });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}
