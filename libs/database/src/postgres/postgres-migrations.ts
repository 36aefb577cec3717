import { Client, type ClientConfig } from 'pg';
import type { AppliedMigration, MigrationConnection, MigrationStep } from '../migrator';

// Any constant that nobody else on this database uses.
const LOCK = 7_203_184_455;

const TABLE = `CREATE TABLE IF NOT EXISTS "schema_migration" (
  "number" integer PRIMARY KEY,
  "name" text NOT NULL,
  "appliedAt" timestamptz NOT NULL DEFAULT now()
)`;
const EXISTS = `SELECT to_regclass('schema_migration') IS NOT NULL AS "exists"`;
const APPLIED = `SELECT "number", "name" FROM "schema_migration" ORDER BY "number"`;
const RECORD = `INSERT INTO "schema_migration" ("number", "name") VALUES ($1, $2)`;

/** Migrations on a connection of their own, without the pool's time limits; opened and closed by `work`. */
export async function withPostgresMigrations<T>(
  config: ClientConfig,
  work: (connection: MigrationConnection) => Promise<T>,
): Promise<T> {
  const client = new Client(config);
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(migrationConnection(client));
  } finally {
    await client.end().catch(() => {});
  }
}

function migrationConnection(client: Client): MigrationConnection {
  const applied = async (): Promise<AppliedMigration[]> => (await client.query<AppliedMigration>(APPLIED)).rows;
  const step: MigrationStep = {
    applied,
    run: async (sql) => {
      await client.query(sql);
    },
    record: async ({ number, name }) => {
      await client.query(RECORD, [number, name]);
    },
  };
  return {
    engine: 'postgres',
    async applied() {
      const { rows } = await client.query<{ exists: boolean }>(EXISTS);
      return rows[0]?.exists ? applied() : [];
    },
    async locked(work) {
      await client.query('BEGIN');
      try {
        await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
        await client.query(TABLE);
        const result = await work(step);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        throw error;
      }
    },
  };
}
