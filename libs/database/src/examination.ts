import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from './database';
import { socketPath } from './embedded/folders';
import { chooseEngine, type EngineName } from './engine';
import { migrationsOf } from './migrator';
import { MssqlDriver } from './mssql/mssql-driver';
import { mssqlDataSource } from './mssql/mssql-data-source';
import { ListReaders } from './postgres/list-readers';
import { type PostgresLocation, postgresDataSource, statementConfig } from './postgres/postgres-data-source';
import { PostgresDriver } from './postgres/postgres-driver';
import { SharedReaders } from './postgres/shared-readers';
import { statement } from './statement';

const INDEXES = statement({
  name: 'database.examination.indexes',
  parameters: {},
  postgres: `SELECT c.relname AS "name", i.indisvalid AS "isValid" FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = current_schema()::regnamespace`,
  mssql: `SELECT i.name AS "name", CAST(1 - i.is_disabled AS bit) AS "isValid" FROM sys.indexes i
    JOIN sys.tables t ON t.object_id = i.object_id WHERE i.name IS NOT NULL`,
});

const NOW = statement({
  name: 'database.examination.now',
  parameters: {},
  postgres: `SELECT clock_timestamp() AS "now"`,
  mssql: `SELECT CAST(SYSDATETIMEOFFSET() AS datetimeoffset(3)) AS "now"`,
});

const JOB_RUNS_AT = statement({
  name: 'database.examination.job-runs',
  parameters: {},
  sql: `SELECT "job", MAX("startedAt") AS "startedAt" FROM "job_run" GROUP BY "job"`,
});

/** Where the database is, as it is: nothing is migrated or begun. Null for an embedded one that does not run. */
export async function examineDatabase<T>(
  { url, dataDir }: { url: string | undefined; dataDir: string },
  work: (database: Database) => Promise<T>,
): Promise<T | null> {
  const choice = chooseEngine(url);
  if (!choice.embedded && choice.engine === 'mssql') return using(await openMssql(url!), work);
  const location = choice.embedded ? runningAt(dataDir) : { url: url! };
  return location ? using(await openPostgres(location), work) : null;
}

async function using<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function runningAt(dataDir: string): PostgresLocation | null {
  if (!existsSync(dataDir)) return null;
  const socketDir = socketPath(realpathSync(dataDir));
  return existsSync(join(socketDir, '.s.PGSQL.5432')) ? { socketDir } : null;
}

async function openPostgres(location: PostgresLocation): Promise<Database> {
  const dataSource = await postgresDataSource(location, []).initialize();
  const config = statementConfig(location);
  return new Database(dataSource, new PostgresDriver(dataSource, new SharedReaders(config), new ListReaders(config)));
}

async function openMssql(url: string): Promise<Database> {
  const dataSource = await mssqlDataSource(url, []).initialize();
  return new Database(dataSource, new MssqlDriver(dataSource));
}

/** Indexes that the migrations make and that are not there, or of no use. */
export async function brokenIndexes(database: Database): Promise<{ missing: string[]; invalid: string[] }> {
  const there = await database.rows<{ name: string; isValid: boolean }>(INDEXES, {});
  const names = new Set(there.map(({ name }) => name));
  const missing = indexesOf(database.engine).filter((name) => !names.has(name));
  return { missing, invalid: there.filter(({ isValid }) => !isValid).map(({ name }) => name) };
}

/** Names of the indexes that are there after all migrations. */
export function indexesOf(engine: EngineName): string[] {
  const names = new Set<string>();
  for (const sql of migrationsOf(engine).flatMap(({ statements }) => statements)) {
    for (const [, dropped] of sql.matchAll(/DROP INDEX\s+(?:IF EXISTS\s+)?"?(\w+)"?/gi)) names.delete(dropped!);
    for (const [, made] of sql.matchAll(/CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:IF NOT EXISTS\s+)?"?(\w+)"?/gi))
      names.add(made!);
  }
  return [...names].sort();
}

/** How far the clock of the database is ahead of ours. */
export async function clockDifference(database: Database): Promise<number> {
  const before = Date.now();
  const [row] = await database.rows<{ now: Date }>(NOW, {});
  return row!.now.getTime() - (before + Date.now()) / 2;
}

/** When each job was begun last. */
export async function lastJobRuns(database: Database): Promise<ReadonlyMap<string, Date>> {
  const rows = await database.rows<{ job: string; startedAt: Date }>(JOB_RUNS_AT, {});
  return new Map(rows.map(({ job, startedAt }) => [job, startedAt]));
}
