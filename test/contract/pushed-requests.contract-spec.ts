import { newId, sha256 } from '@tokenidp/kernel';
import { PushedRequestsRepository } from '../../libs/oauth/src/authorize/pushed-requests.repository';
import { PurgeRepository } from '../../libs/oauth/src/tokens/purge.repository';
import { onEveryDatabase } from '../support/contract';
import { StoppedClock } from '../support/stopped-clock';
import { later, NOW, TokenWorld } from '../support/token-rows';

onEveryDatabase('pushed requests', (context) => {
  const world = new TokenWorld(() => context.database);
  const { tenantId, clientId } = world;
  const requests = (database = context.database) => new PushedRequestsRepository(database, new StoppedClock());

  beforeAll(() => world.begin());

  async function push(expiresAt = later(90)) {
    const row = { tenantId, id: newId(), hash: sha256(newId()), clientId, createdAt: NOW, expiresAt };
    const parameters = { client_id: 'app', state: '"\\ä', resource: ['https://a.example', 'https://b.example'] };
    await requests().insert({ ...row, parameters });
    return { ...row, parameters };
  }

  it('RFC 9126 §4 come back as they were kept, to their own tenant', async () => {
    const { id, hash, parameters } = await push();
    expect(await requests().find(tenantId, hash)).toEqual({ id, clientId, parameters });
    expect(await requests().find(newId(), hash)).toBeNull();
    expect(await requests().redeem(newId(), id)).toBe(false);
  });

  it('RFC 9126 §4 S-111 are not opened at their end, and are answered all the same when they were', async () => {
    const { id, hash } = await push(NOW);
    expect(await requests().find(tenantId, hash)).toBeNull();
    expect(await requests().redeem(tenantId, id)).toBe(true);
  });

  it('RFC 9126 §4 S-111 are answered once, however many on two instances try, and then not opened', async () => {
    const other = (await context.another()).database;
    const { id, hash } = await push();
    const answers = Array.from({ length: 12 }, (_, n) =>
      requests(n % 2 ? other : context.database).spend(tenantId, id, async () => n),
    );
    expect((await Promise.all(answers)).filter((answer) => answer !== null)).toHaveLength(1);
    expect(await requests().find(tenantId, hash)).toBeNull();
    expect(await requests().redeem(tenantId, id)).toBe(false);
  });

  it('are not used up by an answer that fails', async () => {
    const { id, hash } = await push();
    await expect(requests().spend(tenantId, id, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await requests().find(tenantId, hash)).not.toBeNull();
  });

  it('are purged once they are over', async () => {
    const [over, open] = [await push(later(10)), await push(later(90))];
    const purge = new PurgeRepository(context.database);
    expect(purge.tables).toContain('pushed_request');
    expect(await purge.purge('pushed_request', later(60), 1000)).toBeGreaterThanOrEqual(1);
    expect(await requests().find(tenantId, over.hash)).toBeNull();
    expect(await requests().find(tenantId, open.hash)).not.toBeNull();
  });
});
