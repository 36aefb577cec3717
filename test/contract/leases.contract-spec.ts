import { LeaseLostError, Leases, statement } from '@tokenidp/database';
import { newId, SystemClock } from '@tokenidp/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import { onEveryDatabase } from '../support/contract';

const RUNS = statement({
  name: 'test.job-run.find',
  parameters: { job: 'identifier' },
  sql: `SELECT "fence", "startedAt", "endedAt", "summary", "error" FROM "job_run"
        WHERE "job" = :job ORDER BY "startedAt"`,
});

interface Run {
  fence: number;
  startedAt: Date;
  endedAt: Date | null;
  summary: string | null;
  error: string | null;
}

onEveryDatabase('leases', (context) => {
  const clock = new SystemClock();
  let one: Leases;
  let two: Leases;
  beforeAll(async () => {
    one = new Leases(context.database, clock);
    two = new Leases((await context.another()).database, clock);
  });
  const newJob = (): string => {
    const name = newId();
    const run = () => Promise.resolve();
    for (const leases of [one, two]) leases.register({ name, description: 'A test.', schedule: '0 0 0 1 1 *', run });
    return name;
  };
  const runs = (job: string): Promise<Run[]> => context.database.rows<Run>(RUNS, { job });

  it('go to exactly one of many who ask at once', async () => {
    const job = newId();
    const asked = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? one : two).acquire(job, 30)));
    expect(asked.filter((lease) => lease !== null)).toHaveLength(1);
  });

  it('can be had again after release, and after their time, each time with a larger fence', async () => {
    const job = newId();
    const first = await one.acquire(job, 30);
    expect(await two.acquire(job, 30)).toBeNull();
    await first!.release();
    const second = await two.acquire(job, 1);
    expect(second!.fence).toBeGreaterThan(first!.fence);
    expect(await one.acquire(job, 30)).toBeNull();
    await sleep(1_100);
    const third = await one.acquire(job, 30);
    expect(third!.fence).toBeGreaterThan(second!.fence);
  });

  it('last as long as they are renewed, and tell a holder that came too late', async () => {
    const job = newId();
    const first = await one.acquire(job, 1);
    for (let n = 0; n < 3; n++) {
      await sleep(500);
      expect(await first!.renew()).toBe(true);
      expect(await two.acquire(job, 1)).toBeNull();
    }
    await sleep(1_100);
    const second = await two.acquire(job, 30);
    expect(await first!.renew()).toBe(false);
    expect(first!.signal.aborted).toBe(true);
    // What a late holder still does must not end the lease of the next one.
    await first!.release();
    expect(await one.acquire(job, 1)).toBeNull();
    expect(await second!.renew()).toBe(true);
  });

  it('keep a late holder from committing, and others from taking over before the commit', async () => {
    const job = newId();
    const first = await one.acquire(job, 1);
    const order: string[] = [];
    let taking: Promise<unknown> | undefined;
    await context.database.transaction(async (tx) => {
      await first!.hold(tx);
      await sleep(1_100);
      taking = two.acquire(job, 30).then((lease) => order.push(`taken ${lease !== null}`));
      await sleep(200);
      order.push('committing');
    });
    await taking;
    expect(order).toEqual(['committing', 'taken true']);
    const late = context.database.transaction((tx) => first!.hold(tx));
    await expect(late).rejects.toThrow(LeaseLostError);
  });

  it('let one instance at a time do a job, and keep its history', async () => {
    const job = newJob();
    let atWork = 0;
    const work = async (): Promise<string> => {
      expect(++atWork).toBe(1);
      await sleep(100);
      atWork--;
      return 'swept 3';
    };
    const did = await Promise.all([one.run(job, 30, work), two.run(job, 30, work), one.run(job, 30, work)]);
    expect(did.filter(Boolean)).toHaveLength(1);
    const failing = two.run(job, 30, () => Promise.reject(new Error('broken broom')));
    await expect(failing).rejects.toThrow('broken broom');
    const [good, bad] = await runs(job);
    expect(good).toMatchObject({ fence: 1, summary: 'swept 3', error: null });
    expect(bad).toMatchObject({ fence: 2, summary: null, error: 'broken broom' });
    expect(good!.endedAt!.getTime()).toBeGreaterThanOrEqual(good!.startedAt.getTime() + 90);
    // Released, not run out: the next may begin at once.
    expect(await one.run(job, 30, () => Promise.resolve('again'))).toBe(true);
  });

  it('are renewed while the work takes longer than their time', async () => {
    const job = newJob();
    const long = one.run(job, 1, async () => {
      await sleep(2_500);
      return 'done';
    });
    await sleep(1_800);
    expect(await two.run(job, 1, () => Promise.resolve('no'))).toBe(false);
    expect(await long).toBe(true);
  });

  it('forget old runs', async () => {
    const job = newJob();
    await one.run(job, 5, () => Promise.resolve('x'));
    expect(await one.purgeRuns(new Date(Date.now() - 60_000))).toBe(0);
    expect(await one.purgeRuns(new Date(Date.now() + 1_000))).toBeGreaterThan(0);
    expect(await runs(job)).toEqual([]);
  });

  it('do no job that nobody has registered, for it would run unseen', async () => {
    const unseen = one.run(newId(), 5, () => Promise.resolve('x'));
    await expect(unseen).rejects.toThrow('is not registered');
    const name = newJob();
    const run = () => Promise.resolve();
    expect(() => one.register({ name, description: 'Another.', schedule: '* * * * * *', run })).toThrow('two jobs');
    expect(one.jobs().map((job) => job.name)).toContain(name);
  });

  it('say who is at work, and how the last run went', async () => {
    const job = newJob();
    expect(await one.lastRun(job)).toBeNull();
    const told: string[] = [];
    one.onFailure((name) => Promise.resolve(void told.push(name)));
    const broken = one.run(job, 30, async () => {
      expect((await two.held()).map(({ name }) => name)).toContain(job);
      throw new Error('no broom');
    });
    await expect(broken).rejects.toThrow('no broom');
    expect((await two.held()).map(({ name }) => name)).not.toContain(job);
    const instance = expect.stringMatching(/^.+\/\d+$/) as string;
    expect(await two.lastRun(job)).toMatchObject({ job, error: 'no broom', summary: null, instance });
    expect(told).toEqual([job]);
  });
});
