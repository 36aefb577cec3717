import { redeem, statement } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { onEveryDatabase } from '../support/contract';
import { insertRow } from '../support/rows';

const STATE = statement({
  name: 'test.code.state',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `SELECT "redeemedAt" FROM "authorization_code" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

onEveryDatabase('redeem', (context) => {
  const table = 'authorization_code' as const;
  const now = new Date('2026-05-01T12:00:00.000Z');
  const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

  const code = async (tenantId: string): Promise<string> => {
    const id = newId();
    await insertRow(context.database, table, { tenantId, id, expiresAt: later(60), redeemedAt: null });
    return id;
  };
  const spend = (tenantId: string, id: string, at = now): Promise<boolean> =>
    context.database.transaction((tx) => redeem(context.database, { table, tenantId, id, now: at }, tx));
  const redeemedAt = async (tenantId: string, id: string): Promise<Date | null | undefined> =>
    (await context.database.rows<{ redeemedAt: Date | null }>(STATE, { tenantId, id }))[0]?.redeemedAt;

  it('RFC 6749 §4.1.2 lets exactly one of many callers on two instances have it', async () => {
    const tenantId = newId();
    const other = (await context.another()).database;
    for (let round = 0; round < 5; round++) {
      const id = await code(tenantId);
      const attempts = Array.from({ length: 16 }, (_, n) => {
        const database = n % 2 ? context.database : other;
        return database.transaction((tx) => redeem(database, { table, tenantId, id, now }, tx));
      });
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
      expect(await redeemedAt(tenantId, id)).toEqual(now);
    }
  });

  it('refuses what was spent before, and keeps the first instant', async () => {
    const tenantId = newId();
    const id = await code(tenantId);
    expect(await spend(tenantId, id)).toBe(true);
    expect(await spend(tenantId, id, later(1))).toBe(false);
    expect(await redeemedAt(tenantId, id)).toEqual(now);
  });

  it('refuses from the instant of expiry on', async () => {
    const tenantId = newId();
    expect(await spend(tenantId, await code(tenantId), later(59.999))).toBe(true);
    expect(await spend(tenantId, await code(tenantId), later(60))).toBe(false);
  });

  it('does not reach another tenant', async () => {
    const tenantId = newId();
    const id = await code(tenantId);
    expect(await spend(newId(), id)).toBe(false);
    expect(await redeemedAt(tenantId, id)).toBeNull();
  });

  it('gives it back when the exchange fails and is rolled back', async () => {
    const tenantId = newId();
    const id = await code(tenantId);
    const failing = context.database.transaction(async (tx) => {
      expect(await redeem(context.database, { table, tenantId, id, now }, tx)).toBe(true);
      throw new Error('the exchange failed');
    });
    await expect(failing).rejects.toThrow('the exchange failed');
    expect(await spend(tenantId, id)).toBe(true);
  });
});
