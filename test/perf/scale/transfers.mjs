// What is moved in bulk: exports, bulk creates, and a configuration of a thousand objects.

const BULK = 1_000;
const BULK_ROUNDS = { users: 3, clients: 2 };
const EXPORTS = ['users', 'audit-events'];
const FORMATS = ['ndjson', 'csv'];
const NOUNS = { resources: 300, roles: 300, clients: 400 };
const CONFIGURED = 'as-code';

const seconds = (since) => (performance.now() - since) / 1000;

/** Rows a second of each export, as fast as they can be read. */
export async function measureExports(api) {
  const rows = [];
  for (const noun of EXPORTS) {
    for (const format of FORMATS)
      rows.push({ name: `export ${noun} as ${format}`, ...(await exportOf(api, noun, format)) });
  }
  return rows;
}

async function exportOf(api, noun, format) {
  await api.authorize();
  const since = performance.now();
  let lines = 0;
  for await (const chunk of await api.request('GET', `/${noun}/export?format=${format}`)) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return { rows: lines, perSecond: lines / seconds(since) };
}

const NEW = {
  users: (n) => ({
    username: `bulk.${n}`,
    email: `bulk.${n}@bulk.example`,
    claims: { given_name: 'Bulk', family_name: `${n}` },
  }),
  clients: (n) => ({ type: 'web', client_name: `Bulk ${n}`, redirect_uris: [`https://bulk-${n}.example/callback`] }),
};

/** Rows a second of creates in one request each thousand. */
export async function measureBulk(api) {
  const rows = [];
  for (const [noun, rounds] of Object.entries(BULK_ROUNDS)) {
    const since = performance.now();
    for (let round = 0; round < rounds; round += 1) await createMany(api, noun, round * BULK);
    rows.push({ name: `bulk create ${noun}`, rows: rounds * BULK, perSecond: (rounds * BULK) / seconds(since) });
  }
  return rows;
}

async function createMany(api, noun, first) {
  const operations = Array.from({ length: BULK }, (_, n) => ({ op: 'create', data: NEW[noun](first + n) }));
  const { results } = await api.post(`/${noun}/bulk`, { operations });
  const refused = results.find(({ status }) => status !== 201);
  if (refused) throw new Error(`a row was refused: ${JSON.stringify(refused)}`);
}

const many = (count, make) => Array.from({ length: count }, (_, n) => make(n));

const configuration = () => ({
  version: 1,
  resources: many(NOUNS.resources, (n) => ({
    identifier: `https://configured-${n}.example/`,
    name: `API ${n}`,
    tokenFormat: 'jwt',
    scopes: [{ name: `read.${n}` }],
  })),
  roles: many(NOUNS.roles, (n) => ({ name: `role-${n}`, displayName: `Role ${n}` })),
  clients: many(NOUNS.clients, (n) => ({
    client_id: `configured-${n}`,
    type: 'machine',
    client_name: `Application ${n}`,
  })),
});

/** In a new tenant, by an operator: the plan, the change, and the plan that then has nothing in it. */
export async function measureConfiguration(operator, apiOf) {
  await operator.post('/tenants', { slug: CONFIGURED, name: 'As code' });
  const api = apiOf(`${operator.home}/t/${CONFIGURED}`);
  const document = configuration();
  const rows = [];
  for (const [name, path, steps] of [
    ['config plan of 1,000 objects', '/config/plan', true],
    ['config apply of 1,000 objects', '/config/apply', true],
    ['config plan without a change', '/config/plan', false],
  ]) {
    const since = performance.now();
    const plan = await api.post(path, document);
    if (plan.steps.length > 0 !== steps) throw new Error(`${name}: ${plan.steps.length} steps`);
    rows.push({ name, rows: plan.steps.length, milliseconds: seconds(since) * 1000 });
  }
  await api.close();
  return rows;
}
