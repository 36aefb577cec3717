import type { Database } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { MachineTokenCounts } from './machine-token-counts';

class SteppedClock extends Clock {
  instant = new Date('2026-03-04T05:06:07Z');
  now(): Date {
    return this.instant;
  }
}

interface Written {
  id: string;
  clientId: string;
  occurrences: number;
  occurredAt: string;
}

function setUp() {
  const clock = new SteppedClock();
  const written: Written[] = [];
  const store = { down: false };
  const database = {
    execute: async (_statement: unknown, { counts }: { counts: Written[] }) => {
      if (store.down) throw new Error('away');
      written.push(...counts);
      return counts.length;
    },
  } as unknown as Database;
  return { clock, written, store, counts: new MachineTokenCounts(database, clock) };
}

describe('MachineTokenCounts', () => {
  it('writes one row per client and minute, and only minutes that are over', async () => {
    const { clock, written, counts } = setUp();
    for (let i = 0; i < 3; i++) counts.count('t', 'a');
    counts.count('t', 'b');
    await counts.flush();
    expect(written).toEqual([]);
    clock.instant = new Date('2026-03-04T05:07:01Z');
    counts.count('t', 'a');
    await counts.flush();
    expect(written).toHaveLength(2);
    expect(written).toContainEqual(
      expect.objectContaining({ clientId: 'a', occurrences: 3, occurredAt: '2026-03-04T05:06:00.000Z' }),
    );
    expect(written).toContainEqual(expect.objectContaining({ clientId: 'b', occurrences: 1 }));
  });

  it('writes the running minute, too, before the application ends', async () => {
    const { written, counts } = setUp();
    counts.count('t', 'a');
    await counts.beforeApplicationShutdown();
    counts.count('t', 'a');
    await counts.onApplicationShutdown();
    expect(written.map(({ occurrences }) => occurrences)).toEqual([1, 1]);
  });

  it('loses nothing while the database is away, and keeps the ids, so that nothing is counted twice', async () => {
    const { written, counts, store } = setUp();
    counts.count('t', 'a');
    store.down = true;
    await expect(counts.flush('all')).rejects.toThrow('away');
    counts.count('t', 'a');
    await expect(counts.flush('all')).rejects.toThrow('away');
    store.down = false;
    await counts.flush('all');
    expect(written.map(({ occurrences }) => occurrences)).toEqual([1, 1]);
    expect(new Set(written.map(({ id }) => id)).size).toBe(2);
  });

  it('keeps no more than 10 000 open counts', async () => {
    const { written, counts } = setUp();
    for (let i = 0; i < 10_000; i++) counts.count('t', `client-${i}`);
    await new Promise(setImmediate);
    expect(written).toHaveLength(10_000);
  });
});
