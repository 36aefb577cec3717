import { startEmbeddedPostgres } from '@tokenidp/database';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { isRunning, serverUrl } from './test-server';

export const root = join(__dirname, '../..');
export const nodeArguments = ['--conditions=source', '--require', join(root, 'tools/typescript-hook.cjs')];

export interface Started {
  child: ChildProcess;
  pid: number;
  socketDir: string;
  error?: string;
}

/** Data folders and the processes that work in them, all gone after `clear`. */
export class EmbeddedFolders {
  private readonly folders: string[] = [];
  private readonly children: ChildProcess[] = [];
  private model: Promise<string> | undefined;

  empty(mode = 0o755): string {
    const path = mkdtempSync(join(tmpdir(), 'tokenidp-embedded-'));
    chmodSync(path, mode);
    this.folders.push(path);
    return path;
  }

  /** With a cluster that was stopped cleanly; quicker than to have it made. */
  async prepared(): Promise<string> {
    this.model ??= this.prepare();
    const path = this.empty();
    execFileSync('cp', ['-a', join(await this.model, 'postgres'), path]);
    return path;
  }

  private async prepare(): Promise<string> {
    const path = this.empty();
    const server = await startEmbeddedPostgres({ dataDir: path });
    await server.stop();
    return path;
  }

  /** Another process of the product, perhaps as another user. */
  async start(dataDir: string, as: readonly string[] = []): Promise<Started> {
    const script = join(root, 'test/support/embedded-child.ts');
    const [file, ...args] = [...as, process.execPath, ...nodeArguments, script, dataDir];
    const child = spawn(file!, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    this.children.push(child);
    const line = await new Promise<Buffer>((resolve) => child.stdout!.once('data', resolve));
    return { child, ...(JSON.parse(line.toString().split('\n')[0]!) as Omit<Started, 'child'>) };
  }

  async clear(): Promise<void> {
    for (const child of this.children) {
      if (child.exitCode === null && child.signalCode === null) await ended(child, 'SIGTERM');
    }
    for (const path of this.folders) rmSync(path, { recursive: true, force: true });
  }
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}

export async function query(socketDir: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: serverUrl(socketDir, 'postgres') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Whether a process is gone, at the latest after two seconds. */
export async function isDown(pid: number): Promise<boolean> {
  for (let n = 0; n < 100 && isRunning(pid); n++) await sleep(20);
  return !isRunning(pid);
}
