import type { Database } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';

interface ColumnInfo {
  name: string;
  type: string;
  nullable: string;
}

const COLUMNS = `SELECT column_name AS "name", data_type AS "type", is_nullable AS "nullable"
  FROM information_schema.columns WHERE table_name = `;

const FILLER: readonly (readonly [RegExp, () => unknown])[] = [
  [/json/, () => '{}'],
  [/timestamp|datetimeoffset/, () => new Date('2026-01-01T00:00:00.000Z')],
  [/boolean|bit/, () => false],
  [/int/, () => 0],
  [/./, () => newId()],
];

/** Lets a test put a row where it needs one without the rows it would hang from. */
async function withoutForeignKeys(database: Database, table: string): Promise<void> {
  if (database.engine === 'mssql') {
    await database.dataSource.query(`ALTER TABLE "${table}" NOCHECK CONSTRAINT ALL`);
    return;
  }
  const keys = await database.dataSource.query<{ name: string }[]>(
    `SELECT conname AS "name" FROM pg_constraint WHERE contype = 'f' AND conrelid = '"${table}"'::regclass`,
  );
  for (const { name } of keys) await database.dataSource.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`);
}

/** A row with the given values; every other column that may not be NULL gets one that means nothing. */
export async function insertRow(database: Database, table: string, values: Record<string, unknown>): Promise<void> {
  const columns = await database.dataSource.query<ColumnInfo[]>(`${COLUMNS}'${table}'`);
  await withoutForeignKeys(database, table);
  const row = columns
    .filter(({ name, nullable }) => name in values || nullable === 'NO')
    .map(({ name, type }) => [name, name in values ? values[name] : FILLER.find(([kind]) => kind.test(type))![1]()]);
  const hole = (n: number): string => (database.engine === 'mssql' ? `@${n}` : `$${n + 1}`);
  await database.dataSource.query(
    `INSERT INTO "${table}" (${row.map(([name]) => `"${String(name)}"`).join(', ')})
     VALUES (${row.map((_, n) => hole(n)).join(', ')})`,
    row.map(([, value]) => value),
  );
}
