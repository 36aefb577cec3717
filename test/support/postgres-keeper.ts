// A process beside the tests: `postgres-keeper <folder> <pid>` runs one PostgreSQL for a whole run of jest, whichever of
// its workers asked first, and takes it away when the run (the process `pid`) is over, however it ended.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateDatabase, startEmbeddedPostgres } from '@tokenidp/database';
import { Client } from 'pg';
import { isRunning, type KeeperState, MIGRATED, serverUrl } from './test-server';

// Nobody minds when the data of a test is lost.
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum: 'off',
};

async function makeTemplate(socketDir: string): Promise<void> {
  const admin = new Client({ connectionString: serverUrl(socketDir, 'postgres') });
  await admin.connect();
  await admin.query(`CREATE DATABASE "${MIGRATED}"`);
  await admin.end();
  await migrateDatabase(serverUrl(socketDir, MIGRATED));
}

/** Written whole or not at all, since others wait for it. */
function announce(folder: string, state: Omit<KeeperState, 'keeper'>): void {
  writeFileSync(join(folder, 'state.new'), JSON.stringify({ keeper: process.pid, ...state }));
  renameSync(join(folder, 'state.new'), join(folder, 'state.json'));
}

async function keep(folder: string, pid: number): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), settings: CARELESS });
  try {
    await makeTemplate(server.socketDir);
    announce(folder, { socketDir: server.socketDir });
    while (isRunning(pid) && existsSync(folder)) await sleep(300);
  } finally {
    await server.stop();
  }
}

const [folder, pid] = process.argv.slice(2);
keep(folder!, Number(pid))
  .catch(async (error: unknown) => {
    announce(folder!, { error: String(error) });
    while (isRunning(Number(pid))) await sleep(300);
  })
  .finally(() => rmSync(folder!, { recursive: true, force: true }));
