import { startEmbeddedPostgres } from '@tokenidp/database';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedFolders, ended, isDown, nodeArguments, query, root } from '../support/embedded';
import { isRunning } from '../support/test-server';

const folders = new EmbeddedFolders();

/** Process group and session, fields 5 and 6 of /proc/PID/stat. */
const groupOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(2, 4);

describe('the embedded PostgreSQL', () => {
  afterAll(() => folders.clear());

  it('is made in an empty folder, stopped cleanly, and up again in a moment with what was stored', async () => {
    const dataDir = join(folders.empty(), 'not', 'there', 'yet');
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
    const server = await startEmbeddedPostgres({ dataDir: await folders.prepared() });
    expect(statSync(server.socketDir).mode & 0o777).toBe(0o700);
    expect(await query(server.socketDir, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(await query(server.socketDir, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await server.stop();
  });

  it('has a process group of its own, so that Ctrl-C reaches the server first', async () => {
    const server = await startEmbeddedPostgres({ dataDir: await folders.prepared() });
    expect(groupOf(server.pid!)).toEqual([String(server.pid), String(server.pid)]);
    await server.stop();
  });

  it('is not started again behind the back of who stops it', async () => {
    const dataDir = await folders.prepared();
    const restarts: string[] = [];
    const server = await startEmbeddedPostgres({ dataDir, onRestart: (reason) => restarts.push(reason) });
    const { pid } = server;
    process.kill(pid!, 'SIGKILL');
    while (restarts.length === 0) await sleep(5);
    expect(restarts).toEqual(['PostgreSQL ended (SIGKILL)']);
    await server.stop();
    await sleep(1_000);
    expect(isRunning(server.pid!)).toBe(false);
    const again = await startEmbeddedPostgres({ dataDir });
    expect(await query(again.socketDir, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await again.stop();
  });

  it('is waited for, also by a process that has nothing else to do', async () => {
    const dataDir = await folders.prepared();
    const script = `require('@tokenidp/database').startEmbeddedPostgres({ dataDir: '${dataDir}' })
      .then((server) => server.stop()).then(() => process.stdout.write('stopped'))`;
    for (let n = 0; n < 3; n++) {
      const args = [...nodeArguments, '--eval', script];
      expect(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })).toBe('stopped');
      expect(existsSync(join(dataDir, 'server.lock'))).toBe(false);
    }
  });

  it('serves one server: a second one on the folder is told who has it, until that one is gone', async () => {
    const dataDir = await folders.prepared();
    const { child, pid } = await folders.start(dataDir);
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
    const dataDir = await folders.prepared();
    const { child, pid, socketDir } = await folders.start(dataDir);
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
    const dataDir = await folders.prepared();
    const { child, pid, socketDir } = await folders.start(dataDir);
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
    const dataDir = await folders.prepared();
    const server = await startEmbeddedPostgres({ dataDir });
    await server.stop();
    const pid = join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(pid, `${number()}\n${dataDir}/postgres\n1\n5432\n\n`);
    const again = await startEmbeddedPostgres({ dataDir });
    expect(Number(readFileSync(pid, 'utf8').split('\n')[0])).toBe(again.pid);
    await again.stop();
  });

  it('begins anew when it was interrupted while the cluster was being made', async () => {
    const dataDir = folders.empty();
    mkdirSync(join(dataDir, 'postgres.new/base'), { recursive: true });
    writeFileSync(join(dataDir, 'server.lock'), '');
    const server = await startEmbeddedPostgres({ dataDir });
    expect(await query(server.socketDir, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('puts its socket elsewhere when the folder is too deep for one', async () => {
    const dataDir = join(folders.empty(), 'd'.repeat(120));
    const server = await startEmbeddedPostgres({ dataDir });
    expect(server.socketDir.startsWith(dataDir)).toBe(false);
    expect(Buffer.byteLength(join(server.socketDir, '.s.PGSQL.5432'))).toBeLessThan(107);
    expect(statSync(server.socketDir).mode & 0o777).toBe(0o700);
    expect(await query(server.socketDir, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    rmSync(server.socketDir, { recursive: true });
  });

  it('tells why it cannot start', async () => {
    const dataDir = await folders.prepared();
    const server = await startEmbeddedPostgres({ dataDir });
    await server.stop();
    const broken = startEmbeddedPostgres({ dataDir, settings: { shared_buffers: 'nonsense' } });
    await expect(broken).rejects.toThrow(/invalid value for parameter "shared_buffers"/);
    const again = await startEmbeddedPostgres({ dataDir });
    await again.stop();
  });
});
