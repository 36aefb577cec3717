import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, startTicks } from './process-table';

interface Holder {
  pid: number;
  ticks?: string;
}

const UNREADABLE_TRIES = 20;
const TRY_AGAIN_MS = 25;

/**
 * Takes a data folder for this process. The file names its holder; a holder that is no more is set aside.
 * @returns how to give it back
 * @throws Error with a message for the operator while another process holds it
 */
export async function lockFolder(path: string, folder: string): Promise<() => void> {
  const own = JSON.stringify({ pid: process.pid, ticks: startTicks(process.pid) } satisfies Holder);
  for (let attempt = 0; ; attempt++) {
    if (create(path, own)) return () => release(path, own);
    const found = read(path);
    const holder = parse(found);
    if (holder && isHolding(holder)) {
      throw new Error(
        `the data folder ${folder} is in use by another server (process ${holder.pid}): ` +
          'stop it, or give this one a folder of its own with DATA_DIR',
      );
    }
    // Empty or cut off: its holder is writing it at this moment, or died over it.
    if (!holder && attempt < UNREADABLE_TRIES) await sleep(TRY_AGAIN_MS);
    else setAside(path, found);
  }
}

function create(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(content: string | undefined): Holder | undefined {
  try {
    return JSON.parse(content ?? '') as Holder;
  } catch {
    return undefined;
  }
}

function isHolding({ pid, ticks }: Holder): boolean {
  if (!isAlive(pid)) return false;
  return ticks === undefined || startTicks(pid) === ticks;
}

/** Two may find the same dead holder at once: whoever moved a file that is not that one puts it back. */
function setAside(path: string, expected: string | undefined): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved !== expected && moved !== undefined) create(path, moved);
  rmSync(aside, { force: true });
}

function release(path: string, own: string): void {
  if (read(path) === own) rmSync(path, { force: true });
}
