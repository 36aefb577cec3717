// The load, in a process of its own. argv: JSON { targets: { name: target }, seconds, rounds, only, names }.
// Prints one JSON line a scenario: { name, goal, results: { target: { perSecond, p50, p99, cpuMicroseconds } }, rounds }.
// The first answer that is not the right one ends it with an error.
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import autocannon from 'autocannon';
import { Http } from './browser.mjs';
import { SCENARIOS } from './scenarios.mjs';

const CONCURRENCY = 16;
const { targets, seconds, rounds, only, names } = JSON.parse(process.argv[2]);

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** One request over and over. */
async function measureSimple(target, simple, duration) {
  const result = await autocannon({
    url: target.origin + simple.path,
    method: simple.method,
    headers: simple.headers,
    body: simple.body,
    connections: CONCURRENCY,
    duration,
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} bad answers, ${result.errors} errors`);
  const { p50, p99 } = result.latency;
  return { count: result['2xx'], perSecond: result['2xx'] / result.duration, p50, p99 };
}

const workers = (work) => Promise.all(Array.from({ length: CONCURRENCY }, (_, worker) => work(worker)));

/** Made before anything is measured. */
async function fill({ perSecond, make }, duration) {
  const items = [];
  let missing = Math.ceil(perSecond * duration);
  await workers(async () => {
    while (missing-- > 0) {
      items.push(await make());
      // A connection that the server closes meanwhile has to be seen to be closed.
      await setImmediate();
    }
  });
  return items;
}

/** Several requests a round, each worker with a state of its own; or a round for each thing in stock. */
async function measureRounds({ round }, items, duration) {
  const times = [];
  const started = performance.now();
  const end = started + duration * 1000;
  await workers(async (worker) => {
    while (performance.now() < end && items?.length !== 0) {
      const from = performance.now();
      await round(items ? items.pop() : worker);
      times.push(performance.now() - from);
    }
  });
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  return { count: times.length, perSecond: times.length / elapsed, p50, p99 };
}

/** Undefined for a process that has ended since it was named: its time is its parent's then. */
function ifThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

/** Processor time that a process has used so far, and its ended children, in seconds (Linux counts hundredths). */
function cpuSecondsOf(pid) {
  const stat = ifThere(`/proc/${pid}/stat`);
  if (stat === undefined) return 0;
  const fields = stat.split(') ')[1].split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

/** Of the server's process; where the target names its PostgreSQL, of that and its children too. */
function cpuSeconds({ pid, postmaster }) {
  if (!postmaster) return cpuSecondsOf(pid);
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').split(' ').filter(Boolean);
  return [pid, postmaster, ...children].reduce((sum, each) => sum + cpuSecondsOf(each), 0);
}

/** Besides the rate, what a request costs the server's processor: that tells the same on a busy machine. */
async function measure(target, prepared, duration) {
  const items = prepared.stock && (await fill(prepared.stock, duration));
  const before = cpuSeconds(target);
  const { count, ...measured } = await (prepared.simple
    ? measureSimple(target, prepared.simple, duration)
    : measureRounds(prepared, items, duration));
  if (count === 0) throw new Error('nothing was answered');
  return { ...measured, cpuMicroseconds: ((cpuSeconds(target) - before) * 1e6) / count };
}

async function connect(target) {
  const origin = new URL(target.issuer).origin;
  const http = new Http(origin, CONCURRENCY);
  const discovery = await http.request(
    'GET',
    `${new URL(target.issuer).pathname.replace(/\/$/, '')}/.well-known/openid-configuration`,
  );
  return { ...target, origin, http, concurrency: CONCURRENCY, metadata: JSON.parse(discovery.text) };
}

/** The middle one of several rounds. */
const median = (results) => results.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(results.length / 2)];

const connected = Object.fromEntries(
  await Promise.all(Object.entries(targets).map(async ([name, target]) => [name, await connect(target)])),
);
const measured = SCENARIOS.filter(({ name }) => (names ? names.includes(name) : !only || name.includes(only)));
if (measured.length === 0) throw new Error(`there is no scenario ${only}`);
for (const { name, goal, hasNoPeer, prepare } of measured) {
  const compared = Object.entries(connected).filter(([target]) => !(hasNoPeer && target === 'peer'));
  const prepared = {};
  const results = Object.fromEntries(compared.map(([target]) => [target, []]));
  try {
    for (const [targetName, target] of compared) {
      prepared[targetName] = await prepare(target);
      await measure(target, prepared[targetName], 1);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const [targetName, target] of compared) {
        results[targetName].push(await measure(target, prepared[targetName], seconds));
      }
    }
  } catch (error) {
    throw new Error(`${name} failed`, { cause: error });
  }
  const summary = Object.fromEntries(Object.entries(results).map(([target, list]) => [target, median(list)]));
  console.log(JSON.stringify({ name, goal, results: summary, rounds: results }));
}
await Promise.all(Object.values(connected).map(({ http }) => http.close()));
