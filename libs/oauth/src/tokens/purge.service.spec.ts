import type { Lease, Leases } from '@tokenidp/database';
import { FixedClock, NOW } from '../../test/samples';
import type { AuthorizationPurgeRepository } from './authorization-purge.repository';
import type { PurgeRepository } from './purge.repository';
import { PurgeService } from './purge.service';

/** `granted`: so many authorizations, one each millisecond since 1970; half of them have nothing left. */
function setUp(rows: Record<string, number>, granted = 0) {
  const calls: [string, Date][] = [];
  const summaries: string[] = [];
  let renewals = 0;
  const repository = {
    tables: Object.keys(rows),
    purge: async (table: string, before: Date, batch: number) => {
      calls.push([table, before]);
      const deleted = Math.min(rows[table] ?? 0, batch);
      rows[table] = (rows[table] ?? 0) - deleted;
      return deleted;
    },
  };
  const windows: number[] = [];
  const authorizations = {
    purge: async (after: Date, _before: Date, batch: number) => {
      windows.push(after.getTime());
      const until = Math.min(granted, after.getTime() + batch);
      const seen = until - after.getTime();
      return { until: seen > 0 ? new Date(until) : null, isFull: seen === batch, deleted: Math.floor(seen / 2) };
    },
  };
  const lease = { renew: async () => void (renewals += 1) } as unknown as Lease;
  const leases = {
    run: async (_job: string, _ttl: number, work: (lease: Lease) => Promise<string>) =>
      void summaries.push(await work(lease)),
  };
  const purge = new PurgeService(
    repository as unknown as PurgeRepository,
    authorizations as unknown as AuthorizationPurgeRepository,
    leases as unknown as Leases,
    new FixedClock(),
  );
  return { purge, calls, windows, summaries, renewals: () => renewals };
}

describe('purging what has expired', () => {
  it('goes on in batches until a table has no more, and keeps the lease', async () => {
    const { purge, calls, summaries, renewals } = setUp({ replay: 2500, access_token: 0 });
    await purge.run();
    expect(calls.map(([table]) => table)).toEqual(['replay', 'replay', 'replay', 'access_token']);
    expect(renewals()).toBe(2);
    expect(summaries).toEqual(['deleted: replay 2500']);
  });

  it('RFC 9449 §11.1 leaves no more than five minutes to what comes with every request', async () => {
    const { purge, calls } = setUp({ replay: 60_000 });
    await purge.run();
    expect(calls).toHaveLength(61);
    expect(calls[0]).toEqual(['replay', new Date(NOW.getTime() - 300_000)]);
  });

  it('leaves a day in which a replay is still known for one', async () => {
    const { purge, calls, summaries } = setUp({ authorization_code: 0 });
    await purge.run();
    expect(calls).toEqual([['authorization_code', new Date(NOW.getTime() - 86_400_000)]]);
    expect(summaries).toEqual(['nothing to delete']);
  });

  it('looks at authorizations a window at a time, at so many a run, and begins anew at the end', async () => {
    const { purge, windows, summaries } = setUp({}, 150_500);
    await purge.run();
    expect([windows.length, windows[0], windows.at(-1)]).toEqual([100, 0, 99_000]);
    expect(summaries).toEqual(['deleted: authorization 50000']);
    await purge.run();
    expect(windows.slice(100)).toEqual(Array.from({ length: 51 }, (_, at) => 100_000 + at * 1000));
    await purge.run();
    expect(windows[151]).toBe(0);
  });
});
