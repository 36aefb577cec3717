import { type Database, Leases, statement } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { StatisticsRepository } from '../../libs/audit/src/dashboard/statistics.repository';
import { LAG_MILLISECONDS, StatisticsRollup } from '../../libs/audit/src/dashboard/statistics-rollup';
import { TestClock } from '../support/clock';
import { onEveryDatabase } from '../support/contract';

const TENANT = statement({
  name: 'test.statistics.tenant',
  parameters: { id: 'id', slug: 'identifier', now: 'instant', settings: 'json', no: 'boolean' },
  sql: `INSERT INTO "tenant" ("id", "slug", "name", "displayName", "status", "kind", "sandbox", "settings", "createdAt", "updatedAt")
    VALUES (:id, :slug, 'x', 'x', 'active', 'standard', :no, :settings, :now, :now)`,
});
const EVENT = statement({
  name: 'test.statistics.event',
  parameters: { tenantId: 'id', id: 'id', at: 'instant', event: 'identifier', actorId: 'identifier', detail: 'json' },
  sql: `INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "occurrences", "detail")
    VALUES (:tenantId, :id, :at, :event, 'success', 'user', :actorId, 1, :detail)`,
});
const SUMS = statement({
  name: 'test.statistics.sums',
  parameters: { tenantId: 'id' },
  sql: `SELECT "metric", "key", CAST(SUM("count") AS bigint) AS "count" FROM "statistic"
    WHERE "tenantId" = :tenantId AND "resolution" = 'day' GROUP BY "metric", "key" ORDER BY "metric", "key"`,
});

const YESTERDAY = Date.now() - 86_400_000;

onEveryDatabase('statistics', (context) => {
  const clock = new TestClock();
  let rollups: StatisticsRollup[];
  let repository: StatisticsRepository;
  const rollupOn = (database: Database): StatisticsRollup => {
    const rollup = new StatisticsRollup(
      database,
      new StatisticsRepository(database),
      new Leases(database, clock),
      clock,
    );
    rollup.onModuleInit();
    return rollup;
  };
  beforeAll(async () => {
    repository = new StatisticsRepository(context.database);
    rollups = [rollupOn(context.database), rollupOn((await context.another()).database)];
  });

  let tenants = 0;
  const newTenant = async (): Promise<string> => {
    const id = newId();
    const settings = {};
    await context.database.execute(TENANT, { id, slug: `s${tenants++}`, now: new Date(), settings, no: false });
    return id;
  };
  const happen = async (
    tenantId: string,
    at: number,
    more: { event?: string; actorId?: string } = {},
  ): Promise<void> => {
    const { event = 'token.issued', actorId = null } = more;
    const values = { tenantId, id: newId(at), at: new Date(at), event, actorId, detail: { grant: 'refresh_token' } };
    await context.database.execute(EVENT, values);
  };
  const sums = async (tenantId: string): Promise<Record<string, number>> => {
    const rows = await context.database.rows<{ metric: string; key: string; count: number }>(SUMS, { tenantId });
    return Object.fromEntries(rows.map(({ metric, key, count }) => [`${metric} ${key}`.trim(), Number(count)]));
  };
  const bothRun = () => Promise.all(rollups.map((rollup) => rollup.run()));

  it('hold each event once, whatever two instances do at once', async () => {
    const [one, two] = [await newTenant(), await newTenant()];
    const users = [newId(), newId(), newId()];
    for (let round = 0; round < 12; round++) {
      const writing = Array.from({ length: 30 }, (_, n) =>
        happen(n % 3 === 0 ? two : one, YESTERDAY + round * 1000 + n, { actorId: users[n % users.length] }),
      );
      await Promise.all(writing);
      await bothRun();
    }
    await bothRun();
    expect(await sums(one)).toEqual({ 'active-user': 2, 'token refresh_token': 240 });
    expect(await sums(two)).toEqual({ 'active-user': 1, 'token refresh_token': 120 });
    expect(await repository.pending(clock.now(), 100)).toEqual([]);
  });

  it('take several events of one instant, and those that come in after them', async () => {
    const tenant = await newTenant();
    await happen(tenant, YESTERDAY);
    await happen(tenant, YESTERDAY);
    await bothRun();
    await happen(tenant, YESTERDAY + 1);
    await bothRun();
    expect(await sums(tenant)).toEqual({ 'token refresh_token': 3 });
  });

  it('wait for what is slow to be written', async () => {
    const tenant = await newTenant();
    clock.hold();
    const now = clock.now().getTime();
    await happen(tenant, now - LAG_MILLISECONDS + 1000);
    await bothRun();
    expect(await sums(tenant)).toEqual({});
    await happen(tenant, now - LAG_MILLISECONDS + 500);
    clock.forward(2);
    await bothRun();
    expect(await sums(tenant)).toEqual({ 'token refresh_token': 2 });
    clock.reset();
  });

  it('are as they were when the work is broken off, and whole after the next', async () => {
    const tenant = await newTenant();
    await happen(tenant, YESTERDAY, { actorId: newId() });
    const broken = jest.spyOn(StatisticsRepository.prototype, 'move').mockRejectedValueOnce(new Error('power cut'));
    await expect(rollups[0]!.run()).rejects.toThrow('1 tenants failed');
    broken.mockRestore();
    expect(await sums(tenant)).toEqual({});
    await bothRun();
    expect(await sums(tenant)).toEqual({ 'active-user': 1, 'token refresh_token': 1 });
  });

  it('are not touched by whoever has lost the lease', async () => {
    const tenant = await newTenant();
    await happen(tenant, YESTERDAY);
    const leases = new Leases(context.database, clock);
    const late = (await leases.acquire('some-job', 60))!;
    await late.release();
    const work = context.database.transaction(async (tx) => {
      await late.hold(tx);
      await repository.lock(tenant, tx);
    });
    await expect(work).rejects.toThrow('lost');
    expect(await repository.countedUntil(tenant)).toBeNull();
  });
});
