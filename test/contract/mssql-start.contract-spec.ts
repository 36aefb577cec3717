import { Database, Invalidations, migrationsOf } from '@tokenidp/database';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../../libs/database/src/migrator';
import { mssqlDataSource, mssqlSettings } from '../../libs/database/src/mssql/mssql-data-source';
import { MssqlDriver } from '../../libs/database/src/mssql/mssql-driver';
import { withMssqlMigrations } from '../../libs/database/src/mssql/mssql-migrations';
import { MssqlVersionPoller } from '../../libs/database/src/mssql/mssql-version-poller';
import { FakeMssql, type SentRequest } from '../support/fake-mssql';

const URL = 'mssql://sa:p%40ss@db.example:1533/tokenidp?encrypt=false';
const all = migrationsOf('mssql');

describe('starting on SQL Server, through a driver that only records', () => {
  let fake: FakeMssql;
  const server = { major: 16, name: 'tokenidp', snapshot: true };
  let applied: { number: number; name: string }[];
  beforeEach(() => {
    fake = new FakeMssql();
    applied = [];
    fake.answer = ({ text, inputs }: SentRequest) => {
      if (text.includes('is_read_committed_snapshot_on')) return { rows: [server] };
      if (text.includes("OBJECT_ID(N'schema_migration') AS")) return { rows: [{ id: applied.length > 0 ? 1 : null }] };
      if (text.startsWith('SELECT "number"')) return { rows: applied };
      if (text.startsWith('INSERT INTO "schema_migration"')) {
        const [number, name] = inputs.map(({ value }) => value);
        applied.push({ number: number as number, name: name as string });
      }
      return {};
    };
  });

  const run = (): Promise<unknown> => withMssqlMigrations(fake.module, URL, (connection) => migrate(connection));

  it('reads the URL', () => {
    expect(mssqlSettings(URL)).toEqual({
      host: 'db.example',
      port: 1533,
      username: 'sa',
      password: 'p@ss',
      database: 'tokenidp',
      encrypt: false,
      trustServerCertificate: false,
    });
    expect(mssqlSettings('sqlserver://h/n')).toMatchObject({ port: 1433, encrypt: true });
  });

  it('runs each step in a transaction, under the lock from its first statement on', async () => {
    await run();
    expect(applied).toEqual(all.map(({ number, name }) => ({ number, name })));
    const texts = fake.sent.map(({ text }) => text);
    const steps = texts
      .join('\n')
      .split(/^begin$/m)
      .slice(1);
    expect(steps).toHaveLength(all.length + 1);
    for (const step of steps) {
      expect(step.trimStart()).toMatch(/^DECLARE @result int;\s+EXEC @result = sp_getapplock/);
      expect(step.trimEnd()).toMatch(/commit$/);
    }
    expect(
      fake.sent.filter(({ text }) => /^CREATE|^IF OBJECT/.test(text)).every(({ inTransaction }) => inTransaction),
    ).toBe(true);
    fake.sent.length = 0;
    await run();
    expect(fake.sent.map(({ text }) => text).filter((text) => text === 'begin')).toEqual([]);
  });

  it('rolls a failed step back and stops', async () => {
    const { answer } = fake;
    fake.answer = (request) =>
      request.text.includes('CREATE TABLE "outbox"') ? new Error('no room') : answer(request);
    await expect(run()).rejects.toThrow(/migration 1-platform: no room/);
    expect(fake.sent.at(-1)!.text).toBe('rollback');
    expect(applied).toEqual([]);
  });

  it('refuses a database without READ_COMMITTED_SNAPSHOT and a server that is too old, and says what to do', async () => {
    const { answer } = fake;
    const as = (state: object) => {
      fake.answer = (request) =>
        request.text.includes('is_read_committed') ? { rows: [{ ...server, ...state }] } : answer(request);
    };
    as({ snapshot: false });
    await expect(run()).rejects.toThrow('ALTER DATABASE [tokenidp] SET READ_COMMITTED_SNAPSHOT ON');
    as({ major: 14 });
    await expect(run()).rejects.toThrow('2019 or newer');
    expect(fake.sent.map(({ text }) => text)).not.toContain('begin');
  });
});

describe('invalidations on SQL Server, through a driver that only records', () => {
  const fake = new FakeMssql();
  let invalidations: Invalidations;
  let mark = 100;
  let changes: { topic: string; key: string }[] = [];
  let isAway = false;
  const polls: unknown[] = [];

  beforeAll(async () => {
    fake.answer = ({ text, inputs }) => {
      if (!text.includes('MIN_ACTIVE_ROWVERSION')) return { rows: [{ schema_name: 'dbo' }] };
      if (isAway) return Object.assign(new Error('gone'), { code: 'ESOCKET' });
      polls.push(inputs[0]!.value);
      const rows = changes.map((change) => ({ upTo: String(mark), ...change }));
      changes = [];
      const columns = { upTo: { name: 'upTo', type: fake.module.BigInt } };
      return { rows: rows.length > 0 ? rows : [{ upTo: String(mark), topic: null, key: null }], columns };
    };
    const dataSource = mssqlDataSource(URL, [], fake.module);
    await dataSource.initialize();
    const driver = new MssqlDriver(dataSource);
    const database = new Database(dataSource, driver);
    invalidations = new Invalidations(database, new MssqlVersionPoller(database, driver, async () => {}));
    await invalidations.start();
  });
  afterAll(() => invalidations.stop());

  it('begin at the present mark, and go on from the last one', async () => {
    expect(invalidations.coherent).toBe(true);
    expect(polls[0]).toBe('9223372036854775807');
    mark = 105;
    await sleep(400);
    mark = 110;
    await sleep(400);
    expect(polls).toContain('100');
    expect(polls).toContain('105');
  });

  it('are heard within a second, by topic and key', async () => {
    const heard: string[] = [];
    invalidations.on('client', (key) => heard.push(key));
    changes = [
      { topic: 'client', key: 'a' },
      { topic: 'tenant', key: 'b' },
      { topic: 'client', key: '*' },
    ];
    await sleep(600);
    expect(heard).toEqual(['a', '*']);
  });

  it('are known to be missed while the database is away, and caches begin anew when it is back', async () => {
    const heard: string[] = [];
    invalidations.on('user', (key) => heard.push(key));
    isAway = true;
    await sleep(500);
    expect(invalidations.coherent).toBe(false);
    expect(heard).toEqual(['*']);
    isAway = false;
    await sleep(500);
    expect(invalidations.coherent).toBe(true);
    expect(heard).toEqual(['*', '*']);
    expect(polls.filter((since) => since === '9223372036854775807')).toHaveLength(2);
  });

  it('are published by a stamp on the row of their key, inside the transaction', async () => {
    fake.sent.length = 0;
    await invalidations.publish('client', 'k');
    const touch = fake.sent.find(({ text }) => text.includes('MERGE "cache_version"'));
    expect(touch!.inputs.map(({ value }) => value)).toEqual(['client', 'k']);
  });
});
