import { migrationsOf } from '@tokenidp/database';

const statements = migrationsOf('mssql').flatMap((migration) => migration.statements);

const TABLE = /^\s*(?:CREATE|ALTER) TABLE\s+"?(\w+)"?/i;
const REFERENCE =
  /REFERENCES\s+"?(\w+)"?\s*\([^)]*\)((?:\s+ON\s+(?:DELETE|UPDATE)\s+(?:NO ACTION|CASCADE|SET NULL|SET DEFAULT))*)/gi;

/** referenced table → the tables a deletion there reaches */
function cascades(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const sql of statements) {
    const table = TABLE.exec(sql)?.[1];
    if (table === undefined) continue;
    for (const [, to, actions] of sql.matchAll(REFERENCE)) {
      if (/CASCADE|SET NULL|SET DEFAULT/i.test(actions!)) found.set(to!, [...(found.get(to!) ?? []), table]);
    }
  }
  return found;
}

/** Every way a deletion in `from` can take, as a list of its ends. */
function ends(graph: ReadonlyMap<string, readonly string[]>, from: string, path: readonly string[] = []): string[] {
  if (path.includes(from)) throw new Error(`a cycle: ${[...path, from].join(' → ')}`);
  return (graph.get(from) ?? []).flatMap((next) => [next, ...ends(graph, next, [...path, from])]);
}

/** table → its columns that no index can hold */
function longColumns(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const sql of statements) {
    const table = TABLE.exec(sql)?.[1];
    if (table === undefined) continue;
    const long = [...sql.matchAll(/"?(\w+)"?\s+n?varchar\s*\(max\)/gi)].map(([, column]) => column!);
    const bounded = [...sql.matchAll(/ALTER COLUMN\s+"?(\w+)"?\s+n?varchar\s*\(\d+\)/gi)].map(([, column]) => column!);
    const before = [...(found.get(table) ?? [])].filter((column) => !bounded.includes(column));
    found.set(table, new Set([...before, ...long]));
  }
  return found;
}

const INDEX = /CREATE (?:UNIQUE )?INDEX\s+"?\w+"?\s+ON\s+"?(\w+)"?\s*\(([^)]*)\)([\s\S]*)$/i;
const indexes = statements.flatMap((sql) => {
  const [, table, columns, rest] = INDEX.exec(sql) ?? [];
  if (table === undefined) return [];
  const names = columns!.split(',').map((column) => column.replace(/"|\s+(ASC|DESC)\b|\s/gi, ''));
  return [{ sql, table, names, filter: /\bWHERE\b([\s\S]*)$/i.exec(rest!)?.[1] }];
});

describe('what SQL Server refuses when a migration runs', () => {
  it('two ways by which a deletion could reach the same table, or a circle (error 1785)', () => {
    const graph = cascades();
    const twice = [...graph.keys()].flatMap((root) => {
      const reached = ends(graph, root);
      return reached.filter((table, n) => reached.indexOf(table) !== n).map((table) => `${root} ⇒ ${table}`);
    });
    expect(graph.size).toBeGreaterThan(3);
    expect([...new Set(twice)]).toEqual([]);
  });

  it('an index over nvarchar(max) (error 1919)', () => {
    const long = longColumns();
    expect(indexes.length).toBeGreaterThan(10);
    expect(indexes.filter(({ table, names }) => names.some((name) => long.get(table)?.has(name)))).toEqual([]);
  });

  it('a filter of an index with OR, NOT, LIKE or a function', () => {
    const filters = indexes.flatMap(({ filter }) => (filter === undefined ? [] : [filter]));
    expect(
      filters.filter((filter) => /\bOR\b|\bNOT\b(?!\s+NULL)|\bLIKE\b|\w\s*\(/i.test(filter.replace(/\bIN\s*\(/gi, ''))),
    ).toEqual([]);
  });

  it('a name of a constraint that is taken', () => {
    const made = /(?<!DROP\s+)CONSTRAINT\s+"?(\w+)"?/gi;
    const names = statements.flatMap((sql) => [...sql.matchAll(made)]).map(([, name]) => name!);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });
});
