import { type OpenDatabase, openDatabase, registeredStatements } from '@tokenidp/database';
import { Client } from 'pg';
import { ENTITIES } from '../../apps/idp/src/database/data-source';
import { createTestDatabase } from '../support/database';
import { notTsql, withoutTenant } from '../support/sql-inspection';
import { servesEveryTenant, tenantTables } from '../support/tenant-watch';

// Importing the entities imports every library, and with it every statement.
const statements = ENTITIES.length > 0 ? registeredStatements() : [];

describe('the registered statements', () => {
  let client: Client;
  let open: OpenDatabase;
  let drop: () => Promise<void>;
  let tables: Set<string>;
  beforeAll(async () => {
    const test = await createTestDatabase();
    drop = test.drop;
    client = new Client({ connectionString: test.url });
    await client.connect();
    open = await openDatabase({ url: test.url, dataDir: '', entities: [] });
    tables = await tenantTables(open.database);
  });
  afterAll(async () => {
    await client.end();
    await open.close();
    await drop();
  });

  it('are known to both engines, except for what only one has', () => {
    const oneSided = statements.filter(({ postgres, mssql }) => !postgres || !mssql).map(({ name }) => name);
    expect(oneSided).toEqual([
      'database.invalidation.notify',
      'database.invalidation.poll',
      'database.invalidation.purge',
      'database.invalidation.touch',
    ]);
  });

  it.each(statements.filter(({ postgres }) => postgres).map((statement) => [statement.name, statement] as const))(
    'PostgreSQL prepares %s',
    async (name, statement) => {
      await client.query(`PREPARE "${name}" AS ${statement.on('postgres').text}`);
    },
  );

  it.each(statements.filter(({ mssql }) => mssql).map((statement) => [statement.name, statement] as const))(
    'SQL Server could read %s',
    (_name, statement) => {
      expect(notTsql(statement.on('mssql').text)).toEqual([]);
    },
  );

  it.each(statements.map((statement) => [statement.name, statement] as const))(
    '%s touches no row of a tenant without the tenant',
    (name, { postgres, mssql }) => {
      const found = [postgres, mssql].flatMap((compiled) => (compiled ? withoutTenant(compiled.text, tables) : []));
      if (!servesEveryTenant(name)) expect(found).toEqual([]);
    },
  );
});
