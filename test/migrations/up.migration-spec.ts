import { migrateDatabase, migrationsOf } from '@tokenidp/database';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { migrate } from '../../libs/database/src/migrator';
import { withPostgresMigrations } from '../../libs/database/src/postgres/postgres-migrations';
import { createTestDatabase, type TestDatabase } from '../support/database';

const all = migrationsOf('postgres');
const root = join(__dirname, '../..');

async function boot(url: string): Promise<{ applied: number }> {
  const args = [
    '--conditions=source',
    '--require',
    join(root, 'tools/typescript-hook.cjs'),
    join(__dirname, 'boot.ts'),
    url,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as { applied: number };
}

describe('migrating PostgreSQL', () => {
  let test: TestDatabase;
  let client: Client;
  beforeEach(async () => {
    test = await createTestDatabase({ empty: true });
    client = new Client({ connectionString: test.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await test.drop();
  });

  const applied = async (): Promise<string[]> =>
    (await client.query<{ number: number; name: string }>('SELECT * FROM schema_migration ORDER BY number')).rows.map(
      ({ number, name }) => `${number} ${name}`,
    );
  const exists = async (table: string): Promise<boolean> =>
    (await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [table])).rows[0]!.there;
  const run = (migrations: typeof all): Promise<typeof all> =>
    withPostgresMigrations({ connectionString: test.url }, (connection) => migrate(connection, migrations));

  it('goes from an empty database to the last step, and a second run has nothing to do', async () => {
    expect(await migrateDatabase(test.url)).toBe(all.length);
    expect(await applied()).toEqual(all.map(({ number, name }) => `${number} ${name}`));
    expect(await migrateDatabase(test.url)).toBe(0);
  });

  it('is done once by three processes that start at once, and all of them come up', async () => {
    const boots = await Promise.all([boot(test.url), boot(test.url), boot(test.url)]);
    expect(boots.reduce((sum, each) => sum + each.applied, 0)).toBe(all.length);
    expect(await applied()).toHaveLength(all.length);
  });

  it('goes on from any older step', async () => {
    for (let steps = 1; steps < all.length; steps += 3) {
      await client.query('DROP SCHEMA public CASCADE');
      await client.query('CREATE SCHEMA public');
      await run(all.slice(0, steps));
      expect((await run(all)).map(({ number }) => number)).toEqual(all.slice(steps).map(({ number }) => number));
    }
  });

  it('leaves nothing of a step that fails, and keeps the steps before it', async () => {
    const good = { number: 1, name: 'good', statements: ['CREATE TABLE good (id integer)'] };
    const bad = {
      number: 2,
      name: 'bad',
      statements: ['CREATE TABLE half (id integer)', 'CREATE TABLE half (id integer)'],
    };
    await expect(run([good, bad])).rejects.toThrow(/migration 2-bad: .*half/);
    expect(await applied()).toEqual(['1 good']);
    expect([await exists('good'), await exists('half')]).toEqual([true, false]);
    const mended = { ...bad, statements: bad.statements.slice(0, 1) };
    expect(await run([good, mended])).toEqual([mended]);
  });

  it('leaves a schema alone that a newer version has gone on with', async () => {
    const ours = { number: 1, name: 'ours', statements: ['CREATE TABLE ours (id integer)'] };
    const newer = { number: 2, name: 'newer', statements: ['CREATE TABLE newer (id integer)'] };
    await run([ours, newer]);
    expect(await run([ours])).toEqual([]);
  });

  it('refuses a database whose steps have other names', async () => {
    await run([{ number: 1, name: 'theirs', statements: [] }]);
    await expect(run([{ number: 1, name: 'ours', statements: [] }])).rejects.toThrow('"theirs"');
  });
});
