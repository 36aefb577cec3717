import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tokenidp/database';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './http';
import { serverUrl } from './test-server';

const PATIENCE_MS = 30_000;

/** A PostgreSQL of one's own that can be taken away, frozen, and brought back. */
export class Outages {
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'tokenidp-outages-'));
  private frozen: number[] = [];

  private constructor(private server: EmbeddedPostgres | undefined) {}

  static async begin(): Promise<Outages> {
    const outages = new Outages(undefined);
    await outages.back();
    return outages;
  }

  /** as in DATABASE_URL; the same after each return */
  get url(): string {
    return serverUrl(this.server!.socketDir, 'postgres');
  }

  /** Ends every connection, and takes no new ones. */
  away(): Promise<void> {
    return this.server!.stop();
  }

  async back(): Promise<void> {
    this.server = await startEmbeddedPostgres({ dataDir: this.dataDir });
  }

  /** Neither answers nor hangs up: what a machine does that is out of reach. */
  freeze(): void {
    const postmaster = this.server!.pid!;
    const backends = execFileSync('pgrep', ['-P', String(postmaster)])
      .toString()
      .trim()
      .split('\n')
      .map(Number);
    this.frozen = [postmaster, ...backends];
    for (const pid of this.frozen) process.kill(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.frozen) process.kill(pid, 'SIGCONT');
    this.frozen = [];
  }

  async end(): Promise<void> {
    this.thaw();
    await this.server!.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Resolves when the instance says of itself that it can serve. */
export async function untilReady(origin: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(50)) {
    if ((await send(`${origin}/health/ready`)).status === 200) return;
  }
  throw new Error(`not ready after ${PATIENCE_MS / 1000} s`);
}
