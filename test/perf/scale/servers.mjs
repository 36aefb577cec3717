// A database and a server of ours on it, as they are shipped; and its seed, through the product's own services.
import { execFile, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { serverFlags } from '../../../tools/install.mjs';

const require = createRequire(import.meta.url);
const { startEmbeddedPostgres } = require('@tokenidp/database');

const here = import.meta.dirname;
const root = join(here, '../../..');
const redirectUri = 'https://client.example/callback';
const user = { username: 'bench.user', password: randomBytes(15).toString('base64url') };
const resources = {
  es256: { identifier: 'https://api.example/es256', scope: 'api.read', format: 'jwt', alg: 'ES256' },
};

const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

/** A million rows at once: none of this is there while anything is measured. */
const BULK_LOADING = {
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '20',
};
/** As it is shipped, and able to tell the plan of each statement when it is asked to. */
const MEASURED = { shared_preload_libraries: 'auto_explain' };

export class Database {
  static async create(folder, name) {
    const database = new Database(join(folder, name));
    await database.start(BULK_LOADING);
    return database;
  }

  constructor(dataDir) {
    this.dataDir = dataDir;
  }

  async start(settings) {
    this.postgres = await startEmbeddedPostgres({ dataDir: this.dataDir, settings });
  }

  async startMeasured() {
    await this.stop();
    await this.start(MEASURED);
  }

  async stop() {
    await this.postgres?.stop();
    this.postgres = undefined;
  }

  /** for pg */
  get location() {
    return { host: this.postgres.socketDir, user: 'postgres', database: 'postgres' };
  }

  get url() {
    return `postgres://postgres@localhost/postgres?host=${encodeURIComponent(this.postgres.socketDir)}`;
  }

  get pid() {
    return this.postgres.pid;
  }

  /** What it has written so far about itself and, when asked to, about plans. */
  readLog() {
    return readFileSync(join(this.dataDir, 'postgres.log'), 'utf8');
  }
}

export class Server {
  constructor(database, folder, port) {
    this.database = database;
    this.environment = {
      PORT: String(port),
      DATA_DIR: join(folder, `data-${port}`),
      MASTER_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'warn',
      DEMO: '0',
    };
  }

  get variables() {
    return { ...this.environment, DATABASE_URL: this.database.url };
  }

  /** Makes a tenant with what the load needs, and administrators of the tenants that are named. */
  async seed(slug, administered) {
    const seed = { environment: this.variables, redirectUri, resources, user, jwk, slug, administered };
    const args = [join(here, '../seed.mjs'), JSON.stringify(seed)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    const made = JSON.parse(stdout);
    const identifiers = Object.fromEntries(Object.entries(resources).map(([key, { identifier }]) => [key, identifier]));
    return { ...made, resources: identifiers, redirectUri, user };
  }

  async start() {
    const args = [...serverFlags, join(root, 'apps/idp/dist/main.js')];
    this.child = spawn(process.execPath, args, { env: { ...process.env, ...this.variables } });
    this.child.stderr.pipe(process.stderr);
    await new Promise((resolve, reject) => {
      this.child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
      createInterface(this.child.stdout).on('line', (line) => line.includes('TokenIDP is up') && resolve());
    });
  }

  get pid() {
    return this.child.pid;
  }

  residentMb() {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1]) / 1024);
  }

  async stop() {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}
