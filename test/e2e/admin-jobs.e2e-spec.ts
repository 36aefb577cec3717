import { SchedulerRegistry } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdminApi, adminApi } from '../support/admin';
import { startIdp, type TestIdp } from '../support/idp';

interface Job {
  name: string;
  description: string;
  schedule: string;
  nextRunAt: string | null;
}

describe('the administration API: jobs', () => {
  let idp: TestIdp;
  let home: Tenant;
  let api: AdminApi;
  let leases: Leases;

  beforeAll(async () => {
    idp = await startIdp();
    home = (await idp.get(TenantsService).findSystem())!;
    api = await adminApi(idp, home, ['operator']);
    leases = idp.get(Leases);
  });

  afterAll(() => idp?.close());

  it('knows every job that is scheduled, each with what it does and when', async () => {
    const { body, status } = await api.get('jobs');
    expect(status).toBe(200);
    const scheduler = idp.application.get(SchedulerRegistry, { strict: false });
    const names = body.items.map(({ name }: Job) => name);
    expect(names).toEqual([...scheduler.getCronJobs().keys()].sort());
    expect(scheduler.getIntervals()).toEqual([]);
    expect(names.length).toBeGreaterThan(10);
    for (const job of body.items as Job[]) {
      expect([job.name, job.description.length > 20, job.schedule.split(' ').length > 4]).toEqual([
        job.name,
        true,
        true,
      ]);
      expect(Date.parse(job.nextRunAt!)).toBeGreaterThan(Date.now() - 10_000);
      expect(scheduler.getCronJob(job.name).cronTime.source).toBe(job.schedule);
    }
  });

  it('runs one now, and tells how it went', async () => {
    const before = await api.get('jobs/idempotency-purge/runs');
    const started = await api.post('jobs/idempotency-purge/run', undefined);
    expect([started.status, started.body.name]).toEqual([202, 'idempotency-purge']);
    let job = await api.get('jobs/idempotency-purge');
    // The run is written down before its lock is given back.
    const isOver = (): boolean => job.body.lastRun?.result === 'success' && job.body.lock === null;
    for (let n = 0; n < 200 && !isOver(); n++) {
      await sleep(50);
      job = await api.get('jobs/idempotency-purge');
    }
    expect(job.body.lastRun).toMatchObject({ result: 'success', summary: '0 forgotten', error: null });
    expect(job.body.lastRun.instance).toMatch(/\/\d+$/);
    expect(job.body.lock).toBeNull();
    const after = await api.get('jobs/idempotency-purge/runs');
    expect(after.body.items).toHaveLength(before.body.items.length + 1);
    const [event] = await idp.database.dataSource.query<object[]>(
      `SELECT "targetId", "actorType" FROM "audit_event" WHERE "tenantId" = $1 AND "event" = 'job.started'`,
      [home.id],
    );
    expect(event).toEqual({ targetId: 'idempotency-purge', actorType: 'client' });
  });

  it('says who is at it, and lets nobody begin it twice', async () => {
    let end = (): void => {};
    const held = new Promise<void>((resolve) => (end = resolve));
    const running = leases.run('login.purge', 60, async () => {
      await held;
      return 'done';
    });
    let job = await api.get('jobs/login.purge');
    for (let n = 0; n < 50 && !job.body.lock?.instance; n++) job = await api.get('jobs/login.purge');
    expect(job.body.lock.instance).toMatch(/\/\d+$/);
    expect(Date.parse(job.body.lock.expiresAt)).toBeGreaterThan(Date.now());
    expect((await api.post('jobs/login.purge/run', undefined)).status).toBe(409);
    end();
    await running;
    expect((await api.get('jobs/login.purge')).body.lock).toBeNull();
  });

  it('keeps the failure, here and in the trail', async () => {
    const broken = leases.run('oauth.purge', 60, () => Promise.reject(new Error('no broom')));
    await expect(broken).rejects.toThrow('no broom');
    const runs = await api.get('jobs/oauth.purge/runs?failed=true&limit=1');
    expect(runs.body.items).toMatchObject([{ result: 'failure', error: 'no broom' }]);
    expect((await api.get('jobs/oauth.purge/runs?sort=startedAt')).status).toBe(200);
    const [event] = await idp.database.dataSource.query<object[]>(
      `SELECT "targetId", "result", "detail" FROM "audit_event" WHERE "tenantId" = $1 AND "event" = 'job.failed'`,
      [home.id],
    );
    expect(event).toEqual({ targetId: 'oauth.purge', result: 'failure', detail: { reason: 'no broom' } });
  });

  it('S-177 is closed to every tenant but the system, and knows no other names', async () => {
    const acme = await idp.createTenant({ slug: 'acme' });
    const owner = await adminApi(idp, acme);
    expect((await owner.get('jobs')).status).toBe(403);
    expect((await owner.post('jobs/key-rotation/run', undefined)).status).toBe(403);
    expect((await new AdminApi(acme, api.token).get('jobs')).status).toBe(403);
    const auditor = await adminApi(idp, home, ['auditor']);
    expect((await auditor.get('jobs')).status).toBe(200);
    expect((await auditor.post('jobs/key-rotation/run', undefined)).status).toBe(403);
    for (const name of ['none', '%00', '__proto__', "'"]) {
      expect([name, (await api.get(`jobs/${name}`)).status]).toEqual([name, 404]);
      expect((await api.get(`jobs/${name}/runs`)).status).toBe(404);
      expect((await api.post(`jobs/${name}/run`, undefined)).status).toBe(404);
    }
  });
});
