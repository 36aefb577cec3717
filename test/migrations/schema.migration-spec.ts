import { migrationsOf, openDatabase, type OpenDatabase } from '@tokenidp/database';
import { ENTITIES } from '../../apps/idp/src/database/data-source';
import { mssqlDataSource } from '../../libs/database/src/mssql/mssql-data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { FakeMssql } from '../support/fake-mssql';
import { differences, entitySchema, mssqlSchema, postgresSchema, type Schema } from '../support/schema';

/** Tables of the installation as a whole. */
const WITHOUT_TENANT = new Set(['tenant', 'schema_migration', 'lease', 'job_run', 'audit_sealing', 'cache_version']);

const same = (one: string, other: string): boolean => one === other;
// SQL Server keeps JSON as text, and keys as varchar where PostgreSQL has text for all of them.
const TEXTS = new Set(['text', 'key', 'json']);
const alike = (one: string, other: string): boolean => one === other || (TEXTS.has(one) && TEXTS.has(other));

const MSSQL_ONLY = new Set(['cache_version']);

describe('the schema', () => {
  let test: TestDatabase;
  let open: OpenDatabase;
  let postgres: Schema;
  const mssql = mssqlSchema(migrationsOf('mssql'));
  beforeAll(async () => {
    test = await createTestDatabase();
    open = await openDatabase({ url: test.url, dataDir: '', entities: ENTITIES });
    postgres = await postgresSchema(open.database.dataSource);
  });
  afterAll(async () => {
    await open.close();
    await test.drop();
  });

  it('has the tenant first in the primary key of every table of a tenant', () => {
    const others = [...postgres].filter(([table]) => !WITHOUT_TENANT.has(table));
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter(([, columns]) => columns.get('tenantId')?.key !== 1).map(([table]) => table)).toEqual([]);
  });

  it('refers to rows of a tenant together with the tenant', async () => {
    const keys = await open.database.dataSource.query<{ name: string; columns: string[]; to: string }[]>(
      `SELECT c.conname AS "name", c.confrelid::regclass::text AS "to",
         ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)) AS "columns"
       FROM pg_constraint c WHERE c.contype = 'f'`,
    );
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter(({ to, columns }) => to !== 'tenant' && !columns.includes('tenantId'))).toEqual([]);
  });

  it('has an index that begins with the columns of every foreign key, except for what is deleted once in a blue moon', async () => {
    const bare = await open.database.dataSource.query<{ name: string }[]>(
      `SELECT c.conrelid::regclass || ' ' || c.conname AS "name" FROM pg_constraint c
       WHERE c.contype = 'f' AND NOT EXISTS (
         SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid
         AND (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] @> c.conkey)`,
    );
    // Deleting a client may read these tables: an index would cost every sign-in and every token something.
    expect(bare.map(({ name }) => name).filter((name) => !name.includes('clientId'))).toEqual([]);
  });

  it('is what the entities believe on PostgreSQL', () => {
    expect(differences(entitySchema(open.database.dataSource), postgres, same)).toEqual([]);
  });

  it('is alike on SQL Server, by the text of its migrations', () => {
    expect(mssql.size).toBeGreaterThan(25);
    const { schema_migration: _own, ...tables } = Object.fromEntries(postgres);
    expect(differences(new Map(Object.entries(tables)), mssql, alike)).toEqual([]);
    expect([...mssql.keys()].filter((table) => !postgres.has(table) && !MSSQL_ONLY.has(table))).toEqual([]);
  });

  it('is what the entities believe on SQL Server', async () => {
    const fake = new FakeMssql();
    fake.answer = () => ({ rows: [{ schema_name: 'dbo' }] });
    const dataSource = mssqlDataSource('mssql://sa@localhost/tokenidp', ENTITIES, fake.module);
    await dataSource.initialize();
    expect(differences(entitySchema(dataSource), mssql, same)).toEqual([]);
  });
});
