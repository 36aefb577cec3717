import { Outbox, type OutboxMessage, statement } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { StoppedClock } from '../support/stopped-clock';
import { onEveryDatabase } from '../support/contract';

const LEFT = statement({
  name: 'test.outbox.left',
  parameters: { tenantId: 'id' },
  sql: `SELECT "id", "status", "attempts", "nextAttemptAt", "lastError" FROM "outbox" WHERE "tenantId" = :tenantId`,
});

interface Left {
  id: string;
  status: string;
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
}

onEveryDatabase('outbox', (context) => {
  const clock = new StoppedClock();
  let outbox: Outbox;
  let other: Outbox;
  beforeAll(async () => {
    outbox = new Outbox(context.database, clock);
    other = new Outbox((await context.another()).database, clock);
  });

  const enqueue = (tenantId: string, topic: string, keys: readonly string[]): Promise<void> =>
    context.database.transaction(async (tx) => {
      for (const key of keys) await outbox.enqueue({ tenantId, topic, key, payload: { to: key, n: [1] } }, tx);
    });
  const left = (tenantId: string): Promise<Left[]> => context.database.rows<Left>(LEFT, { tenantId });

  it('delivers what was committed, and nothing of what was rolled back', async () => {
    const [tenantId, topic] = [newId(), newId()];
    await enqueue(tenantId, topic, ['ada']);
    const undone = context.database.transaction(async (tx) => {
      await outbox.enqueue({ tenantId, topic, key: 'undone', payload: {} }, tx);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    const seen: OutboxMessage[] = [];
    const result = await outbox.deliver(topic, async (message) => void seen.push(message));
    expect(result).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(seen).toEqual([
      { tenantId, topic, id: expect.any(String), key: 'ada', payload: { to: 'ada', n: [1] }, attempts: 1 },
    ]);
    expect(await left(tenantId)).toEqual([]);
  });

  it('delivers each message once, though two instances are at it', async () => {
    const [tenantId, topic] = [newId(), newId()];
    const keys = Array.from({ length: 60 }, (_, n) => `m${n}`);
    await enqueue(tenantId, topic, keys);
    const seen: string[] = [];
    const handler = async ({ key }: OutboxMessage): Promise<void> => void seen.push(key);
    const results = await Promise.all(
      [outbox, other, outbox, other].map((each) => each.deliver(topic, handler, { batch: 7 })),
    );
    expect(results.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(60);
    expect(seen.sort()).toEqual(keys.sort());
  });

  it('tries again later and later, then keeps the message as dead until it is revived', async () => {
    const [tenantId, topic] = [newId(), newId()];
    await enqueue(tenantId, topic, ['ada']);
    const fail = (): Promise<void> => Promise.reject(new Error('mailbox full'));
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await outbox.deliver(topic, fail, { maxAttempts: 4 })).toEqual({ delivered: 0, failed: 1, dead: 0 });
      expect(await outbox.deliver(topic, fail, { maxAttempts: 4 })).toEqual({ delivered: 0, failed: 0, dead: 0 });
      const [message] = await left(tenantId);
      expect(message).toMatchObject({ status: 'pending', attempts: attempt, lastError: 'mailbox full' });
      waits.push((message!.nextAttemptAt.getTime() - clock.now().getTime()) / 1000);
      clock.advance(Math.ceil(waits.at(-1)!));
    }
    for (const [n, wait] of waits.entries()) {
      expect(wait).toBeLessThanOrEqual(2 ** (n + 1));
      expect(wait).toBeGreaterThanOrEqual(2 ** (n + 1) * 0.8);
    }
    expect(await outbox.deliver(topic, fail, { maxAttempts: 4 })).toEqual({ delivered: 0, failed: 0, dead: 1 });
    clock.advance(100_000);
    expect(await outbox.deliver(topic, fail)).toEqual({ delivered: 0, failed: 0, dead: 0 });
    const [dead] = await left(tenantId);
    expect(dead).toMatchObject({ status: 'dead', attempts: 4 });
    expect(await outbox.revive(newId(), dead!.id)).toBe(false);
    expect(await outbox.revive(tenantId, dead!.id)).toBe(true);
    expect(await outbox.deliver(topic, async () => {})).toEqual({ delivered: 1, failed: 0, dead: 0 });
  });

  it('gives a message to another instance when the one that took it never came back', async () => {
    const [tenantId, topic] = [newId(), newId()];
    await enqueue(tenantId, topic, ['ada']);
    let letGo = (): void => {};
    const stuck = outbox.deliver(topic, () => new Promise((resolve) => (letGo = resolve)), { claimSeconds: 60 });
    while ((await left(tenantId))[0]?.attempts !== 1) await new Promise(setImmediate);
    expect(await other.deliver(topic, async () => {})).toEqual({ delivered: 0, failed: 0, dead: 0 });
    clock.advance(61);
    const seen: number[] = [];
    expect(await other.deliver(topic, async ({ attempts }) => void seen.push(attempts))).toMatchObject({
      delivered: 1,
    });
    expect(seen).toEqual([2]);
    letGo();
    await stuck;
  });

  it('a delivery that does not end keeps its own place and no other', async () => {
    const [tenantId, topic] = [newId(), newId()];
    await enqueue(tenantId, topic, ['stuck', ...Array.from({ length: 9 }, (_, n) => `m${n}`)]);
    let letGo = (): void => {};
    const stuck = new Promise<void>((resolve) => (letGo = resolve));
    const seen: string[] = [];
    const handler = async ({ key }: OutboxMessage): Promise<void> => {
      if (key === 'stuck') await stuck;
      seen.push(key);
      if (seen.length === 9) letGo();
    };
    expect(await outbox.deliver(topic, handler, { batch: 2 })).toEqual({ delivered: 10, failed: 0, dead: 0 });
    expect(seen.at(-1)).toBe('stuck');
  });

  it('leaves messages of a key alone for as long as it is told to, and spends no attempt on them', async () => {
    const [tenantId, topic] = [newId(), newId()];
    await enqueue(tenantId, topic, ['ada', 'bob', 'ada']);
    const seen: string[] = [];
    const handler = async ({ key }: OutboxMessage): Promise<void> => void seen.push(key);
    expect(await outbox.deliver(topic, handler, { passOver: () => ['ada', 'x"\'?'] })).toMatchObject({ delivered: 1 });
    expect(seen).toEqual(['bob']);
    expect(await left(tenantId)).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
    expect(await outbox.deliver(topic, handler)).toMatchObject({ delivered: 2 });
  });

  it('passes over other topics', async () => {
    const [tenantId, topic] = [newId(), newId()];
    await enqueue(tenantId, topic, ['ada']);
    expect(await outbox.deliver(newId(), async () => {})).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect(await left(tenantId)).toHaveLength(1);
  });
});
