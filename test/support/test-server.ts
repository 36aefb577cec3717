import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The database that every migration has been run on, copied for each test that wants tables. */
export const MIGRATED = 'tokenidp_migrated';

const READY_WITHIN_MS = 60_000;

export function serverUrl(socketDir: string, database: string): string {
  return `postgres://postgres@localhost/${database}?host=${encodeURIComponent(socketDir)}`;
}

/** The process of the whole run: a worker of jest is its child and talks to it. */
function runPid(): number {
  return process.env.JEST_WORKER_ID !== undefined && typeof process.send === 'function' ? process.ppid : process.pid;
}

let running: Promise<string> | undefined;

/** The socket folder of the PostgreSQL of this run, started by whoever asks first. */
export function testServer(): Promise<string> {
  running ??= findOrStart();
  return running;
}

async function findOrStart(): Promise<string> {
  const pid = runPid();
  const folder = join(tmpdir(), `tokenidp-postgres-${pid}`);
  const left = readState(folder);
  // An earlier run had this number, and its keeper was killed.
  if (left?.keeper !== undefined && !isRunning(left.keeper)) rmSync(folder, { recursive: true, force: true });
  if (makeFolder(folder)) startKeeper(folder, pid);
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    const state = readState(folder);
    if (state?.error) throw new Error(`the PostgreSQL of the tests did not start: ${state.error}`);
    if (state?.socketDir) return state.socketDir;
    await sleep(20);
  }
  throw new Error(`the PostgreSQL of the tests did not start: see ${join(folder, 'keeper.log')}`);
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o711 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function startKeeper(folder: string, pid: number): void {
  const log = openSync(join(folder, 'keeper.log'), 'w');
  const root = resolve(__dirname, '../..');
  const keeper = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--require',
      join(root, 'tools/typescript-hook.cjs'),
      join(__dirname, 'postgres-keeper.ts'),
      folder,
      String(pid),
    ],
    { cwd: root, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  keeper.unref();
}

/** What the keeper says of itself. */
export interface KeeperState {
  keeper: number;
  socketDir?: string;
  error?: string;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function readState(folder: string): KeeperState | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as KeeperState;
  } catch {
    return undefined;
  }
}
