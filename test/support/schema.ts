import type { Migration } from '@tokenidp/database';
import type { DataSource } from 'typeorm';

/** What a column is on either engine. */
export interface ColumnShape {
  type: string;
  nullable: boolean;
  /** place in the primary key, from 1 */
  key?: number;
}

/** table → column → shape */
export type Schema = Map<string, Map<string, ColumnShape>>;

const LOGICAL: readonly (readonly [RegExp, string])[] = [
  [/^uuid$|^char\(36\)$|^char$/, 'id'],
  [/^varchar/, 'key'],
  [/^text$|^nvarchar/, 'text'],
  [/^jsonb$/, 'json'],
  [/^timestamp with time zone$|^timestamptz$|^datetimeoffset/, 'instant'],
  [/^boolean$|^bit$/, 'boolean'],
  [/^integer$|^int$/, 'integer'],
  [/^bigint$/, 'bigint'],
  [/^rowversion$|^timestamp$/, 'version'],
];

function logical(type: string): string {
  return LOGICAL.find(([pattern]) => pattern.test(type))?.[1] ?? type;
}

function put(schema: Schema, table: string, column: string, shape: ColumnShape): void {
  const columns = schema.get(table) ?? new Map<string, ColumnShape>();
  schema.set(table, columns.set(column, shape));
}

/** The schema of a PostgreSQL as it is. */
export async function postgresSchema(dataSource: DataSource): Promise<Schema> {
  const schema: Schema = new Map();
  const columns = await dataSource.query<
    { table: string; column: string; type: string; nullable: string; key: number }[]
  >(
    `SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS "type", c.is_nullable AS "nullable",
       k.ordinal_position::integer AS "key"
     FROM information_schema.columns c
     LEFT JOIN information_schema.table_constraints t
       ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY'
     LEFT JOIN information_schema.key_column_usage k
       ON k.constraint_name = t.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name
     WHERE c.table_schema = 'public'`,
  );
  for (const { table, column, type, nullable, key } of columns) {
    put(schema, table, column, { type: logical(type), nullable: nullable === 'YES', key: key ?? undefined });
  }
  return schema;
}

const CREATE = /^CREATE TABLE "?(\w+)"? \(([\s\S]*)\)\s*$/i;
const ADD_COLUMN = /^ALTER TABLE "?(\w+)"? ADD (?!CONSTRAINT)([\s\S]*)$/i;
const COLUMN = /^"?(\w+)"?\s+([a-z]\w*(?:\s*\(\s*(?:\d+|max)\s*\))?)([\s\S]*)$/i;
const KEY = /PRIMARY KEY\s*(?:CLUSTERED|NONCLUSTERED)?\s*\(([^)]*)\)/i;

/** Splits at commas that are outside of brackets. */
function items(body: string): string[] {
  const found = [''];
  let depth = 0;
  for (const character of body) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) found.push('');
    else found[found.length - 1] += character;
  }
  return found.map((item) => item.trim()).filter((item) => item !== '');
}

function readItem(schema: Schema, table: string, item: string): void {
  const key = KEY.exec(item);
  if (/^(CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|CHECK|INDEX)\b/i.test(item)) {
    const names = key ? key[1]!.split(',').map((name) => name.replace(/["\s]|ASC|DESC/g, '')) : [];
    for (const [n, name] of names.entries()) schema.get(table)!.get(name)!.key = n + 1;
    return;
  }
  const [, name, type, rest] = COLUMN.exec(item)!;
  const isKey = /PRIMARY KEY/i.test(rest!);
  put(schema, table, name!, {
    type: logical(type!.toLowerCase().replace(/\s/g, '')),
    nullable: !/NOT NULL/i.test(rest!),
    key: isKey ? 1 : undefined,
  });
}

/** The schema that SQL Server's migrations would make, read from their text. */
export function mssqlSchema(migrations: readonly Migration[]): Schema {
  const schema: Schema = new Map();
  for (const sql of migrations.flatMap(({ statements }) => statements)) {
    const [, table, body] = CREATE.exec(sql.trim()) ?? ADD_COLUMN.exec(sql.trim()) ?? [];
    if (table !== undefined) for (const item of items(body!)) readItem(schema, table, item);
  }
  return schema;
}

/** The schema the entities of a data source believe in. */
export function entitySchema({ entityMetadatas, driver }: DataSource): Schema {
  const schema: Schema = new Map();
  for (const { tableName, columns, primaryColumns } of entityMetadatas) {
    for (const column of columns) {
      const place = primaryColumns.indexOf(column);
      put(schema, tableName, column.databaseName, {
        type: logical(driver.normalizeType(column)),
        nullable: column.isNullable,
        key: place < 0 ? undefined : place + 1,
      });
    }
  }
  return schema;
}

type Likeness = (one: string, other: string) => boolean;

function difference(
  one: ColumnShape | undefined,
  other: ColumnShape | undefined,
  isSame: Likeness,
): string | undefined {
  if (!one || !other) return `only ${one ? 'expected' : 'there'}`;
  if (!isSame(one.type, other.type)) return `${one.type}, but ${other.type}`;
  if (one.nullable !== other.nullable) return `nullable ${one.nullable}, but ${other.nullable}`;
  return one.key === other.key ? undefined : `place ${one.key} in the key, but ${other.key}`;
}

/** One line for each difference in the tables that are expected. */
export function differences(expected: Schema, actual: Schema, isSame: Likeness): string[] {
  const found: string[] = [];
  for (const [table, columns] of expected) {
    const others = actual.get(table);
    if (!others) found.push(`${table} is missing`);
    for (const name of others ? new Set([...columns.keys(), ...others.keys()]) : []) {
      const what = difference(columns.get(name), others?.get(name), isSame);
      if (what) found.push(`${table}.${name}: ${what}`);
    }
  }
  return found;
}
