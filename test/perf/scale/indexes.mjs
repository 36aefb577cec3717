// Secondary indexes are dropped for the load and made again behind it, as pg_indexes has them; what a constraint needs stays.

const SECONDARY = `SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
  JOIN pg_class c ON c.relname = i.indexname AND c.relnamespace = i.schemaname::regnamespace
  WHERE i.schemaname = 'public' AND i.tablename = ANY ($1)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)`;

/** Drops them; what is answered makes one again each. */
export async function dropIndexes(client, tables) {
  const { rows } = await client.query(SECONDARY, [tables]);
  for (const { name } of rows) await client.query(`DROP INDEX "${name}"`);
  return rows.map(({ definition }) => definition);
}
