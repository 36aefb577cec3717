import {
  CoherentCache,
  type EmbeddedPostgres,
  openDatabase,
  type OpenDatabase,
  startEmbeddedPostgres,
  statement,
  TenantRepository,
} from '@tokenidp/database';
import { newId, UnavailableError } from '@tokenidp/kernel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNotes, note, NoteEntity } from '../support/note.entity';
import { serverUrl } from '../support/test-server';

const SLOW = statement({
  name: 'test.slow',
  parameters: { seconds: 'integer' },
  postgres: `SELECT pg_sleep(:seconds)`,
});

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 10_000; !(await isDone()); await sleep(20)) {
    if (performance.now() > end) throw new Error('it did not come about within 10 s');
  }
}

describe('a database that goes away', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tokenidp-away-'));
  let server: EmbeddedPostgres;
  let open: OpenDatabase;
  let notes: TenantRepository<NoteEntity>;
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown): void => void uncaught.push(error);

  beforeAll(async () => {
    process.on('uncaughtException', onUncaught);
    server = await startEmbeddedPostgres({ dataDir });
    const url = serverUrl(server.socketDir, 'postgres');
    open = await openDatabase({ url, dataDir: '', entities: [NoteEntity] });
    notes = new TenantRepository(open.database, NoteEntity);
    await createNotes(open.database);
  });
  afterAll(async () => {
    await open.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
    process.off('uncaughtException', onUncaught);
  });

  const answers = async (): Promise<boolean> => {
    try {
      await open.database.ping();
      return open.invalidations.coherent;
    } catch {
      return false;
    }
  };

  it('fails every call with UnavailableError, also those that were under way', async () => {
    const tenantId = newId();
    const underWay = [
      open.database.rows(SLOW, { seconds: 30 }),
      open.database.transaction((tx) => open.database.rows(SLOW, { seconds: 30 }, tx)),
      open.database.transaction(async (tx) => {
        await notes.insert(tenantId, note(newId()), tx);
        await sleep(500);
        await notes.find(tenantId, {}, {}, tx);
      }),
    ];
    const outcomes = Promise.allSettled(underWay);
    await sleep(100);
    await server.stop();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(UnavailableError) });
    }
    for (const call of [
      () => open.database.ping(),
      () => open.database.rows(SLOW, { seconds: 0 }),
      () => open.database.execute(SLOW, { seconds: 0 }),
      () => open.database.transaction(() => Promise.resolve()),
      () => notes.findOne(tenantId, { id: newId() }),
      () => notes.insert(tenantId, note(newId())),
      () => open.invalidations.publish('t', 'k'),
    ]) {
      await expect(call()).rejects.toThrow(UnavailableError);
    }
  });

  it('empties the caches, which then believe nothing they have not asked for', async () => {
    expect(open.invalidations.coherent).toBe(false);
    let loads = 0;
    const load = async (): Promise<object> => ({ load: ++loads });
    const cache = new CoherentCache(open.invalidations, { topic: newId(), max: 5, load });
    await cache.get('k');
    await cache.get('k');
    expect(loads).toBe(2);
    expect(cache.peek('k')).toBeUndefined();
  });

  it('is used again as soon as it is back, without a word from anybody', async () => {
    server = await startEmbeddedPostgres({ dataDir });
    await until(answers);
    const tenantId = newId();
    await notes.insert(tenantId, note(newId()));
    expect(await notes.find(tenantId, {})).toHaveLength(1);
    const cache = new CoherentCache(open.invalidations, {
      topic: newId(),
      max: 5,
      load: async () => ({}),
    });
    await cache.get('k');
    expect(cache.peek('k')).toBeDefined();
  });

  it('is missed at once when only the listening connection is cut, and caches are filled anew', async () => {
    const topic = newId();
    const cache = new CoherentCache(open.invalidations, { topic, max: 5, load: async () => ({}) });
    await cache.get('k');
    await open.database.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'`,
    );
    await until(() => cache.peek('k') === undefined);
    await until(answers);
    expect(open.invalidations.coherent).toBe(true);
  });

  it('is started again when the embedded server is killed, and no acknowledged row is lost', async () => {
    const tenantId = newId();
    const ids = Array.from({ length: 20 }, () => newId());
    for (const id of ids) await notes.insert(tenantId, note(id));
    const { pid } = server;
    process.kill(pid!, 'SIGKILL');
    await until(async () => server.pid !== pid && (await answers()));
    const found = await notes.find(tenantId, {}, { order: { id: 'ASC' } });
    expect(found.map(({ id }) => id)).toEqual([...ids].sort());
  });

  it('never was an uncaught exception', () => {
    expect(uncaught).toEqual([]);
  });
});
