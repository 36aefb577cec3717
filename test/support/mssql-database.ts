import { randomBytes } from 'node:crypto';
import { ConnectionPool } from 'mssql';
import type { TestDatabase } from './database';

async function asAdmin(server: URL, statements: readonly string[]): Promise<void> {
  const pool = new ConnectionPool({
    server: server.hostname,
    port: Number(server.port || 1433),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
    database: 'master',
    options: { encrypt: server.searchParams.get('encrypt') !== 'false', trustServerCertificate: true },
  });
  await pool.connect();
  try {
    for (const sql of statements) await pool.request().batch(sql);
  } finally {
    await pool.close();
  }
}

/** A fresh, empty database on the SQL Server that TEST_MSSQL_URL names, with the setting the product asks for. */
export async function createMssqlDatabase(text: string): Promise<TestDatabase> {
  const url = new URL(text);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(url, [`CREATE DATABASE [${name}]`, `ALTER DATABASE [${name}] SET READ_COMMITTED_SNAPSHOT ON`]);
  url.pathname = `/${name}`;
  const remove = [`ALTER DATABASE [${name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE`, `DROP DATABASE [${name}]`];
  return { url: url.href, drop: () => asAdmin(new URL(text), remove) };
}
