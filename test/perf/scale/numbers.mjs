// How a row of the full database follows from its number, in SQL. Every table is one INSERT … SELECT over
// generate_series in the server: as quick as COPY, which would send the same rows through a pipe, and needs no driver for it.
//
// Row n belongs to user u, and with them to a tenant: a tenth each to number 1 and number 1,000, the rest to all others.

export const TENANTS = 1_000;
const OTHERS = TENANTS - 2;
export const CLIENTS = 5_000;
export const NOUNS = 2_000;
/** Apart from all others a row number says its instant, so that ids (UUIDv7) can be told from numbers alone. */
const DAYS = 60;

export const AGENTS = `'{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36",
"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1",
"Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"}'::text[]`;

export const oneOf = (array, number) => `(${array})[1 + (${number}) % array_length(${array}, 1)]`;
export const sha = (text) => `encode(sha256((${text})::text::bytea), 'hex')`;
export const uuid = (kind, number, at) => `pg_temp.row_id(${kind}, ${number}, ${at})`;
export const json = (text) => `${text}::jsonb`;
const KINDS = ['client', 'user', 'session', 'authorization', 'resource', 'role', 'webhook', 'device_authorization'];
const kindOf = (table) => KINDS.indexOf(table) + 1 || 100;

/** Functions of the seeding session: which number's user, client or tenant is meant, and when and as what it was made. */
export const functionsOf = ({ users, start }) => {
  const other = (total) =>
    `((u / 10 * 8 + u % 10 - 2) % ${OTHERS} + ${OTHERS} * (n / 10 % (${total} * 8 / 10 / ${OTHERS})))`;
  const make = (signature, type, body) =>
    `CREATE FUNCTION pg_temp.${signature} RETURNS ${type} LANGUAGE sql STABLE AS $$ SELECT ${body} $$;`;
  return [
    make(
      'tenant_of(u bigint)',
      'int',
      `(CASE u % 10 WHEN 0 THEN 1 WHEN 1 THEN ${TENANTS}
      ELSE 2 + (u / 10 * 8 + u % 10 - 2) % ${OTHERS} END)::int`,
    ),
    make('user_of(n bigint)', 'bigint', `n / 10 * 7919 % ${users / 10} * 10 + n % 10`),
    make(
      'noun_of(u bigint, n bigint, total bigint)',
      'bigint',
      `CASE WHEN u % 10 < 2 THEN n / 10 % (total / 10) * 10 + u % 10
      ELSE ${other('total')} / 8 * 10 + ${other('total')} % 8 + 2 END`,
    ),
    make(
      'made_at(n bigint, total bigint)',
      'timestamptz',
      `to_timestamp(${start - DAYS * 86_400} + floor(n::float8 * ${DAYS * 86_400_000} / total) / 1000)`,
    ),
    make(
      'row_id(kind int, n bigint, at timestamptz)',
      'uuid',
      `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
      || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid`,
    ),
  ].join('\n');
};

/** How the rows of a database of that size are told apart: ids by number, and expressions over a row's n and u. */
export function numbersOf({ users, audit }) {
  const [sessions, grants, some] = [users * 0.3, users * 0.5, users * 0.2];
  const at = (total) => (number) => `pg_temp.made_at(${number}, ${total})`;
  const idOf = (table, total) => (number) => uuid(kindOf(table), number, at(total)(number));
  return {
    users,
    audit,
    sessions,
    grants,
    some,
    idOf,
    userId: idOf('user', users),
    clientId: idOf('client', CLIENTS),
    sessionId: idOf('session', sessions),
    authorizationId: idOf('authorization', grants),
    noun: (table, number = 'n') => idOf(table, NOUNS)(`pg_temp.noun_of(u, ${number}, ${NOUNS})`),
    /** one of the clients of the row's tenant */
    c: `pg_temp.noun_of(u, n / 7, ${CLIENTS})`,
    ip: `'10.' || u % 200 || '.' || n / 10 % 50 || '.' || u / 10 % 20`,
    soon: `now() + interval '20 days' + n % 86400 * interval '1 second'`,
    owned: (table, count, expressions) => ({ table, count, expressions, id: idOf(table, count)('n') }),
  };
}
