import type { EngineName } from './engine';
import type { Migration } from './migrations/migration';
import { migrations as mssqlMigrations } from './migrations/mssql';
import { migrations as postgresMigrations } from './migrations/postgres';

/** What the migrator needs of an engine. */
export interface MigrationConnection {
  readonly engine: EngineName;
  /** numbers and names applied so far; none when the table does not exist */
  applied(): Promise<AppliedMigration[]>;
  /** one transaction that holds the migration lock from its first statement to its end */
  locked<T>(work: (step: MigrationStep) => Promise<T>): Promise<T>;
}

export interface MigrationStep {
  applied(): Promise<AppliedMigration[]>;
  run(sql: string): Promise<void>;
  record(migration: Migration): Promise<void>;
}

export interface AppliedMigration {
  number: number;
  name: string;
}

export function migrationsOf(engine: EngineName): Migration[] {
  const all = engine === 'postgres' ? postgresMigrations : mssqlMigrations;
  return [...all].sort((left, right) => left.number - right.number);
}

/** What is still to do. Numbers the database has and we do not know are a newer version's, and fine. */
export function pendingMigrations(all: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const names = new Map(applied.map(({ number, name }) => [number, name]));
  for (const { number, name } of all) {
    const known = names.get(number);
    if (known !== undefined && known !== name) {
      throw new Error(
        `migration ${number} is "${known}" in the database and "${name}" here: not the same product line`,
      );
    }
  }
  return all.filter(({ number }) => !names.has(number));
}

/** Brings the schema up to date; several processes may do so at once. Returns what this one applied. */
export async function migrate(
  connection: MigrationConnection,
  all: readonly Migration[] = migrationsOf(connection.engine),
): Promise<Migration[]> {
  const done: Migration[] = [];
  if (pendingMigrations(all, await connection.applied()).length === 0) return done;
  for (;;) {
    const applied = await connection.locked((step) => applyNext(step, all));
    if (applied === undefined) return done;
    done.push(applied);
  }
}

async function applyNext(step: MigrationStep, all: readonly Migration[]): Promise<Migration | undefined> {
  const [next] = pendingMigrations(all, await step.applied());
  if (next === undefined) return undefined;
  for (const sql of next.statements) {
    try {
      await step.run(sql);
    } catch (error) {
      throw new Error(`migration ${next.number}-${next.name}: ${(error as Error).message}\n${sql}`, { cause: error });
    }
  }
  await step.record(next);
  return next;
}
