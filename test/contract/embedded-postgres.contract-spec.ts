import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tokenidp/database';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { isRunning, serverUrl } from '../support/test-server';

const root = join(__dirname, '../..');
const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const children: ChildProcess[] = [];

function folder(mode = 0o755): string {
  const path = mkdtempSync(join(tmpdir(), 'tokenidp-embedded-'));
  chmodSync(path, mode);
  folders.push(path);
  return path;
}

interface Started {
  child: ChildProcess;
  pid: number;
  socketDir: string;
  error?: string;
}

/** Another process of the product, perhaps as another user. */
async function startChild(dataDir: string, as: readonly string[] = []): Promise<Started> {
  const node = [process.execPath, '--conditions=source', '--require', join(root, 'tools/typescript-hook.cjs')];
  const [file, ...args] = [...as, ...node, join(root, 'test/support/embedded-child.ts'), dataDir];
  const child = spawn(file!, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await new Promise<Buffer>((resolve) => child.stdout!.once('data', resolve))).toString().split('\n');
  return { child, ...(JSON.parse(line!) as Omit<Started, 'child'>) };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}

async function query(socketDir: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: serverUrl(socketDir, 'postgres') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const isDown = async (pid: number): Promise<boolean> => {
  for (let n = 0; n < 100 && isRunning(pid); n++) await sleep(20);
  return !isRunning(pid);
};
/** Process group and session, fields 5 and 6 of /proc/PID/stat. */
const groupOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(2, 4);

describe('the embedded PostgreSQL', () => {
  afterAll(async () => {
    for (const child of children)
      if (child.exitCode === null && child.signalCode === null) await ended(child, 'SIGTERM');
    for (const path of folders) rmSync(path, { recursive: true, force: true });
  });

  it('is made in an empty folder, stopped cleanly, and up again in a moment with what was stored', async () => {
    const dataDir = join(folder(), 'not', 'there', 'yet');
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first.socketDir, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const { pid } = first;
    await first.stop();
    expect(isRunning(pid!)).toBe(false);
    expect(existsSync(join(dataDir, 'server.lock'))).toBe(false);
    const started = performance.now();
    const second = await startEmbeddedPostgres({ dataDir });
    // 0.1 s by itself; the machine may have other things to do.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await query(second.socketDir, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toMatch(/recovery|interrupted/);
  });

  it('can be reached by its own user only, and by no network', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder() });
    expect(statSync(server.socketDir).mode & 0o777).toBe(0o700);
    expect(await query(server.socketDir, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(await query(server.socketDir, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await server.stop();
  });

  it('has a process group of its own, so that Ctrl-C reaches the server first', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder() });
    expect(groupOf(server.pid!)).toEqual([String(server.pid), String(server.pid)]);
    await server.stop();
  });

  it('is waited for, also by a process that has nothing else to do', () => {
    const dataDir = folder();
    const script = `require('@tokenidp/database').startEmbeddedPostgres({ dataDir: '${dataDir}' })
      .then((server) => server.stop()).then(() => process.stdout.write('stopped'))`;
    const hook = join(root, 'tools/typescript-hook.cjs');
    for (let n = 0; n < 3; n++) {
      const args = ['--conditions=source', '--require', hook, '--eval', script];
      expect(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })).toBe('stopped');
      expect(existsSync(join(dataDir, 'server.lock'))).toBe(false);
    }
  });

  it('serves one server: a second one on the folder is told who has it, until that one is gone', async () => {
    const dataDir = folder();
    const { child, pid } = await startChild(dataDir);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      `the data folder ${dataDir} is in use by another server (process ${child.pid})`,
    );
    expect(isRunning(pid)).toBe(true);
    await ended(child, 'SIGTERM');
    const server = await startEmbeddedPostgres({ dataDir });
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`process ${process.pid}`);
    await server.stop();
  });

  it('outlives a server that was killed, and makes way for the next one with nothing lost', async () => {
    const dataDir = folder();
    const { child, pid, socketDir } = await startChild(dataDir);
    await query(socketDir, 'CREATE TABLE kept AS SELECT 1 AS one');
    await ended(child, 'SIGKILL');
    expect(isRunning(pid)).toBe(true);
    const server = await startEmbeddedPostgres({ dataDir });
    expect(server.pid).not.toBe(pid);
    expect(await isDown(pid)).toBe(true);
    expect(await query(server.socketDir, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('comes back after both were killed at once', async () => {
    const dataDir = folder();
    const { child, pid, socketDir } = await startChild(dataDir);
    await query(socketDir, 'CREATE TABLE kept AS SELECT 1 AS one');
    process.kill(pid, 'SIGKILL');
    await ended(child, 'SIGKILL');
    const server = await startEmbeddedPostgres({ dataDir });
    expect(await query(server.socketDir, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it.each([
    ['a process that is no more', () => 4_194_303],
    ['a stranger who has the number now', () => process.pid],
  ])('removes a postmaster.pid that names %s', async (_what, number) => {
    const dataDir = folder();
    const server = await startEmbeddedPostgres({ dataDir });
    await server.stop();
    const pid = join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(pid, `${number()}\n${dataDir}/postgres\n1\n5432\n\n`);
    const again = await startEmbeddedPostgres({ dataDir });
    expect(Number(readFileSync(pid, 'utf8').split('\n')[0])).toBe(again.pid);
    await again.stop();
  });

  it('begins anew when it was interrupted while the cluster was being made', async () => {
    const dataDir = folder();
    mkdirSync(join(dataDir, 'postgres.new/base'), { recursive: true });
    writeFileSync(join(dataDir, 'server.lock'), '');
    const server = await startEmbeddedPostgres({ dataDir });
    expect(await query(server.socketDir, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('puts its socket elsewhere when the folder is too deep for one', async () => {
    const dataDir = join(folder(), 'd'.repeat(120));
    const server = await startEmbeddedPostgres({ dataDir });
    expect(server.socketDir.startsWith(dataDir)).toBe(false);
    expect(Buffer.byteLength(join(server.socketDir, '.s.PGSQL.5432'))).toBeLessThan(107);
    expect(statSync(server.socketDir).mode & 0o777).toBe(0o700);
    expect(await query(server.socketDir, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    rmSync(server.socketDir, { recursive: true });
  });

  it('tells why it cannot start', async () => {
    const dataDir = folder();
    const server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir });
    await server.stop();
    const broken = startEmbeddedPostgres({ dataDir, settings: { shared_buffers: 'nonsense' } });
    await expect(broken).rejects.toThrow(/invalid value for parameter "shared_buffers"/);
    const again = await startEmbeddedPostgres({ dataDir });
    await again.stop();
  });

  const asRoot = isRoot ? it : it.skip;
  const ownerOf = (pid: number): number => statSync(`/proc/${pid}`).uid;

  asRoot('runs as somebody else when root starts it in a folder others may enter', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder(0o755) });
    expect(ownerOf(server.pid!)).not.toBe(0);
    await server.stop();
  });

  asRoot('runs in a namespace of its own in a folder only root may enter', async () => {
    const dataDir = join(folder(0o700), 'data');
    for (let n = 0; n < 2; n++) {
      const server = await startEmbeddedPostgres({ dataDir });
      expect(readFileSync(`/proc/${server.pid}/uid_map`, 'utf8').trim().split(/\s+/)[1]).toBe('0');
      expect(await query(server.socketDir, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await server.stop();
      expect(isRunning(server.pid!)).toBe(false);
    }
  });

  const asUser = (uid: number): string[] => ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];

  asRoot('runs as the caller when that is a plain user', async () => {
    const dataDir = join(folder(), 'data');
    execFileSync('chown', ['65534:65534', dirname(dataDir)]);
    const first = await startChild(dataDir, asUser(65534));
    expect(first.error).toBeUndefined();
    expect(ownerOf(first.pid)).toBe(65534);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow('in use by another server');
    await ended(first.child, 'SIGKILL');
    const second = await startChild(dataDir, asUser(65534));
    expect(second.error).toBeUndefined();
    expect(await isDown(first.pid)).toBe(true);
    await ended(second.child, 'SIGTERM');
    expect(isRunning(second.pid)).toBe(false);
  });

  asRoot('runs as a user who is only a number, as in many containers', async () => {
    const dataDir = join(folder(), 'data');
    execFileSync('chown', ['23456:23456', dirname(dataDir)]);
    for (let n = 0; n < 2; n++) {
      const { child, pid, error } = await startChild(dataDir, asUser(23456));
      expect(error).toBeUndefined();
      await ended(child, 'SIGTERM');
      expect(isRunning(pid)).toBe(false);
    }
  });
});
