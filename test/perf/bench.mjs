// `npm run bench [-- name]`: this server and npm's oidc-provider side by side, on one core each in turn, on one PostgreSQL.
// The other core has the database and the load. Prints requests a second, p50, p99, and the ratio; only ratios travel.
import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { serverFlags } from '../../tools/install.mjs';
import { rebuildServer } from '../../tools/rebuild.mjs';

await rebuildServer();
const require = createRequire(import.meta.url);
const { startEmbeddedPostgres } = require('@tokenidp/database');

const SERVER_CORE = '0';
const LOAD_CORE = '1';
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const RESIDENT_LIMIT_MB = 220;
const here = import.meta.dirname;
const only = process.argv[2];
/** A folder for a CPU profile of our server, for Chromium's tools. */
const profiling = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];

const OURS_PORT = 4410;
const PEER_PORT = 4411;
const redirectUri = 'https://client.example/callback';
const user = { username: 'ada', password: randomBytes(15).toString('base64url') };
const resources = {
  es256: { identifier: 'https://api.example/es256', scope: 'api.read', format: 'jwt', alg: 'ES256' },
  rs256: { identifier: 'https://api.example/rs256', scope: 'api.read', format: 'jwt', alg: 'RS256' },
  opaque: { identifier: 'https://api.example/opaque', scope: 'api.read', format: 'opaque' },
};
const identifiers = Object.fromEntries(Object.entries(resources).map(([key, { identifier }]) => [key, identifier]));

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** What clients sign assertions and proofs with, as JWKs. */
const keys = { private: privateKey.export({ format: 'jwk' }), public: publicKey.export({ format: 'jwk' }) };

const started = [];

/** Starts a Node program on one core and resolves when it has printed what says that it is ready. */
function startPinned(core, args, env, isReady) {
  const child = spawn('taskset', ['-c', core, process.execPath, ...args], { env: { ...process.env, ...env } });
  started.push(child);
  child.stderr.pipe(process.stderr);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    createInterface(child.stdout).on('line', (line) => isReady(line) && resolve(child));
  });
}

async function startPeer(databaseUrl) {
  const secret = () => randomBytes(32).toString('base64url');
  const clients = {
    web: { client_id: 'bench-web', client_secret: secret() },
    machine: { client_id: 'bench-machine', client_secret: secret() },
  };
  const settings = {
    subject: 'ada',
    resources: Object.fromEntries(Object.values(resources).map(({ identifier, ...rest }) => [identifier, rest])),
    clients: [
      { ...clients.web, redirect_uris: [redirectUri], grant_types: ['authorization_code', 'refresh_token'] },
      { ...clients.machine, redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
      {
        client_id: 'bench-signer',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [{ ...keys.public, use: 'sig', alg: 'ES256' }] },
      },
      {
        client_id: 'bench-device',
        redirect_uris: [],
        response_types: [],
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
        token_endpoint_auth_method: 'none',
        application_type: 'native',
      },
    ],
  };
  const args = [join(here, 'peer/server.mjs'), String(PEER_PORT), databaseUrl, JSON.stringify(settings)];
  const child = await startPinned(SERVER_CORE, args, { NODE_ENV: 'production' }, (line) => line === 'ready');
  return {
    child,
    target: {
      issuer: `http://localhost:${PEER_PORT}`,
      clients: { ...clients, signer: { client_id: 'bench-signer' }, device: { client_id: 'bench-device' } },
      resources: identifiers,
      redirectUri,
      user,
      keys,
    },
  };
}

async function startOurs(databaseUrl, dataDir) {
  const environment = {
    PORT: String(OURS_PORT),
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    MASTER_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'warn',
    DEMO: '0',
  };
  const seed = JSON.stringify({ environment, redirectUri, resources, user, jwk: keys.public });
  const seeded = JSON.parse(execFileSync(process.execPath, [join(here, 'seed.mjs'), seed], { encoding: 'utf8' }));
  const main = join(here, '../../apps/idp/dist/main.js');
  const child = await startPinned(SERVER_CORE, [...profiling, ...serverFlags, main], environment, (line) =>
    line.includes('TokenIDP is up'),
  );
  return { child, target: { ...seeded, resources: identifiers, redirectUri, user, keys } };
}

const residentMb = ({ pid }) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);

const number = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));

function row({ name, goal, results: { ours, peer } }) {
  if (!peer) return rowAlone(name, ours);
  const ratio = ours.perSecond / peer.perSecond;
  const cells = [name, number(ours.perSecond), number(peer.perSecond), `${ratio.toFixed(2)} ×`, `≥ ${goal}`];
  const latencies = [ours, peer].map(({ p50, p99 }) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`);
  const costs = [ours, peer].map(({ cpuMicroseconds }) => Math.round(cpuMicroseconds));
  const cost = `${costs.join(' / ')} (${(costs[1] / costs[0]).toFixed(2)} ×)`;
  return `| ${[...cells, ...latencies, cost].join(' | ')} |`;
}

function rowAlone(name, { perSecond, p50, p99, cpuMicroseconds }) {
  const latency = `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
  return `| ${[name, number(perSecond), 'no peer feature', '', '', latency, '', Math.round(cpuMicroseconds)].join(' | ')} |`;
}

async function run(folder) {
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  execFileSync('taskset', ['-a', '-cp', LOAD_CORE, String(postgres.pid)], { stdio: 'ignore' });
  try {
    const at = { host: postgres.socketDir, user: 'postgres' };
    const admin = new pg.Client({ ...at, database: 'postgres' });
    await admin.connect();
    for (const name of ['ours', 'peer']) await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const url = (name) => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(postgres.socketDir)}`;
    const ours = await startOurs(url('ours'), join(folder, 'data'));
    const peer = await startPeer(url('peer'));
    console.log(
      '| | ours /s | oidc-provider /s | ratio | goal | ours p50 / p99 ms | oidc-provider p50 / p99 ms | processor µs a request |',
    );
    console.log('|---|---|---|---|---|---|---|---|');
    await measure({
      ours: { ...ours.target, pid: ours.child.pid },
      peer: { ...peer.target, pid: peer.child.pid },
    });
    const [mine, theirs] = [residentMb(ours.child), residentMb(peer.child)];
    console.log(`| resident memory, MB | ${mine} | ${theirs} | | ≤ ${RESIDENT_LIMIT_MB} | | | |`);
  } finally {
    for (const child of started) {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
    }
    await postgres.stop();
  }
}

function measure(targets) {
  const settings = JSON.stringify({ targets, seconds: SECONDS, rounds: ROUNDS, only });
  const load = spawn('taskset', ['-c', LOAD_CORE, process.execPath, join(here, 'load.mjs'), settings]);
  started.push(load);
  load.stderr.pipe(process.stderr);
  createInterface(load.stdout).on('line', (line) => console.log(row(JSON.parse(line))));
  return new Promise((resolve, reject) => {
    load.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the load ended with ${code}`))));
  });
}

const folder = mkdtempSync(join(tmpdir(), 'idp-bench-'));
try {
  await run(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
