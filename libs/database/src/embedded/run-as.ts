import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How to start PostgreSQL, which refuses to run as root. */
export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number }
  /** the caller under another number, in a namespace of its own */
  | { readonly kind: 'namespace'; readonly uid: number };

interface Account {
  uid: number;
  gid: number;
}

function accounts(): Map<string, Account> {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return new Map(
    lines.map((line) => {
      const [name, , uid, gid] = line.split(':');
      return [name!, { uid: Number(uid), gid: Number(gid) }];
    }),
  );
}

/** initdb looks its own user up, so that it has to be one that is known. */
function unprivilegedAccount(known: ReadonlyMap<string, Account>): Account {
  const account = known.get('postgres') ?? known.get('nobody');
  if (account) return account;
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody": start as another user',
  );
}

/** A container may run as a number without a name; macOS keeps its users elsewhere, and has them all. */
function asCaller(uid: number, clusterDir: string): RunAs {
  if (process.platform !== 'linux' || existsSync(clusterDir)) return { kind: 'self' };
  const known = accounts();
  const isKnown = [...known.values()].some((account) => account.uid === uid);
  return isKnown ? { kind: 'self' } : { kind: 'namespace', uid: unprivilegedAccount(known).uid };
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
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return asCaller(uid, clusterDir);
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  const isOwned = owner !== undefined && owner.uid !== 0;
  const account = isOwned ? { uid: owner.uid, gid: owner.gid } : unprivilegedAccount(accounts());
  if (owner?.uid !== 0 && folders.every((folder) => canEnter(account, folder))) return { kind: 'user', ...account };
  if (isOwned) {
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
