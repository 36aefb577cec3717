import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** Clock ticks from boot to the start of a process: tells it from a later one with the same number. */
export function startTicks(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/** False for a process that is gone and for one that is dead but not yet reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** True when the process is a PostgreSQL that works in `folder`. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return commandOf(pid).includes(folder);
  try {
    // PostgreSQL changes into its data folder; the command line is there as well when the link may not be read.
    if (readlinkSync(`/proc/${pid}/cwd`) === folder) return true;
  } catch {
    // Not ours to look at, or gone.
  }
  return commandOf(pid).includes(folder);
}

/** Fields of /proc/PID/stat after the name in brackets, which may itself hold anything; the first is the state. */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
