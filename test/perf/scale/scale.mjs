// `npm run bench:scale [-- --full] [-- --only <part of a path>]`: this server on a large database, by its administration API.
// 1,000 tenants, 5,000 clients and, with --full, 1,000,000 users and 10,000,000 audit events; a tenth of these without.
// Prints a Markdown table; ends with 1 when a limit is missed. Everything is in a temporary folder, which is removed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Api } from './api.mjs';
import { listCases, measureList, RATIO_LIMIT } from './lists.mjs';
import { loadRows, loadTenants } from './load-rows.mjs';
import { Plans } from './plans.mjs';
import { Database, Server } from './servers.mjs';
import { Table } from './table.mjs';
import { measureTokens, TOKEN_LIMIT } from './tokens.mjs';
import { measureBulk, measureConfiguration, measureExports } from './transfers.mjs';

const isFull = process.argv.includes('--full');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const SIZE = isFull ? { users: 1_000_000, audit: 10_000_000 } : { users: 100_000, audit: 1_000_000 };
const TOKENS = isFull ? { seconds: 4, rounds: 5 } : { seconds: 2, rounds: 3 };
const [FIRST, LAST] = ['tenant-1', 'tenant-1000'];
const FULL_PORT = 4420;
const EMPTY_PORT = 4421;

const began = performance.now();
const say = (line) => console.error(`› ${Math.round((performance.now() - began) / 1000)} s: ${line}`);
const stops = [];

/** Ends what was started, the last of it first. */
async function stopAll() {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}

async function createDatabase(folder, name) {
  const database = await Database.create(folder, name);
  stops.push(() => database.stop());
  return database;
}

async function startServer(server) {
  stops.push(() => server.stop());
  await server.start();
}

async function fill(folder) {
  const database = await createDatabase(folder, 'full');
  const server = new Server(database, folder, FULL_PORT);
  const first = await server.seed(FIRST, ['system', FIRST]);
  await loadTenants(database.location);
  const last = await server.seed(LAST, [LAST]);
  await loadRows(database.location, SIZE, say);
  await database.startMeasured();
  const { rows } = await query(database, 'SELECT pg_size_pretty(pg_database_size(current_database())) AS size');
  say(`the database has ${rows[0].size}`);
  await startServer(server);
  return { database, server, first, last };
}

async function query(database, text) {
  const client = new pg.Client(database.location);
  await client.connect();
  return client.query(text).finally(() => client.end());
}

async function measureLists(cases, table) {
  for (const [list, ofList] of Map.groupBy(cases, (each) => each.list)) {
    const crossed = [];
    for (const each of ofList) {
      const figures = await measureList(each);
      if (each.isCross) crossed.push({ ...figures, label: each.label });
      else table.list(each, figures, RATIO_LIMIT);
    }
    if (crossed.length > 0) table.crossed(list, crossed);
  }
}

/** Each request once more, with its plan: telling plans takes time, so that nothing is timed here. */
async function readPlans(cases, database) {
  const plans = new Plans(database);
  await plans.start();
  for (const { list, label, apis, paths } of cases) {
    for (const [index, api] of apis.entries()) {
      await api.authorize();
      await api.timed(paths[index]);
    }
    plans.collect(`${list} ${label}`);
  }
  await plans.stop();
  return plans;
}

async function compareTokens(folder, { database, server, first }) {
  const empty = await createDatabase(folder, 'empty');
  const beside = new Server(empty, folder, EMPTY_PORT);
  const seeded = await beside.seed(FIRST, []);
  await empty.startMeasured();
  await startServer(beside);
  await query(database, 'CHECKPOINT');
  const targets = {
    full: { ...first, pid: server.pid, postmaster: database.pid },
    empty: { ...seeded, pid: beside.pid, postmaster: empty.pid },
  };
  return measureTokens(targets, TOKENS);
}

async function run(folder) {
  const full = await fill(folder);
  const { server, first, last } = full;
  const operatorOf = (issuer) =>
    new Api({ ...first.administrators.system, issuer }, first.administrators.system.issuer);
  const system = operatorOf(first.administrators.system.issuer);
  const tenants = [new Api(first.administrators[FIRST]), new Api(last.administrators[LAST])];
  const cases = (await listCases({ tenants, system })).filter(({ list }) => !only || list.includes(only));
  say(`${cases.length} lists, filters and orders`);
  const table = new Table();
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, server.residentMb())), 500);
  await measureLists(cases, table);
  table.lists(RATIO_LIMIT);
  say('plans');
  const plans = await readPlans(cases, full.database);
  if (!only) {
    say('exports, bulk, configuration');
    const moved = [
      await measureExports(tenants[0]),
      await measureBulk(tenants[0]),
      await measureConfiguration(system, operatorOf),
    ];
    for (const figures of moved.flat()) table.rate(figures);
  }
  clearInterval(watch);
  table.memory(server.residentMb(), most);
  table.plans(plans);
  if (!only) {
    say('tokens');
    for (const figures of await compareTokens(folder, full)) table.token(figures, TOKEN_LIMIT);
  }
  for (const api of [system, ...tenants]) await api.close();
  return table.missed;
}

const folder = mkdtempSync(join(tmpdir(), 'idp-scale-'));
let ending;
/** Once: Ctrl-C reaches the children too, whose end is an error of what waits for them. */
function end(code) {
  ending ??= stopAll()
    .catch((error) => console.error(error))
    .then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(code);
    });
  return ending;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end(1));
try {
  const missed = await run(folder);
  console.log(missed.length === 0 ? '\nEvery limit is met.' : `\n${missed.length} missed: ${missed.join('; ')}`);
  say('done');
  await end(missed.length === 0 ? 0 : 1);
} catch (error) {
  if (!ending) console.error(error);
  await end(1);
}
