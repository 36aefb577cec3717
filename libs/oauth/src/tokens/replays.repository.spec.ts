import type { Database } from '@tokenidp/database';
import { UnavailableError } from '@tokenidp/kernel';
import { setImmediate } from 'node:timers/promises';
import { ReplaysRepository } from './replays.repository';

const TENANT = 'tenant';
const END = new Date('2026-05-06T07:08:09Z');

interface Sent {
  tenantId: string;
  uses: { key: string }[];
}

/** A table that is there once, however many ask; `answer` stands in for a statement that fails, or takes its time. */
function setUp(answer: (sent: Sent) => void | Promise<void> = () => {}) {
  const known = new Set<string>();
  const statements: string[][] = [];
  const rows = async (_statement: unknown, sent: Sent) => {
    statements.push(sent.uses.map(({ key }) => key));
    await setImmediate();
    await answer(sent);
    return sent.uses.filter(({ key }) => known.size < known.add(`${sent.tenantId} ${key}`).size);
  };
  const replays = new ReplaysRepository({ rows } as unknown as Database);
  const spend = (key: string, tenantId = TENANT) => replays.spend(tenantId, key, END);
  return { spend, statements };
}

describe('RFC 7523 §3 RFC 9449 §11.1 S-056 S-116 what is used once', () => {
  it('is told of each use, whichever share a statement', async () => {
    const { spend, statements } = setUp();
    await expect(Promise.all(['a', 'b', 'a', 'c'].map((key) => spend(key)))).resolves.toEqual([
      true,
      true,
      false,
      true,
    ]);
    await expect(Promise.all([spend('c'), spend('d')])).resolves.toEqual([false, true]);
    expect(statements).toEqual([
      ['a', 'b', 'c'],
      ['c', 'd'],
    ]);
  });

  it('does not wait for the end of the turn when there are enough', async () => {
    const { spend, statements } = setUp();
    const uses = ['a', 'b', 'c', 'd', 'e'].map((key) => spend(key));
    expect(statements).toEqual([['a', 'b', 'c', 'd']]);
    await expect(Promise.all(uses)).resolves.not.toContain(false);
    expect(statements).toEqual([['a', 'b', 'c', 'd'], ['e']]);
  });

  it('takes along what comes while enough statements are under way, a hundred at a time', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const { spend, statements } = setUp(() => answered);
    const uses: Promise<boolean>[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      uses.push(spend(`early ${turn}`));
      await setImmediate();
    }
    expect(statements).toHaveLength(4);
    uses.push(...Array.from({ length: 150 }, (_, n) => spend(`${n}`)));
    answer();
    await expect(Promise.all(uses)).resolves.not.toContain(false);
    expect(statements.map(({ length }) => length)).toEqual([1, 1, 1, 1, 100, 51]);
  });

  it('S-175 shares no statement between tenants', async () => {
    const { spend, statements } = setUp();
    await expect(Promise.all([spend('a'), spend('a', 'other')])).resolves.toEqual([true, true]);
    expect(statements).toEqual([['a'], ['a']]);
  });

  it('fails for itself alone', async () => {
    const { spend } = setUp(({ uses }) => {
      if (uses.some(({ key }) => key === 'bad')) throw new Error('deadlock');
    });
    const outcomes = await Promise.allSettled([spend('a'), spend('bad'), spend('b'), spend('a')]);
    expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
      true,
      'failed',
      true,
      false,
    ]);
    await expect(spend('b')).resolves.toBe(false);
  });

  it('is not asked for again while there is no database', async () => {
    const { spend, statements } = setUp(() => {
      throw new UnavailableError(1);
    });
    const outcomes = await Promise.allSettled([spend('a'), spend('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(statements).toHaveLength(1);
  });
});
