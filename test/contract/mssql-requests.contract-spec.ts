import {
  Database,
  isUniqueViolation,
  type ParameterType,
  registeredStatements,
  statement,
  TenantRepository,
} from '@tokenidp/database';
import { newId, UnavailableError } from '@tokenidp/kernel';
import { In, IsNull, LessThan } from 'typeorm';
import { ENTITIES } from '../../apps/idp/src/database/data-source';
import { mssqlDataSource } from '../../libs/database/src/mssql/mssql-data-source';
import { MssqlDriver } from '../../libs/database/src/mssql/mssql-driver';
import { FakeMssql, type SentRequest } from '../support/fake-mssql';
import { note, NoteEntity } from '../support/note.entity';
import { notTsql } from '../support/sql-inspection';

const URL = 'mssql://sa:secret@localhost/tokenidp';

const SAMPLES: Readonly<Record<ParameterType, unknown>> = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  identifier: 'client',
  hash: 'v1.hash',
  text: 'text ß',
  instant: new Date(),
  json: { a: 1 },
  integer: 1,
  bigint: 2n,
  boolean: true,
};

const STATEMENT = statement({
  name: 'test.mssql',
  parameters: { tenantId: 'id', key: 'identifier' },
  json: ['labels'],
  sql: `SELECT "labels", "size" FROM "note" WHERE "tenantId" = :tenantId AND "key" = :key AND "key" <> :key`,
});

/** A type as SQL Server's own words for it. */
function typeName(fake: FakeMssql, type: unknown): string {
  const { module } = fake;
  const found = Object.entries(module.TYPES).find(
    ([, factory]) => factory === type || factory === (type as { type?: unknown }).type,
  );
  const { length, scale } = type as { length?: number; scale?: number };
  const size = length ?? scale;
  return `${found?.[0]}${size === undefined ? '' : `(${size === module.MAX ? 'max' : size})`}`;
}

