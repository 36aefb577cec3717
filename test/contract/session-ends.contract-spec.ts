import { newId, sha256 } from '@tokenidp/kernel';
import { SessionEndsRepository } from '../../libs/login/src/sessions/session-ends.repository';
import { SessionPurgeRepository } from '../../libs/login/src/sessions/session-purge.repository';
import { SessionsRepository } from '../../libs/login/src/sessions/sessions.repository';
import { onEveryDatabase } from '../support/contract';
import { insertRow } from '../support/rows';
import { later, NOW, TokenWorld } from '../support/token-rows';

onEveryDatabase('ends of sessions', (context) => {
  const world = new TokenWorld(() => context.database);

  beforeAll(() => world.begin());

  /** Idle after ten minutes, over after an hour. */
  async function open(tenantId = world.tenantId, idleSeconds = 600): Promise<string> {
    const id = newId();
    await insertRow(context.database, 'session', {
      ...{ tenantId, id, hash: sha256(id), userId: world.userId, amr: '["pwd"]', endedAt: null },
      ...{ authTime: NOW, createdAt: NOW, lastSeenAt: NOW, idleExpiresAt: later(idleSeconds) },
      absoluteExpiresAt: later(3600),
    });
    return id;
  }

  const endExpired = (at: Date, batch = 100, database = context.database) =>
    database.transaction((tx) => new SessionEndsRepository(database).endExpired(at, batch, tx));
  const isThere = async (id: string) => (await world.count('session', 'id', id)) === 1;

  beforeEach(() => endExpired(later(10_000), 1000));

  it('OIDC Back-Channel Logout §2 finds those whose time is over, with their tenant and who took part', async () => {
    const [idle, other] = [await open(), await open(newId())];
    await open(world.tenantId, 601);
    const { tenantId, clientId } = world;
    await insertRow(context.database, 'session_client', { tenantId, sessionId: idle, clientId, createdAt: NOW });
    expect(await endExpired(later(599))).toEqual([]);
    const ended = await endExpired(later(600));
    expect(ended.map(({ id }) => id).sort()).toEqual([idle, other].sort());
    expect(ended.find(({ id }) => id === idle)).toMatchObject({
      ...{ tenantId, userId: world.userId },
      clients: [{ client_id: expect.any(String), isBackchannel: false }],
    });
    expect(await endExpired(later(600))).toEqual([]);
  });

  it('OIDC Back-Channel Logout §2.5 each comes once, whichever of two instances asks, in batches', async () => {
    const opened = await Promise.all(Array.from({ length: 25 }, () => open()));
    const { database } = await context.another();
    const found: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const batches = await Promise.all([
        endExpired(later(700), 5),
        endExpired(later(700), 5, database),
        endExpired(later(700), 5),
      ]);
      for (const batch of batches) {
        expect(batch.length).toBeLessThanOrEqual(5);
        found.push(...batch.map(({ id }) => id));
      }
    }
    expect(found.sort()).toEqual(opened.sort());
  });

  it('S-121 one that was used in between, or ended by somebody, is none of them', async () => {
    const [used, left] = [await open(), await open()];
    await new SessionsRepository(context.database).touch(world.tenantId, used, later(500), later(1100));
    await context.database.transaction((tx) =>
      new SessionEndsRepository(context.database).end(world.tenantId, left, later(10), tx),
    );
    expect(await endExpired(later(700))).toEqual([]);
    expect(await endExpired(later(1100))).toMatchObject([{ id: used }]);
  });

  it('is not purged before it was ended: nobody would be told', async () => {
    const id = await open();
    const purge = () => new SessionPurgeRepository(context.database).purge(later(100_000), 1000);
    await purge();
    expect(await isThere(id)).toBe(true);
    await endExpired(later(700));
    await purge();
    expect(await isThere(id)).toBe(false);
  });
});
