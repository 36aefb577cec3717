import { CoherentCache, type CoherentCacheOptions } from './coherent-cache';
import type { Database } from './database';
import { type InvalidationHandlers, Invalidations, type InvalidationTransport } from './invalidations';

class FakeTransport implements InvalidationTransport {
  handlers!: InvalidationHandlers;
  async start(handlers: InvalidationHandlers): Promise<void> {
    this.handlers = handlers;
    handlers.regained();
  }
  async publish(): Promise<void> {}
  async stop(): Promise<void> {}
}

interface Pending {
  key: string;
  answer: (value: object | null) => void;
  fail: (error: Error) => void;
}

async function setUp(options: Partial<CoherentCacheOptions<object>> = {}) {
  const transport = new FakeTransport();
  const invalidations = new Invalidations({} as Database, transport);
  const loads: Pending[] = [];
  const load = (key: string): Promise<object | null> =>
    new Promise((answer, fail) => {
      loads.push({ key, answer, fail });
    });
  const cache = new CoherentCache<object>(invalidations, { topic: 't', max: 3, load, ...options });
  await invalidations.start();
  return { cache, loads, transport, invalidations };
}

describe('CoherentCache', () => {
  it('loads a key once, and gives it to everyone who asked meanwhile', async () => {
    const { cache, loads } = await setUp();
    const asked = [cache.get('a'), cache.get('a'), cache.get('b')];
    expect(loads.map(({ key }) => key)).toEqual(['a', 'b']);
    const [a, b] = [{}, {}];
    loads[0]!.answer(a);
    loads[1]!.answer(b);
    const [first, second, third] = await Promise.all(asked);
    expect([first === a, second === a, third === b]).toEqual([true, true, true]);
    expect(cache.peek('a')).toBe(a);
    expect(await cache.get('a')).toBe(a);
    expect(loads).toHaveLength(2);
  });

  it('does not keep what was loaded before an invalidation, though it answers those who had asked', async () => {
    const { cache, loads, transport } = await setUp();
    const before = cache.get('a');
    transport.handlers.received('t', 'a');
    const after = cache.get('a');
    expect(loads).toHaveLength(2);
    const [stale, fresh] = [{}, {}];
    loads[1]!.answer(fresh);
    expect(await after).toBe(fresh);
    loads[0]!.answer(stale);
    expect(await before).toBe(stale);
    expect(cache.peek('a')).toBe(fresh);
  });

  it('forgets one key, or all of them', async () => {
    const { cache, loads, transport } = await setUp();
    for (const key of ['a', 'b']) {
      const value = cache.get(key);
      loads.at(-1)!.answer({ key });
      await value;
    }
    transport.handlers.received('other', '*');
    transport.handlers.received('t', 'a');
    expect([cache.peek('a'), cache.peek('b')]).toEqual([undefined, { key: 'b' }]);
    const pending = cache.get('c');
    transport.handlers.received('t', '*');
    loads.at(-1)!.answer({ key: 'c' });
    await pending;
    expect([cache.peek('b'), cache.peek('c')]).toEqual([undefined, undefined]);
  });

  it('believes for a while that a key has no value, until it is told otherwise', async () => {
    const { cache, loads, transport } = await setUp();
    const first = cache.get('a');
    loads[0]!.answer(null);
    expect(await first).toBeNull();
    expect(await cache.get('a')).toBeNull();
    expect(loads).toHaveLength(1);
    transport.handlers.received('t', 'a');
    const again = cache.get('a');
    loads[1]!.answer({});
    expect(await again).toEqual({});
  });

  it('keeps values and absences apart, so that unknown keys push out nothing', async () => {
    const { cache, loads } = await setUp();
    const value = cache.get('a');
    loads[0]!.answer({});
    await value;
    for (let n = 0; n < 10; n++) {
      const absent = cache.get(`no${n}`);
      loads.at(-1)!.answer(null);
      await absent;
    }
    expect(cache.peek('a')).toEqual({});
  });

  it('asks again when absences are not to be believed', async () => {
    const { cache, loads } = await setUp({ negativeTtlSeconds: 0 });
    for (let n = 0; n < 2; n++) {
      const absent = cache.get('a');
      loads.at(-1)!.answer(null);
      expect(await absent).toBeNull();
    }
    expect(loads).toHaveLength(2);
  });

  it('holds at most as many as it may, and lets go of the one not used for longest', async () => {
    const { cache, loads } = await setUp();
    for (const key of ['a', 'b', 'c', 'd']) {
      const value = cache.get(key);
      loads.at(-1)!.answer({ key });
      await value;
      cache.peek('a');
    }
    expect(['a', 'b', 'c', 'd'].map((key) => cache.peek(key) !== undefined)).toEqual([true, false, true, true]);
  });

  it('is empty and loads every time while nothing can be heard, and fills again afterwards', async () => {
    const { cache, loads, transport } = await setUp();
    const value = cache.get('a');
    const underWay = cache.get('b');
    loads[0]!.answer({});
    await value;
    transport.handlers.lost();
    expect(cache.peek('a')).toBeUndefined();
    loads[1]!.answer({});
    await underWay;
    expect(cache.peek('b')).toBeUndefined();
    for (let n = 0; n < 2; n++) {
      const loaded = cache.get('a');
      loads.at(-1)!.answer({});
      await loaded;
      expect(cache.peek('a')).toBeUndefined();
    }
    expect(loads).toHaveLength(4);
    const late = cache.get('a');
    transport.handlers.regained();
    loads.at(-1)!.answer({});
    await late;
    expect(cache.peek('a')).toBeUndefined();
    const kept = cache.get('a');
    loads.at(-1)!.answer({});
    await kept;
    expect(cache.peek('a')).toBeDefined();
  });

  it('tells everyone of a failed load, and tries again for the next', async () => {
    const { cache, loads } = await setUp();
    const asked = [cache.get('a'), cache.get('a')];
    loads[0]!.fail(new Error('away'));
    for (const each of asked) await expect(each).rejects.toThrow('away');
    const again = cache.get('a');
    loads[1]!.answer({});
    expect(await again).toEqual({});
  });
});