describe('SQL Server, through a driver that only records', () => {
  const fake = new FakeMssql();
  let database: Database;
  const typesOf = ({ inputs }: SentRequest): string[] => inputs.map(({ type }) => typeName(fake, type));
  const last = (): SentRequest => fake.sent.at(-1)!;

  beforeAll(async () => {
    process.stderr.write('\n*** SQL Server itself is not part of this suite: what is sent is looked at, not run ***\n');
    fake.answer = ({ text }) => (text.includes('SCHEMA_NAME()') ? { rows: [{ schema_name: 'dbo' }] } : {});
    const dataSource = mssqlDataSource(URL, [NoteEntity, ...ENTITIES], fake.module);
    await dataSource.initialize();
    database = new Database(dataSource, new MssqlDriver(dataSource));
  });
  beforeEach(() => {
    fake.sent.length = 0;
    fake.answer = () => ({});
  });

  it.each(
    registeredStatements()
      .filter(({ mssql }) => mssql)
      .map((each) => [each.name, each] as const),
  )('sends %s with a typed parameter for each placeholder', async (_name, each) => {
    const values = Object.fromEntries(Object.entries(each.parameters).map(([name, type]) => [name, SAMPLES[type]]));
    await database.rows(each, values as never);
    const { text, inputs } = last();
    const placeholders = new Set([...text.matchAll(/@(p\d+)/g)].map(([, name]) => name));
    expect(new Set(inputs.map(({ name }) => name))).toEqual(placeholders);
    const { types } = each.on('mssql');
    for (const [n, name] of typesOf(last()).entries()) {
      const expected = {
        id: 'Char(36)',
        identifier: 'VarChar(255)',
        hash: 'VarChar(128)',
        text: 'NVarChar(max)',
        json: 'NVarChar(max)',
        instant: 'DateTimeOffset(3)',
        integer: 'Int',
        bigint: 'BigInt',
        boolean: 'Bit',
      }[types[n]!];
      expect(name).toBe(expected);
    }
  });

  it('sends a key that no varchar holds as nvarchar, neither cut nor replaced', async () => {
    for (const key of ['x'.repeat(256), 'naïve', '漢']) {
      await database.rows(STATEMENT, { tenantId: newId(), key });
      expect(typesOf(last())).toEqual(['Char(36)', 'NVarChar(max)']);
      expect(last().inputs[1]!.value).toBe(key);
    }
    await database.rows(STATEMENT, { tenantId: newId(), key: null });
    expect(typesOf(last())).toEqual(['Char(36)', 'VarChar(255)']);
  });

  it('reads JSON and bigint as PostgreSQL answers them', async () => {
    fake.answer = () => ({
      rows: [
        { labels: '{"a":[1]}', size: '1099511627776' },
        { labels: null, size: null },
      ],
      columns: {
        labels: { name: 'labels', type: fake.module.NVarChar },
        size: { name: 'size', type: fake.module.BigInt },
      },
    });
    expect([...(await database.rows(STATEMENT, { tenantId: newId(), key: 'k' }))]).toEqual([
      { labels: { a: [1] }, size: 2 ** 40 },
      { labels: null, size: null },
    ]);
  });

  it('counts the rows of the last statement of a batch', async () => {
    fake.answer = () => ({ affected: [5, 1] });
    expect(await database.execute(STATEMENT, { tenantId: newId(), key: 'k' })).toBe(1);
  });

  it('keeps statements and TypeORM in one transaction', async () => {
    const notes = new TenantRepository(database, NoteEntity);
    await database.transaction(async (tx) => {
      await database.rows(STATEMENT, { tenantId: newId(), key: 'k' }, tx);
      await notes.insert(newId(), note(newId()), tx);
    });
    expect(fake.sent.map(({ text }) => text.split(' ')[0])).toEqual(['begin', 'SELECT', 'INSERT', 'commit']);
    expect(fake.sent.every(({ inTransaction }) => inTransaction)).toBe(true);
    fake.sent.length = 0;
    await expect(database.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(fake.sent.map(({ text }) => text)).toEqual(['begin', 'rollback']);
  });

  it('types what TypeORM sends, with keys as varchar in every clause', async () => {
    const notes = new TenantRepository(database, NoteEntity);
    const tenantId = newId();
    const id = newId();
    await notes.insert(tenantId, note(id, { hash: 'h', labels: { a: 1 }, readAt: new Date() }));
    expect(last().inputs.map(({ value }) => value)).toContain('{"a":1}');
    const conditions = { id: In([id, newId()]), key: 'naïve', createdAt: LessThan(new Date()), parentId: IsNull() };
    await notes.find(tenantId, conditions, { order: { id: 'ASC' }, take: 5 });
    await notes.findOne(tenantId, { id, hash: 'h' });
    await notes.update(tenantId, { id, createdAt: new Date() }, { hash: 'other', readAt: new Date(), pinned: true });
    await notes.delete(tenantId, { id, key: 'k' });
    expect(fake.sent).toHaveLength(5);
    const expected = new Map<unknown, string>([
      [tenantId, 'Char(36)'],
      [id, 'Char(36)'],
      ['h', 'VarChar(128)'],
      ['other', 'VarChar(128)'],
      ['k', 'VarChar(255)'],
      ['Key', 'VarChar(255)'],
      ['naïve', 'NVarChar(max)'],
    ]);
    for (const request of fake.sent) {
      expect(notTsql(request.text)).toEqual([]);
      for (const [n, { value, type }] of request.inputs.entries()) {
        const name = value instanceof Date ? 'DateTimeOffset(3)' : expected.get(value);
        expect(type).toBeDefined();
        if (name !== undefined) expect(typesOf(request)[n]).toBe(name);
      }
    }
  });

  it('knows lost connections and taken keys by this driver as well', async () => {
    const failing = async (failure: object): Promise<unknown> => {
      fake.answer = () => Object.assign(new Error('failed'), failure);
      return database.rows(STATEMENT, { tenantId: newId(), key: 'k' }).catch((error: unknown) => error);
    };
    for (const code of ['ESOCKET', 'ECONNCLOSED', 'ETIMEOUT', 'ELOGIN']) {
      expect(await failing({ code })).toBeInstanceOf(UnavailableError);
    }
    for (const number of [2627, 2601]) {
      const error = await failing({ code: 'EREQUEST', number });
      expect(error).not.toBeInstanceOf(UnavailableError);
      expect(isUniqueViolation(error)).toBe(true);
    }
    expect(isUniqueViolation(await failing({ code: 'EREQUEST', number: 515 }))).toBe(false);
    const notes = new TenantRepository(database, NoteEntity);
    fake.answer = () => Object.assign(new Error('failed'), { code: 'ESOCKET' });
    await expect(notes.find(newId(), {})).rejects.toThrow(UnavailableError);
  });

  it('has a column of its own for every property of every entity', () => {
    for (const { columns, tableName } of database.dataSource.entityMetadatas) {
      for (const column of columns) {
        const type = database.dataSource.driver.normalizeType(column);
        expect(`${tableName}.${column.databaseName} ${type}`).toMatch(
          / (char|varchar|nvarchar|datetimeoffset|bit|int|bigint)$/,
        );
      }
    }
  });
});
