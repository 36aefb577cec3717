import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How to start PostgreSQL, which refuses to run as root. */
export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number }
  /** root seen as somebody else in a namespace of its own, for folders that only root may enter */
  | { readonly kind: 'namespace'; readonly uid: number };

interface Account {
  uid: number;
  gid: number;
}

/** initdb looks its own user up, so that it has to be one that is known. */
function unprivilegedAccount(): Account {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody": start as another user',
  );
}

/** True when `account` may pass through `folder` and everything above it. */
export function canEnter(account: Account, folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    const { uid, gid, mode } = statSync(path);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/**
 * Who is to run PostgreSQL: the owner of an existing cluster, else the caller, else (for root) an unprivileged user
 * when it can enter `folders`, else root under another number.
 */
export function chooseRunAs(clusterDir: string, folders: readonly string[]): RunAs {
  if (process.getuid?.() !== 0) return { kind: 'self' };
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  const account = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : unprivilegedAccount();
  if (owner?.uid !== 0 && folders.every((folder) => canEnter(account, folder))) return { kind: 'user', ...account };
  if (owner && owner.uid !== 0) {
    throw new Error(
      `${clusterDir} belongs to user ${owner.uid}, who cannot reach it: start as that user, or let it in`,
    );
  }
  return { kind: 'namespace', uid: account.uid };
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { uid?: number; gid?: number };
}

export function commandAs(runAs: RunAs, file: string, args: readonly string[]): Command {
  if (runAs.kind === 'self') return { file, args, options: {} };
  if (runAs.kind === 'user') return { file, args, options: { uid: runAs.uid, gid: runAs.gid } };
  return { file: 'unshare', args: ['--user', `--map-user=${runAs.uid}`, '--', file, ...args], options: {} };
}
