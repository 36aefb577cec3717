import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBinaries, type PostgresBinaries } from './binaries';
import { type Folders, prepareDataDir, privateFolder, socketFolder } from './folders';
import { clearPostmaster, stopProcess } from './orphan';
import { chooseRunAs, commandAs, type RunAs } from './run-as';
import { lockFolder } from './server-lock';
import { postgresSettings } from './settings';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** over the built-in settings; for tests */
  readonly settings?: Readonly<Record<string, string>>;
  /** told when the server died by itself and is started again */
  readonly onRestart?: (reason: string) => void;
}

const LOOK_AGAIN_MS = 10;
const READY_WITHIN_MS = 120_000;
const LARGEST_LOG = 10 * 1024 * 1024;
const RESTART_DELAY_MS = 500;
const LONGEST_RESTART_DELAY_MS = 8_000;
const START_ATTEMPTS = 5;
const BUSY = /lock file|shared memory block|could not lock|is being used/i;

/** A PostgreSQL of our own in a data folder, reached through a socket that only this user may use. */
export class EmbeddedPostgres {
  private child: ChildProcess | undefined;
  private stopping = false;
  private restarting: Promise<void> | undefined;
  private readonly atExit = (): void => {
    this.child?.kill('SIGINT');
  };

  constructor(
    private readonly binaries: PostgresBinaries,
    private readonly folders: Folders,
    private readonly runAs: RunAs,
    private readonly options: EmbeddedPostgresOptions & { socketDir: string; unlock: () => void },
  ) {}

  get socketDir(): string {
    return this.options.socketDir;
  }

  /** of the server process; undefined while it is not running */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    await clearPostmaster(this.folders.cluster, this.socketDir);
    if (!existsSync(join(this.folders.cluster, 'PG_VERSION'))) await this.initialize();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.launch();
        process.once('exit', this.atExit);
        return;
      } catch (error) {
        // Children of a server that was killed hold on to its memory for a moment.
        if (attempt === START_ATTEMPTS || !BUSY.test((error as Error).message)) throw error;
        await sleep(RESTART_DELAY_MS);
      }
    }
  }

  /** Waits for what is being written, ends the connections and the server, and frees the folder. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    process.removeListener('exit', this.atExit);
    await this.restarting;
    const { child } = this;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      // Nothing else may be left that keeps this process from ending before the server has.
      child.ref();
      const exit = new Promise((resolve) => child.once('exit', resolve));
      await stopProcess(child.pid);
      await exit;
    }
    this.options.unlock();
  }

  /** initdb works beside and is renamed when done: a cluster is whole or not there. */
  private async initialize(): Promise<void> {
    const { newCluster, cluster } = this.folders;
    rmSync(newCluster, { recursive: true, force: true });
    privateFolder(newCluster, this.runAs);
    const args = ['-D', newCluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions'];
    const command = commandAs(this.runAs, this.binaries.initdb, args);
    try {
      await promisify(execFile)(command.file, [...command.args], {
        ...command.options,
        cwd: this.folders.dataDir,
        env: environment(),
      });
    } catch (error) {
      throw new Error(`initdb failed: ${whyNot(error, this.binaries.initdb)}`, { cause: error });
    }
    rmSync(cluster, { recursive: true, force: true });
    renameSync(newCluster, cluster);
  }

  private async launch(): Promise<void> {
    const { log, cluster, dataDir } = this.folders;
    const logSize = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const output = openSync(log, logSize > LARGEST_LOG ? 'w' : 'a', 0o600);
    const from = logSize > LARGEST_LOG ? 0 : logSize;
    const settings = postgresSettings(this.socketDir, this.options.settings);
    const command = commandAs(this.runAs, this.binaries.postgres, ['-D', cluster, ...settings]);
    // A group of its own: Ctrl-C reaches only us, and we let the requests finish first.
    const child = spawn(command.file, [...command.args], {
      ...command.options,
      cwd: dataDir,
      env: environment(),
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.unref();
    this.child = child;
    await untilReady(child, cluster, () => readFileSync(log).subarray(from).toString());
    child.once('exit', (code, signal) => {
      if (!this.stopping) this.restarting = this.restart(`PostgreSQL ended (${signal ?? code})`);
    });
  }

  private async restart(reason: string): Promise<void> {
    for (let delay = RESTART_DELAY_MS; !this.stopping; delay = Math.min(delay * 2, LONGEST_RESTART_DELAY_MS)) {
      this.options.onRestart?.(reason);
      await sleep(delay, undefined, { ref: false });
      if (this.stopping) return;
      try {
        await clearPostmaster(this.folders.cluster, this.socketDir);
        return await this.launch();
      } catch (error) {
        reason = (error as Error).message;
      }
    }
  }
}

/**
 * Starts the PostgreSQL of a data folder, which is made when missing. One server per folder.
 * @throws Error with a message for the operator
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = findBinaries();
  const folders = prepareDataDir(options.dataDir);
  const unlock = await lockFolder(folders.lock, folders.dataDir);
  try {
    const runAs = chooseRunAs(folders.cluster, [binaries.root, folders.dataDir]);
    const socketDir = socketFolder(folders, runAs);
    const server = new EmbeddedPostgres(binaries, folders, runAs, { ...options, socketDir, unlock });
    await server.start();
    return server;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A program that is there and is not found wants a loader that is not there. */
function whyNot(error: unknown, program: string): string {
  const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
  if (code !== 'ENOENT' || !existsSync(program)) return stderr || message;
  return 'it is built for glibc, which this system (Alpine?) does not have: set DATABASE_URL to a database of your own';
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** The eighth line of postmaster.pid is what pg_ctl waits for. */
async function untilReady(child: ChildProcess, cluster: string, log: () => string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  while (performance.now() < until) {
    if (failure) throw new Error(`PostgreSQL cannot be started: ${failure.message}`, { cause: failure });
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`PostgreSQL did not start:\n${log()}`);
    if (isReady(join(cluster, 'postmaster.pid'), child.pid)) return;
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error(`PostgreSQL is not ready after ${READY_WITHIN_MS / 1000} s:\n${log()}`);
}

function isReady(file: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}
