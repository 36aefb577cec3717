import { Counters } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { StoppedClock } from '../support/stopped-clock';
import { onEveryDatabase } from '../support/contract';

onEveryDatabase('counters', (context) => {
  const clock = new StoppedClock();
  let counters: Counters;
  beforeAll(() => {
    counters = new Counters(context.database, clock);
  });

  it('miss none of many hits at once, from two instances', async () => {
    const tenantId = newId();
    const other = new Counters((await context.another()).database, clock);
    const hits = Array.from({ length: 60 }, (_, n) => (n % 2 ? counters : other).hit(tenantId, 'login:ada', 60));
    const counts = (await Promise.all(hits)).map(({ count }) => count);
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    expect((await counters.get(tenantId, 'login:ada'))?.count).toBe(60);
  });

  it('begin anew when the window has ended, which later hits do not prolong', async () => {
    const tenantId = newId();
    const { resetAt } = await counters.hit(tenantId, 'k', 60);
    expect(resetAt).toEqual(new Date(clock.now().getTime() + 60_000));
    clock.advance(59);
    expect(await counters.hit(tenantId, 'k', 60)).toEqual({ count: 2, resetAt });
    clock.advance(1);
    expect(await counters.get(tenantId, 'k')).toBeNull();
    expect((await counters.hit(tenantId, 'k', 60)).count).toBe(1);
  });

  it('are apart for each tenant and each key, by byte', async () => {
    const [one, two] = [newId(), newId()];
    await counters.hit(one, 'k', 60);
    expect(await counters.get(two, 'k')).toBeNull();
    expect(await counters.get(one, 'K')).toBeNull();
    await counters.clear(two, 'k');
    expect((await counters.get(one, 'k'))?.count).toBe(1);
    await counters.clear(one, 'k');
    expect(await counters.get(one, 'k')).toBeNull();
  });

  it('are forgotten once their window has ended', async () => {
    const tenantId = newId();
    await counters.hit(tenantId, 'old', 60);
    await counters.hit(tenantId, 'new', 600);
    clock.advance(61);
    expect(await counters.purge()).toBeGreaterThanOrEqual(1);
    expect((await counters.get(tenantId, 'new'))?.count).toBe(1);
    expect(await counters.purge()).toBe(0);
  });
});
