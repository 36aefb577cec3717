import { type Migration, migrationsOf } from '@tokenidp/database';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mssqlSchema } from '../support/schema';
import { notTsql } from '../support/sql-inspection';

const folder = join(__dirname, '../../libs/database/src/migrations');
const postgres = migrationsOf('postgres');
const mssql = migrationsOf('mssql');

const nameOf = ({ number, name }: Migration): string => `${String(number).padStart(4, '0')}-${name}`;
const filesOf = (engine: string): string[] =>
  readdirSync(join(folder, engine))
    .filter((file) => file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();

describe('migrations', () => {
  it('are pairs with the same numbers and names', () => {
    expect(mssql.map(nameOf)).toEqual(postgres.map(nameOf));
  });

  it('are numbered from 1 without a gap', () => {
    expect(postgres.map(({ number }) => number)).toEqual(postgres.map((_, n) => n + 1));
  });

  it.each([
    ['postgres', postgres],
    ['mssql', mssql],
  ] as const)('of %s are all registered, each under the name of its file', (engine, migrations) => {
    expect(migrations.map(nameOf)).toEqual(filesOf(engine));
  });
});

describe.each(mssql.map((migration) => [nameOf(migration), migration] as const))(
  'the migration %s of SQL Server',
  (_name, { statements }) => {
    it('has nothing that only PostgreSQL reads', () => {
      expect(statements.flatMap((sql) => notTsql(sql))).toEqual([]);
    });

    it('gives every char and varchar the one collation: foreign keys need it on both sides', () => {
      const columns = statements.flatMap((sql) => [...sql.matchAll(/"?\w+"?\s+(?:var)?char\s*\([^)]*\)[^,\n]*/gi)]);
      const otherwise = columns
        .map(([column]) => column)
        .filter((column) => !/COLLATE Latin1_General_100_BIN2_UTF8/.test(column));
      expect(otherwise).toEqual([]);
    });

    it('says of every column whether it may be NULL', () => {
      const lines = statements.filter((sql) => /^\s*CREATE TABLE/.test(sql)).flatMap((sql) => sql.split('\n').slice(1));
      const columns = lines.filter((line) =>
        /^\s*"?\w+"?\s+(char|varchar|nvarchar|datetimeoffset|bit|int|bigint)\b/.test(line),
      );
      expect(columns.filter((line) => !/NULL/.test(line))).toEqual([]);
    });

    it('has no type whose default is a trap', () => {
      const text = statements.join('\n');
      expect(
        text.match(/\b(ntext|datetime|datetime2|smalldatetime|timestamp|uniqueidentifier|float|real)\b/gi),
      ).toBeNull();
    });

    it('admits several NULLs where a unique index has a nullable column', () => {
      const schema = mssqlSchema(mssql);
      const unique = statements.flatMap((sql) => [
        ...sql.matchAll(/CREATE UNIQUE INDEX\s+"?\w+"?\s+ON\s+"?(\w+)"?\s*\(([^)]*)\)([\s\S]*)/gi),
      ]);
      const isNullable = (table: string, columns: string): boolean =>
        columns.split(',').some((column) => schema.get(table)?.get(column.replace(/["\s]/g, ''))?.nullable);
      const narrow = unique.filter(([, table, columns, rest]) => isNullable(table!, columns!) && !/WHERE/i.test(rest!));
      expect(narrow.map(([text]) => text)).toEqual([]);
    });
  },
);
