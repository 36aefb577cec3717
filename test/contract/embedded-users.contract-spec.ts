import { startEmbeddedPostgres } from '@tokenidp/database';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedFolders, ended, isDown, query } from '../support/embedded';
import { isRunning } from '../support/test-server';

const folders = new EmbeddedFolders();

describe('the user the embedded PostgreSQL runs as', () => {
  afterAll(() => folders.clear());

  // Only root can be somebody else.
  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  const ownerOf = (pid: number): number => statSync(`/proc/${pid}`).uid;

  asRoot('is somebody else when root starts it in a folder others may enter', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folders.empty(0o755) });
    expect(ownerOf(server.pid!)).not.toBe(0);
    await server.stop();
  });

  asRoot('is root under another number in a folder only root may enter', async () => {
    const dataDir = join(folders.empty(0o700), 'data');
    for (let n = 0; n < 2; n++) {
      const server = await startEmbeddedPostgres({ dataDir });
      expect(readFileSync(`/proc/${server.pid}/uid_map`, 'utf8').trim().split(/\s+/)[1]).toBe('0');
      expect(await query(server.socketDir, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await server.stop();
      expect(isRunning(server.pid!)).toBe(false);
    }
  });

  const asUser = (uid: number): string[] => ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];

  asRoot('is the caller when that is a plain user', async () => {
    const dataDir = join(folders.empty(), 'data');
    execFileSync('chown', ['65534:65534', dirname(dataDir)]);
    const first = await folders.start(dataDir, asUser(65534));
    expect(first.error).toBeUndefined();
    expect(ownerOf(first.pid)).toBe(65534);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow('in use by another server');
    await ended(first.child, 'SIGKILL');
    const second = await folders.start(dataDir, asUser(65534));
    expect(second.error).toBeUndefined();
    expect(await isDown(first.pid)).toBe(true);
    await ended(second.child, 'SIGTERM');
    expect(isRunning(second.pid)).toBe(false);
  });

  asRoot('may be only a number, as in many containers', async () => {
    const dataDir = join(folders.empty(), 'data');
    execFileSync('chown', ['23456:23456', dirname(dataDir)]);
    for (let n = 0; n < 2; n++) {
      const { child, pid, error } = await folders.start(dataDir, asUser(23456));
      expect(error).toBeUndefined();
      await ended(child, 'SIGTERM');
      expect(isRunning(pid)).toBe(false);
    }
  });
});
