import { CoherentCache, type Invalidations } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import { onEveryDatabase } from '../support/contract';

/** Until `isDone`, or a second has gone by. */
async function within(milliseconds: number, isDone: () => boolean): Promise<number> {
  const started = performance.now();
  while (!isDone() && performance.now() - started < milliseconds) await sleep(2);
  return Math.round(performance.now() - started);
}

onEveryDatabase('invalidations', (context) => {
  let here: Invalidations;
  let there: Invalidations;
  beforeAll(async () => {
    here = context.invalidations;
    there = (await context.another()).invalidations;
    await within(1_000, () => here.coherent && there.coherent);
  });

  const heard = (invalidations: Invalidations, topic: string): string[] => {
    const keys: string[] = [];
    invalidations.on(topic, (key) => keys.push(key));
    return keys;
  };

  it('are heard by another instance well within a second, and here at once', async () => {
    const topic = newId();
    const [own, others] = [heard(here, topic), heard(there, topic)];
    await here.publish(topic, 'a key: with spaces');
    expect(own[0]).toBe('a key: with spaces');
    expect(await within(1_000, () => others.length > 0)).toBeLessThan(900);
    expect(others[0]).toBe('a key: with spaces');
  });

  it('are heard after the commit, and not at all after a rollback', async () => {
    const topic = newId();
    const [own, others] = [heard(here, topic), heard(there, topic)];
    const undone = context.database.transaction(async (tx) => {
      await here.publish(topic, 'undone', tx);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await context.database.transaction(async (tx) => {
      await here.publish(topic, 'done', tx);
      await sleep(600);
      expect([...own, ...others]).toEqual([]);
    });
    expect(own[0]).toBe('done');
    await within(1_000, () => others.length > 0);
    expect(new Set([...own, ...others])).toEqual(new Set(['done']));
  });

  it('reach only the topic they name', async () => {
    const [topic, other] = [newId(), newId()];
    const [named, unnamed] = [heard(there, topic), heard(there, other)];
    await here.publish(topic, 'k');
    await within(1_000, () => named.length > 0);
    expect(unnamed).toEqual([]);
  });

  it('keep the caches of two instances alike', async () => {
    const topic = newId();
    const stored = new Map([['a', { version: 1 }]]);
    let loads = 0;
    const load = async (key: string): Promise<{ version: number } | null> => {
      loads++;
      return stored.get(key) ?? null;
    };
    const [mine, theirs] = [here, there].map((each) => new CoherentCache(each, { topic, max: 10, load })) as [
      CoherentCache<{ version: number }>,
      CoherentCache<{ version: number }>,
    ];
    for (let n = 0; n < 3; n++) {
      expect(await mine.get('a')).toEqual({ version: 1 });
      expect(await theirs.get('a')).toEqual({ version: 1 });
      expect(await theirs.get('b')).toBeNull();
    }
    expect(loads).toBe(3);
    stored.set('a', { version: 2 });
    stored.set('b', { version: 1 });
    await here.publish(topic, 'a');
    await here.publish(topic, 'b');
    expect(await mine.get('a')).toEqual({ version: 2 });
    await within(1_000, () => theirs.peek('a') === undefined);
    await sleep(350);
    expect(await theirs.get('a')).toEqual({ version: 2 });
    expect(await theirs.get('b')).toEqual({ version: 1 });
  });

  it('lose nothing of many at once from both sides', async () => {
    const topic = newId();
    const [own, others] = [heard(here, topic), heard(there, topic)];
    const keys = Array.from({ length: 50 }, (_, n) => `k${n}`);
    await Promise.all(
      keys.map((key, n) =>
        n % 2 ? here.publish(topic, key) : context.database.transaction((tx) => there.publish(topic, key, tx)),
      ),
    );
    await within(1_000, () => new Set(own).size === 50 && new Set(others).size === 50);
    expect(new Set(own)).toEqual(new Set(keys));
    expect(new Set(others)).toEqual(new Set(keys));
  });
});
