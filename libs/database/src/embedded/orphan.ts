import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, worksIn } from './process-table';

const LOOK_AGAIN_MS = 20;

/**
 * Makes way when `postmaster.pid` was left behind: a server of ours that outlived its parent is stopped, the file of
 * one that is gone, or of a stranger with its number, is removed.
 * @throws Error when a server that is not of this machine's process table answers on the socket
 */
export async function clearPostmaster(cluster: string, socketDir: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const pid = readPid(file);
  if (pid === undefined) return;
  if (isAlive(pid) && worksIn(pid, cluster)) {
    await stopProcess(pid);
  } else if (await answers(socketDir)) {
    throw new Error(
      `a PostgreSQL is running on ${cluster} outside of this system's view (another container?): stop it`,
    );
  }
  rmSync(file, { force: true });
}

/** Fast shutdown; when that takes too long, an immediate one, and at last the kernel's. */
export async function stopProcess(pid: number): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, milliseconds] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = performance.now() + milliseconds;
    while (performance.now() < until) {
      if (!isAlive(pid)) return;
      await sleep(LOOK_AGAIN_MS);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) cannot be stopped`);
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function answers(socketDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(socketDir, '.s.PGSQL.5432'));
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}
