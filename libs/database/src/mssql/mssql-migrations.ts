import type { ConnectionPool, Transaction as MssqlConnection } from 'mssql';
import type { AppliedMigration, MigrationConnection, MigrationStep } from '../migrator';
import { mssqlSettings } from './mssql-data-source';
import type { MssqlModule } from './mssql-parameters';

const TABLE = `IF OBJECT_ID(N'schema_migration') IS NULL
CREATE TABLE "schema_migration" (
  "number" int NOT NULL CONSTRAINT "schema_migration_pk" PRIMARY KEY,
  "name" varchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
  "appliedAt" datetimeoffset(3) NOT NULL CONSTRAINT "schema_migration_appliedAt" DEFAULT SYSDATETIMEOFFSET()
)`;
const EXISTS = `SELECT OBJECT_ID(N'schema_migration') AS "id"`;
const APPLIED = `SELECT "number", "name" FROM "schema_migration" ORDER BY "number"`;
const RECORD = `INSERT INTO "schema_migration" ("number", "name") VALUES (@number, @name)`;
const LOCK = `DECLARE @result int;
EXEC @result = sp_getapplock @Resource = N'tokenidp_migration', @LockMode = N'Exclusive',
  @LockOwner = N'Transaction', @LockTimeout = -1;
IF @result < 0 THROW 50000, 'the migration lock cannot be had', 1;`;
const SERVER = `SELECT CAST(SERVERPROPERTY('ProductMajorVersion') AS int) AS "major", DB_NAME() AS "name",
  is_read_committed_snapshot_on AS "snapshot" FROM sys.databases WHERE database_id = DB_ID()`;

/** SQL Server 2019, the first with UTF-8 collations. */
const OLDEST_MAJOR = 15;

/**
 * Migrations on a connection of their own, without time limits; opened and closed around `work`.
 * @throws Error with a message for the operator when the server or its settings do not fit
 */
export async function withMssqlMigrations<T>(
  sql: MssqlModule,
  url: string,
  work: (connection: MigrationConnection) => Promise<T>,
): Promise<T> {
  const { host, username, encrypt, trustServerCertificate, ...rest } = mssqlSettings(url);
  const pool = new sql.ConnectionPool({
    ...rest,
    server: host,
    user: username,
    requestTimeout: 0,
    connectionTimeout: 5_000,
    pool: { max: 1 },
    options: { encrypt, trustServerCertificate, appName: 'tokenidp', useUTC: true, abortTransactionOnError: true },
  });
  pool.on('error', () => {});
  await pool.connect();
  try {
    await assertFit(pool);
    return await work(migrationConnection(sql, pool));
  } finally {
    await pool.close();
  }
}

/** Without READ_COMMITTED_SNAPSHOT readers wait for writers, and writers for readers. */
async function assertFit(pool: ConnectionPool): Promise<void> {
  const { recordset } = await pool.request().query<{ major: number; name: string; snapshot: boolean }>(SERVER);
  const { major, name, snapshot } = recordset[0]!;
  if (major < OLDEST_MAJOR) throw new Error(`SQL Server 2019 or newer is needed (this is version ${major})`);
  if (snapshot) return;
  throw new Error(
    `READ_COMMITTED_SNAPSHOT is off: run ALTER DATABASE [${name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE`,
  );
}

function stepOn(sql: MssqlModule, transaction: MssqlConnection): MigrationStep {
  const request = () => new sql.Request(transaction);
  return {
    applied: async () => [...(await request().query<AppliedMigration>(APPLIED)).recordset],
    run: async (text) => {
      await request().batch(text);
    },
    record: async ({ number, name }) => {
      await request().input('number', sql.Int, number).input('name', sql.VarChar(255), name).query(RECORD);
    },
  };
}

function migrationConnection(sql: MssqlModule, pool: ConnectionPool): MigrationConnection {
  return {
    engine: 'mssql',
    async applied() {
      const { recordset } = await pool.request().query<{ id: number | null }>(EXISTS);
      if (recordset[0]?.id === null) return [];
      return [...(await pool.request().query<AppliedMigration>(APPLIED)).recordset];
    },
    async locked(work) {
      const transaction = new sql.Transaction(pool);
      await transaction.begin();
      try {
        await new sql.Request(transaction).batch(LOCK);
        await new sql.Request(transaction).batch(TABLE);
        const result = await work(stepOn(sql, transaction));
        await transaction.commit();
        return result;
      } catch (error) {
        await transaction.rollback().catch(() => {});
        throw error;
      }
    },
  };
}
