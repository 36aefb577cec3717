/** What a statement does to a table it names. */
export interface TableUse {
  table: string;
  /** the name its columns are qualified with */
  alias: string;
}

const NO_ALIAS = new Set(
  (
    'on where set values select from join left right inner outer cross full using order group having limit returning ' +
    'output with when for default union as and not offset option top'
  ).split(' '),
);

const MENTION =
  /\b(?:from|join|into|update|merge(?:\s+into)?|using)\s+(?:only\s+)?"?([a-z_]\w*)"?(?:\s+with\s*\([^)]*\))?(?:\s+(?:as\s+)?"?([A-Za-z_]\w*)"?)?/gi;

/** Comments and literals say nothing about tables. */
export function bare(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').replace(/'(?:[^']|'')*'/g, "''");
}

/** The tables a statement reads or writes; a name given by WITH or a subquery is no table, and not in `tables`. */
export function tablesOf(sql: string, tables: ReadonlySet<string>): TableUse[] {
  const uses: TableUse[] = [];
  for (const [, table, alias] of bare(sql).matchAll(MENTION)) {
    if (table === undefined || !tables.has(table)) continue;
    uses.push({ table, alias: alias !== undefined && !NO_ALIAS.has(alias.toLowerCase()) ? alias : table });
  }
  return uses;
}

const COMPARED = String.raw`(?:=|\bIN\b|<|>)`;

/** True when the table's tenant is compared with something, or is a column of an insert into it. */
function names(text: string, { table, alias }: TableUse): boolean {
  return [alias, table].some((name) => {
    const column = String.raw`(?<!\w)"?${name}"?\."?tenantId"?`;
    const isInserted = new RegExp(String.raw`into\s+"?${table}"?[^(]*\([^)]*"?tenantId"?`, 'i');
    return new RegExp(`${column}\\s*${COMPARED}|=\\s*${column}`, 'i').test(text) || isInserted.test(text);
  });
}

/**
 * The tables a statement touches without saying whose row: neither in a condition, nor in a join, nor among the columns
 * of an insert. A condition without a table's name counts for one use.
 */
export function withoutTenant(sql: string, tenantTables: ReadonlySet<string>): string[] {
  const text = bare(sql);
  const loose = tablesOf(text, tenantTables).filter((use) => !names(text, use));
  const unqualified = new RegExp(String.raw`(?<![.\w]|\."|=\s*)"?tenantId"?\s*${COMPARED}`, 'gi');
  return loose.length <= [...text.matchAll(unqualified)].length ? [] : [...new Set(loose.map(({ table }) => table))];
}

const NOT_TSQL: readonly (readonly [RegExp, string])[] = [
  [/::/, 'a cast with ::'],
  [/\blimit\b/i, 'LIMIT (TOP or OFFSET … FETCH)'],
  [/\breturning\b/i, 'RETURNING (OUTPUT)'],
  [/\bskip\s+locked\b/i, 'SKIP LOCKED (READPAST)'],
  [/\bfor\s+(no\s+key\s+)?(update|share)\b/i, 'FOR UPDATE (WITH (UPDLOCK))'],
  [/\bon\s+conflict\b|\bexcluded\b/i, 'ON CONFLICT (MERGE)'],
  [/\bilike\b/i, 'ILIKE'],
  [/\bjsonb?\b|\bjsonb?_(?!value|query|modify)\w+/i, 'json, jsonb'],
  [/->/, 'a JSON operator'],
  [/\btimestamptz\b|\btimestamp\b/i, 'timestamptz, timestamp'],
  [/\bboolean\b|\bbytea\b|\buuid\b|\bserial\b/i, 'a type of PostgreSQL'],
  [/\btext\b(?!\s*[,.=)])(?=\s+(not|null|primary|unique|collate|default|check))/i, 'text as a type'],
  [/\b(true|false)\b/i, 'TRUE or FALSE'],
  [/\bnow\s*\(|\bclock_timestamp\b|\bmake_interval\b|\binterval\b|\bextract\s*\(/i, 'a date function of PostgreSQL'],
  [/\|\|/, '|| (+ or CONCAT)'],
  [/=\s*any\s*\(|\barray\s*\[|\bunnest\b/i, 'arrays'],
  [/\bis\s+(not\s+)?distinct\s+from\b/i, 'IS DISTINCT FROM (2022 only)'],
  [/\b(greatest|least)\s*\(/i, 'GREATEST, LEAST (2022 only)'],
  [/\bnulls\s+(first|last)\b/i, 'NULLS FIRST'],
  [/\bfilter\s*\(\s*where\b/i, 'FILTER'],
  [/\blateral\b|\brecursive\b|\bmaterialized\b/i, 'LATERAL, RECURSIVE, MATERIALIZED'],
  [/\bselect\s+(not\s+)?exists\s*\(/i, 'EXISTS as a value (CASE WHEN EXISTS …)'],
  [/\bas\s*\(\s*(insert|update|delete|merge)\b/i, 'a WITH that writes'],
  [/\bupdate\s+"?\w+"?\s+as\b/i, 'UPDATE … AS (UPDATE alias … FROM table AS alias)'],
  [/\bdelete\s+from\s+"?\w+"?\s+(as\b|using\b)/i, 'DELETE FROM … AS, USING (DELETE alias FROM table AS alias)'],
  [/\binsert\s+into\s+"?\w+"?\s+as\b/i, 'INSERT INTO … AS'],
  [/\bjoin\s+"?\w+"?(\s+(as\s+)?"?\w+"?)?\s+using\s*\(/i, 'JOIN … USING'],
  [/\(\s*[\w."]+\s*(,\s*[\w."]+\s*)+\)\s*(=|<|>|<=|>=|in\b|not\s+in\b)/i, 'a comparison of rows'],
  [/\bif\s+not\s+exists\s+"?\w+"?\s*\(|\bcreate\s+(table|index)\s+if\b/i, 'IF NOT EXISTS'],
];

// Words SQL Server reserves that our tables and columns are named with.
const RESERVED = /(?<!["\w@#.])(user|authorization|public|plan|percent|rule|file|key|external|revoke)(?!["\w])/gi;

/** What SQL Server would not understand in a statement meant for it. */
export function notTsql(sql: string): string[] {
  const text = bare(sql);
  const found = NOT_TSQL.filter(([pattern]) => pattern.test(text)).map(([, name]) => name);
  const words = text.replace(/\b(primary|foreign)\s+key\b/gi, ' ').matchAll(RESERVED);
  for (const [word] of words) found.push(`the reserved word ${word} without quotes`);
  if (/\bmerge\b/i.test(text) && !/;\s*(COMMIT TRANSACTION;)?\s*$/.test(text))
    found.push('a MERGE without its semicolon');
  return found;
}
