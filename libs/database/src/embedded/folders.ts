import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunAs } from './run-as';

/** The kernel's limit of a socket's path, less `/.s.PGSQL.5432` and the final zero. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length - 1;

export interface Folders {
  readonly dataDir: string;
  readonly cluster: string;
  readonly newCluster: string;
  readonly lock: string;
  readonly log: string;
}

/** Makes the data folder; as root it may be passed through, so that another user can own the cluster inside. */
export function prepareDataDir(dataDir: string): Folders {
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const real = realpathSync(dataDir);
  return {
    dataDir: real,
    cluster: join(real, 'postgres'),
    newCluster: join(real, 'postgres.new'),
    lock: join(real, 'server.lock'),
    log: join(real, 'postgres.log'),
  };
}

/** A folder only the server's user may enter. */
export function privateFolder(path: string, runAs: RunAs): string {
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
  const { uid } = lstatSync(path);
  const expected = runAs.kind === 'user' ? runAs.uid : process.getuid?.();
  if (uid !== expected) {
    if (process.getuid?.() !== 0) throw new Error(`${path} belongs to another user (${uid}): remove it`);
    chownSync(path, expected ?? 0, runAs.kind === 'user' ? runAs.gid : 0);
  }
  if (!lstatSync(path).isDirectory()) throw new Error(`${path} is not a folder: remove it`);
  chmodSync(path, 0o700);
  return path;
}

/** Inside the data folder, or a short one elsewhere when that would be too deep for a socket. */
export function socketFolder({ dataDir }: Folders, runAs: RunAs): string {
  return privateFolder(socketPath(dataDir), runAs);
}

/** The same, of a data folder whose path is real; nothing is made. */
export function socketPath(dataDir: string): string {
  const inside = join(dataDir, 'socket');
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER) return inside;
  const tag = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const temp = Buffer.byteLength(tmpdir()) + 30 <= LONGEST_SOCKET_FOLDER ? tmpdir() : '/tmp';
  return join(temp, `tokenidp-${tag}`);
}
