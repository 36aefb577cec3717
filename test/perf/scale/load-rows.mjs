// Fills a database that has only the tenants which the product made: everything else in the server itself, set by set.
import pg from 'pg';
import { dropIndexes } from './indexes.mjs';
import { configuration } from './configuration.mjs';
import { happenings } from './happenings.mjs';
import { functionsOf, numbersOf, TENANTS } from './numbers.mjs';
import { people } from './people.mjs';

const SESSIONS = 2;
/** Nothing of this reaches the server that is measured. Foreign keys hold by construction. */
const LOADING = `SET session_replication_role = replica; SET synchronous_commit = off;
  SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET max_parallel_maintenance_workers = 1`;
const HOUR_SECONDS = 3_600;

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** The first tenant is there: numbers 2 to 999 as rows alone, which nobody signs in to. */
export async function loadTenants(location) {
  await withClient(location, (client) =>
    client.query(`INSERT INTO tenant (id, slug, name, "displayName", status, kind, sandbox, settings, "createdAt", "updatedAt")
      SELECT uuidv7(), 'tenant-' || n, 'Tenant ' || n, 'Tenant ' || n, CASE WHEN n % 50 = 0 THEN 'suspended' ELSE 'active' END,
        'standard', n % 10 = 0, '{}', now(), now() FROM generate_series(2, ${TENANTS - 1}) n`),
  );
}

/** `size`: how many users and audit events. */
export async function loadRows(location, size, say) {
  const start = Math.floor(Date.now() / 1000) - HOUR_SECONDS;
  const numbers = numbersOf(size);
  const tables = [configuration, people, happenings].flatMap((part) => part(numbers));
  const names = tables.map(({ table }) => table);
  const { definitions, tenantIds } = await withClient(location, async (client) => ({
    tenantIds: await tenantsByNumber(client),
    definitions: await dropIndexes(client, names),
  }));
  const source = { functions: functionsOf({ ...size, start }), tenantIds };
  // The largest first, so that nobody waits for it at the end.
  const largestFirst = tables.toSorted((a, b) => b.count - a.count);
  await inParallel(
    location,
    largestFirst,
    async (client, table) => {
      const since = performance.now();
      await client.query(insertOf(table, source));
      say(`${table.table}: ${table.count.toLocaleString('en')} rows in ${seconds(since)}`);
    },
    source.functions,
  );
  const since = performance.now();
  await inParallel(location, largestLast(definitions, largestFirst), (client, definition) => client.query(definition));
  say(`${definitions.length} indexes in ${seconds(since)}`);
  await inParallel(location, largestFirst, (client, { table }) => client.query(`VACUUM (ANALYZE) "${table}"`));
  await withClient(location, settleBackgroundWork);
}

const largestLast = (definitions, tables) =>
  tables.flatMap(({ table }) => definitions.filter((each) => new RegExp(`ON public\\."?${table}"? `).test(each)));

async function tenantsByNumber(client) {
  const { rows } = await client.query(`SELECT id FROM tenant WHERE kind = 'standard'
    ORDER BY substring(slug from '[0-9]+$')::int`);
  if (rows.length !== TENANTS) throw new Error(`${rows.length} tenants`);
  return rows.map(({ id }) => id);
}

function insertOf({ table, count, expressions, id, owner, self }, { tenantIds }) {
  const columns = { ...(id ? { id } : {}), ...expressions };
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const user = owner ?? (self ? 'n' : 'pg_temp.user_of(n)');
  return `INSERT INTO "${table}" ("tenantId", ${names.join(', ')})
    SELECT ('{${tenantIds.join(',')}}'::uuid[])[pg_temp.tenant_of(u)], ${Object.values(columns).join(',\n  ')}
    FROM (SELECT n, ${user} AS u, pg_temp.made_at(n, ${count}) AS at
      FROM generate_series(0::bigint, ${count - 1}) n OFFSET 0) s`;
}

/**
 * The events count as sealed and summed up: sealing a million of them behind the measurement would be measured with it.
 * Both jobs go on from here with what the measurement itself records.
 */
async function settleBackgroundWork(client) {
  await client.query(`UPDATE audit_sealing SET low = (SELECT MAX("position") FROM audit_event), mark = NULL`);
  await client.query(`INSERT INTO statistic_progress ("tenantId", "occurredAt", "eventId")
    SELECT id, now(), 'ffffffff-ffff-ffff-ffff-ffffffffffff' FROM tenant
    ON CONFLICT ("tenantId") DO UPDATE SET "occurredAt" = excluded."occurredAt", "eventId" = excluded."eventId"`);
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
}

async function withClient(location, work, functions) {
  const client = new pg.Client(location);
  await client.connect();
  try {
    await client.query(LOADING);
    if (functions) await client.query(functions);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Each thing by whichever session is free. */
async function inParallel(location, things, work, functions) {
  const waiting = [...things];
  const session = (client) => async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(client, next);
  };
  await Promise.all(
    Array.from({ length: SESSIONS }, () => withClient(location, (client) => session(client)(), functions)),
  );
}
