import { registeredStatements, Statement, statement } from './statement';
import { encodeParameters } from './statement-compiler';

const parameters = { tenantId: 'id', key: 'identifier', at: 'instant', data: 'json', n: 'bigint' } as const;

describe('a statement', () => {
  it('numbers its placeholders by first use, with a cast at each use on PostgreSQL', () => {
    const { postgres } = new Statement({
      name: 'x',
      parameters: { a: 'id', b: 'instant' },
      sql: 'SELECT :b, :a, :b',
    });
    expect(postgres).toMatchObject({ text: 'SELECT $1::timestamptz, $2::uuid, $1::timestamptz', names: ['b', 'a'] });
  });

  it('names them by number on SQL Server', () => {
    const { mssql } = new Statement({ name: 'x', parameters: { a: 'id', b: 'instant' }, sql: 'SELECT :b, :a, :b' });
    expect(mssql).toMatchObject({ text: 'SELECT @p0, @p1, @p0', names: ['b', 'a'], types: ['instant', 'id'] });
  });

  it.each([
    [`SELECT ':a' || :a`, `SELECT ':a' || $1::text`],
    [`SELECT 'it''s :a', :a`, `SELECT 'it''s :a', $1::text`],
    [`SELECT "co:a", :a`, `SELECT "co:a", $1::text`],
    [`SELECT x::text, :a`, `SELECT x::text, $1::text`],
    [`SELECT :a -- not :a`, `SELECT $1::text -- not :a`],
    [`SELECT /* :a */ :a`, `SELECT /* :a */ $1::text`],
    [`  SELECT :a\n`, `SELECT $1::text`],
  ])('leaves literals, names, casts and comments alone: %s', (sql, text) => {
    expect(new Statement({ name: 'x', parameters: { a: 'text' }, sql }).on('postgres').text).toBe(text);
  });

  it('runs a batch as one: in a transaction of its own, unless it is a single statement', () => {
    const text = (mssql: string): string => new Statement({ name: 'x', parameters: {}, mssql }).on('mssql').text;
    expect(text('DELETE FROM a; DELETE FROM b;')).toBe(
      'BEGIN TRANSACTION;\nDELETE FROM a; DELETE FROM b;\nCOMMIT TRANSACTION;',
    );
    expect(text(`DELETE FROM a WHERE x = ';';`)).toBe(`DELETE FROM a WHERE x = ';';`);
  });

  it('knows the engines it has a text for', () => {
    const one = new Statement({ name: 'only.here', parameters: {}, postgres: 'SELECT 1' });
    expect(() => one.on('mssql')).toThrow('only.here');
  });

  it('encodes its values in the order of the placeholders', () => {
    const { postgres, mssql } = new Statement({
      name: 'x',
      parameters,
      sql: 'SELECT :n, :data, :at, :key, :tenantId',
    });
    const at = new Date('2026-01-02T03:04:05.678Z');
    const values = { tenantId: 't', key: undefined, at, data: { a: [1] }, n: 2n ** 60n };
    expect(encodeParameters(postgres!, values)).toEqual([
      '1152921504606846976',
      '{"a":[1]}',
      '2026-01-02T03:04:05.678Z',
      null,
      't',
    ]);
    expect(encodeParameters(mssql!, values)[2]).toBe(at);
  });

  it('keeps JSON null apart from no value only by the column: both are NULL', () => {
    const { postgres } = new Statement({ name: 'x', parameters: { data: 'json' }, sql: 'SELECT :data' });
    expect(encodeParameters(postgres!, { data: null })).toEqual([null]);
    expect(encodeParameters(postgres!, { data: 'text' })).toEqual(['"text"']);
  });
});

describe('a plain read', () => {
  const isRead = (postgres: string): boolean => new Statement({ name: 'x', parameters: {}, postgres }).isPlainRead;

  it.each([`SELECT 1`, ` with a AS (SELECT 1) SELECT * FROM a`, `SELECT 'update' AS "delete" -- insert`])(
    'is %s',
    (sql) => {
      expect(isRead(sql)).toBe(true);
    },
  );

  it.each([
    `UPDATE a SET b = 1`,
    `INSERT INTO a SELECT 1`,
    `WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a`,
    `SELECT * FROM a FOR UPDATE`,
    `SELECT * FROM a FOR NO KEY UPDATE SKIP LOCKED`,
    `SELECT * FROM a FOR SHARE`,
    `SELECT pg_notify('a', 'b')`,
    `SELECT pg_advisory_xact_lock(1)`,
    `SELECT nextval('a')`,
  ])('is not %s', (sql) => {
    expect(isRead(sql)).toBe(false);
  });
});

describe('the registry', () => {
  it('holds every statement by name', () => {
    const one = statement({ name: 'spec.registry', parameters: {}, sql: 'SELECT 1' });
    expect(registeredStatements()).toContain(one);
  });

  it.each([
    ['a name that is taken', { name: 'spec.registry', parameters: {}, sql: 'SELECT 2' }],
    ['a name that is no file name', { name: '../x', parameters: {}, sql: 'SELECT 1' }],
    ['a name longer than PostgreSQL keeps', { name: 'x'.repeat(64), parameters: {}, sql: 'SELECT 1' }],
    ['a placeholder without a parameter', { name: 'spec.a', parameters: {}, sql: 'SELECT :a' }],
    ['a parameter without a placeholder', { name: 'spec.b', parameters: { a: 'id' as const }, sql: 'SELECT 1' }],
  ])('refuses %s', (_what, definition) => {
    expect(() => statement(definition)).toThrow(definition.name);
  });
});
