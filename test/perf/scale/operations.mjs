// Every list of the administration API with each of its filters and orders, as docs/openapi.json has them: a list or a
// filter that is added is measured, and one for which no value can be found in the data is an error.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const BASE = '/admin/api/v1';
const PAGING = new Set(['limit', 'cursor', 'sort', 'format']);
const DAY_MS = 86_400_000;
/** Only the system tenant has them. */
const OF_THE_INSTALLATION = new Set(['/tenants', '/jobs/{name}/runs']);
const SAMPLE = 200;

/**
 * What a part of a text is looked for by: what many have, what one or few have, what nobody has. The same for each tenant,
 * or a part of one of its own items, so that all find as much.
 */
const SEARCHES = {
  '/users': ['contoso', 'martin', ({ email }) => email.slice(3, email.indexOf('@') + 4), 'zzqqx'],
  '/audit-events': ['sign-in', 'token.reuse-detected', ({ actor }) => actor.id, 'zzqqx'],
  '/failed-requests': ['registered', ({ explanation }) => explanation.slice(-8), 'zzqqx'],
};
const textOf = (item) => item.name ?? item.slug ?? item.key ?? item.kid ?? item.issuer ?? item.resource?.name;
const OTHER_SEARCHES = [(item) => textOf(item).slice(0, 3), (item) => textOf(item).slice(-7), 'zzqqx'];

const daysFromNow = (days) => new Date(Date.now() + days * DAY_MS).toISOString();
/** All rows but few, and few: the data is of the last 60 days, or of the last 6 where nothing is kept longer. */
const INSTANTS = () => [daysFromNow(-30), daysFromNow(-3)];
const ENDS = () => [daysFromNow(20.2), daysFromNow(20.9)];

/** Where another list names what a filter wants: { filter: [list, member] }. */
const NAMED_ELSEWHERE = {
  clientId: ['/clients', 'id'],
  userId: ['/users', 'id'],
  role: ['/roles', 'name'],
  roleId: ['/roles', 'id'],
  resourceId: ['/resources', 'id'],
  sessionId: ['/sessions', 'id'],
  authorizationId: ['/authorizations', 'id'],
};
/** Where an item of the list itself has it in another place. */
const IN_THE_ITEM = {
  requestId: (item) => item.requestId ?? item.id,
  actorId: ({ actor }) => actor?.id,
  actorType: ({ actor }) => actor?.type,
  targetId: ({ target }) => target?.id,
  targetType: ({ target }) => target?.type,
};

export function listOperations() {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/openapi.json'), 'utf8'));
  return Object.entries(document.paths).flatMap(([path, { get }]) => {
    const query = get?.parameters?.filter((each) => each.in === 'query') ?? [];
    if (!query.some(({ name }) => name === 'cursor')) return [];
    const sorts = query.find(({ name }) => name === 'sort').schema.enum;
    const filters = query.filter(({ name }) => !PAGING.has(name));
    return [{ path: path.slice(BASE.length), sorts, filters }];
  });
}

/** The members of a list's address that name what it is a list of: the oldest of that, which has the most in it. */
export async function addressOf({ path }, api) {
  let address = '';
  for (const part of path.split('/').slice(1)) {
    if (part.startsWith('{')) {
      const { items } = await api.json(address === '/jobs' ? address : `${address}?sort=createdAt&limit=1`);
      address += `/${encodeURIComponent(part === '{name}' ? items[0].name : items[0].id)}`;
    } else {
      address += `/${part}`;
    }
  }
  return address;
}

export const isOfTheInstallation = ({ path }) => OF_THE_INSTALLATION.has(path);

/** Each filter with the values that it is measured with: [[name, [label, value-of-api]]]. */
export async function filterValues(operation, address, api) {
  const { items } = await api.json(`${address}?limit=${SAMPLE}`);
  const found = [];
  for (const filter of operation.filters) {
    const values = await valuesOf(filter, { operation, items, api });
    if (values.length === 0) throw new Error(`no value for ${filter.name} of ${operation.path}`);
    for (const value of values) found.push({ name: filter.name, value: String(value) });
  }
  return found;
}

async function valuesOf({ name, schema }, { operation, items, api }) {
  if (name === 'search') return searchesOf(operation, items);
  if (schema.enum) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  if (schema.format === 'date-time') return /expires/i.test(name) ? ENDS() : INSTANTS();
  return namedValues(name, items, api);
}

async function namedValues(name, items, api) {
  const own = items.map(IN_THE_ITEM[name] ?? ((item) => item[name])).find((value) => typeof value === 'string');
  if (own !== undefined) return [own];
  const [list, member] = NAMED_ELSEWHERE[name] ?? [];
  if (!list) return [];
  const { items: named } = await api.json(`${list}?sort=createdAt&limit=1`);
  return named.map((item) => item[member]);
}

function searchesOf({ path }, items) {
  // The newest may be the product's own.
  const item = items[Math.floor(items.length / 2)];
  return (SEARCHES[path] ?? OTHER_SEARCHES).map((text) => (typeof text === 'string' ? text : text(item)));
}
