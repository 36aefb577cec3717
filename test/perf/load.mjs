// The load, in a process of its own. argv: JSON { targets: { name: target }, seconds, rounds, only }.
// Prints one JSON line a scenario: { name, goal, results: { target: { perSecond, p50, p99, cpuMicroseconds } } }.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { Http } from './browser.mjs';
import { SCENARIOS } from './scenarios.mjs';

const CONCURRENCY = 16;
const { targets, seconds, rounds, only } = JSON.parse(process.argv[2]);

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
  return { perSecond: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

/** Several requests a round, each worker with a state of its own. */
async function measureRounds(round, duration) {
  const times = [];
  const end = performance.now() + duration * 1000;
  const started = performance.now();
  const work = async (worker) => {
    while (performance.now() < end) {
      const from = performance.now();
      await round(worker);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, (_, worker) => work(worker)));
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: times.length / elapsed, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** Processor time that the server's process has used so far, in seconds (Linux counts hundredths). */
function cpuSeconds({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Besides the rate, what a request costs the server's processor: that tells the same on a busy machine. */
async function measure(target, prepared, duration) {
  const before = cpuSeconds(target);
  const measured = await (prepared.simple
    ? measureSimple(target, prepared.simple, duration)
    : measureRounds(prepared.round, duration));
  const requests = measured.perSecond * duration;
  return { ...measured, cpuMicroseconds: ((cpuSeconds(target) - before) * 1e6) / requests };
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
for (const scenario of SCENARIOS.filter(({ name }) => !only || name.includes(only))) {
  const prepared = {};
  const results = Object.fromEntries(Object.keys(connected).map((name) => [name, []]));
  for (const [name, target] of Object.entries(connected)) {
    prepared[name] = await scenario.prepare(target);
    await measure(target, prepared[name], 1);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, target] of Object.entries(connected)) {
      results[name].push(await measure(target, prepared[name], seconds));
    }
  }
  const summary = Object.fromEntries(Object.entries(results).map(([name, list]) => [name, median(list)]));
  console.log(JSON.stringify({ name: scenario.name, goal: scenario.goal, results: summary }));
}
await Promise.all(Object.values(connected).map(({ http }) => http.close()));
