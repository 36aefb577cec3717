import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port';
import { isRunning } from './test-server';

export const root = join(__dirname, '../..');

const PATIENCE_MS = 60_000;
const REBUILD = `
  import { rebuildPortal, rebuildServer } from './tools/rebuild.mjs';
  await rebuildServer();
  await rebuildPortal();`;

/** Builds the server and the portal where they are older than their sources. */
export function rebuild(): void {
  execFileSync(process.execPath, ['--input-type=module', '--eval', REBUILD], { cwd: root });
}

const MAIN: readonly string[] = ['apps/idp/dist/main.js'];

/** How a process ended, and what it had said. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** The built server as an operator starts it: a process of its own with nothing but these variables. */
export class ServerProcess {
  private output = '';
  private readonly ended: Promise<Ending>;

  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = once(child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      output: this.output,
    }));
  }

  /** `as` is a command that runs the rest of its arguments as somebody else; `program` a script and its arguments. */
  static async start(
    environment: Record<string, string>,
    as: readonly string[] = [],
    program: readonly string[] = MAIN,
  ): Promise<ServerProcess> {
    const port = Number(environment.PORT ?? (await freePort()));
    const [script, ...names] = program;
    const [file, ...args] = [...as, process.execPath, join(root, script!), ...names];
    const env = { PATH: process.env.PATH, PORT: String(port), ...environment };
    return new ServerProcess(spawn(file!, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }), port);
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** All that it has said until now. */
  get said(): string {
    return this.output;
  }

  /** What it tells the person who started it, once it is up. */
  async banner(): Promise<string> {
    await this.until(() => /TokenIDP is up\.[^]*\n\n$/.test(this.output), 'come up');
    return this.output.slice(this.output.indexOf('TokenIDP is up.'));
  }

  async until(isSo: () => boolean, what: string): Promise<void> {
    for (const end = performance.now() + PATIENCE_MS; !isSo(); await sleep(20)) {
      const isOver = this.child.exitCode !== null || this.child.signalCode !== null;
      if (isOver || performance.now() > end) throw new Error(`the server did not ${what}:\n${this.output}`);
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Ending> {
    this.child.kill(signal);
    return this.ended;
  }

  ending(): Promise<Ending> {
    return this.ended;
  }
}

/** The process number of the PostgreSQL in a data folder; undefined when none is running. */
export function postgresIn(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgres/postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
  return pid !== undefined && isRunning(pid) ? pid : undefined;
}

/** A data folder, and the servers that work in it; all gone after `clear`, or `clearAll` where a test may fail before. */
export class Installation {
  private static readonly all = new Set<Installation>();

  readonly dataDir: string;
  private readonly parent = mkdtempSync(join(tmpdir(), 'tokenidp-start-'));
  private readonly servers: ServerProcess[] = [];

  constructor(
    private readonly environment: Record<string, string> = {},
    private readonly as: { command: readonly string[]; uid: number } | undefined = undefined,
  ) {
    this.dataDir = join(this.parent, 'data');
    Installation.all.add(this);
    execFileSync('chmod', ['755', this.parent]);
    if (as) execFileSync('chown', [String(as.uid), this.parent]);
  }

  static async clearAll(): Promise<void> {
    for (const each of Installation.all) await each.clear();
  }

  async start(environment: Record<string, string> = {}, program?: readonly string[]): Promise<ServerProcess> {
    const all = { DATA_DIR: this.dataDir, ...this.environment, ...environment };
    const server = await ServerProcess.start(all, this.as?.command, program);
    this.servers.push(server);
    return server;
  }

  async clear(): Promise<void> {
    Installation.all.delete(this);
    for (const { child } of this.servers) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    const left = postgresIn(this.dataDir);
    if (left !== undefined) process.kill(left, 'SIGQUIT');
    rmSync(this.parent, { recursive: true, force: true });
  }
}
