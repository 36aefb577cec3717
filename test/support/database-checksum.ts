import type { Database } from '@tokenidp/database';

/** What changes by itself, or because something was refused. */
const VOLATILE_TABLES = [
  'counter',
  'lease',
  'job_run',
  'outbox',
  'failed_request',
  'statistics',
  'audit_chain',
  'audit_seal',
  'audit_sealing',
];
const VOLATILE_COLUMNS = ['lastUsedAt', 'lastSignInAt', 'lastSeenAt'];

/** A digest of every row of every table of a PostgreSQL, by table. */
export async function databaseChecksum({ dataSource }: Database): Promise<Record<string, string>> {
  const tables: { name: string }[] = await dataSource.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> ALL ($1) ORDER BY 1`,
    [VOLATILE_TABLES],
  );
  const parts = tables.map(
    ({ name }) => `SELECT '${name}' AS name, (SELECT md5(coalesce(string_agg(md5((to_jsonb(t) - $1::text[])::text), ''
      ORDER BY (to_jsonb(t) - $1::text[])::text), '')) FROM "${name}" t) AS sum`,
  );
  const sums: { name: string; sum: string }[] = await dataSource.query(parts.join(' UNION ALL '), [VOLATILE_COLUMNS]);
  return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]));
}
