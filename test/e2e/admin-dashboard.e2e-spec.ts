import { StatisticsRollup } from '@tokenidp/audit';
import { ClientsService } from '@tokenidp/clients';
import { Leases } from '@tokenidp/database';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { CodeFlow, passThrough } from '../support/code-flow';
import { createClient, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

describe('the administration API: dashboard', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
  });

  afterAll(() => idp?.close());

  it('shows what happened, from sums that a job keeps', async () => {
    const { credentials } = await createUser(idp, tenant);
    const app = await createClient(idp, tenant, { client_name: 'Shop' });
    const flow = await CodeFlow.of(tenant, app);
    const browser = new HttpBrowser();
    await passThrough(browser, (await flow.request()).url, { ...credentials, password: 'wrong' });
    await flow.tokens(await flow.code(browser, { credentials }));
    await flow.tokens(await flow.code(browser));
    const empty = (await api.get('dashboard')).body;
    expect([empty.points.length, empty.points.at(-1).tokens, empty.countedUntil]).toEqual([30, 0, null]);
    idp.clock.forward(400);
    await idp.get(StatisticsRollup).run();
    await idp.get(StatisticsRollup).run();
    api = await adminApi(idp, tenant);
    const { status, body } = await api.get('dashboard');
    expect(status).toBe(200);
    const total = (member: string) =>
      body.points.reduce((sum: number, point: Record<string, number>) => sum + point[member]!, 0);
    expect(['signInsSucceeded', 'signInsFailed', 'newUsers', 'activeUsers'].map(total)).toEqual([1, 1, 1, 1]);
    expect(body.tokensByGrant).toContainEqual({ grantType: 'authorization_code', count: 2 });
    expect(body.topApps).toContainEqual({ id: app.client.id, name: 'Shop', tokens: 2 });
    expect(body.failures).toEqual([{ cause: expect.stringMatching(/^sign-in\.failed: \w/) as string, count: 1 }]);
    expect(Date.parse(body.countedUntil)).toBeLessThan(idp.clock.now().getTime());
    const hours = (await api.get('dashboard?interval=hour')).body;
    expect(hours.points).toHaveLength(24);
    expect(hours.points.every(({ activeUsers }: { activeUsers: null }) => activeUsers === null)).toBe(true);
    expect(hours.tokensByGrant).toEqual(body.tokensByGrant);
  });

  it('tells of secrets that expire, of keys that are too old, and to operators of jobs that failed', async () => {
    const app = await createClient(idp, tenant, { client_name: 'Old shop' });
    const soon = new Date(idp.clock.now().getTime() + 86_400_000);
    await idp.get(ClientsService).addSecret(tenant, app.client.id, { name: 'autumn', expiresAt: soon });
    const { alerts } = (await api.get('dashboard')).body;
    expect(alerts).toMatchObject([
      { kind: 'secret-expiring', message: 'The secret "autumn" of Old shop expires soon.' },
    ]);
    const failing = idp.get(Leases).run('login.purge', 5, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    const home = (await idp.get(TenantsService).findSystem())!;
    const operator = await adminApi(idp, home, ['operator']);
    expect((await operator.get('dashboard')).body.alerts).toMatchObject([
      { kind: 'job-failed', target: { type: 'job', id: 'login.purge' } },
    ]);
    expect((await api.get('dashboard')).body.alerts).toHaveLength(1);
    idp.clock.forward(92 * 86_400);
    const late = await adminApi(idp, tenant);
    const kinds = (await late.get('dashboard')).body.alerts.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toContain('key-old');
    idp.clock.reset();
  });

  it.each([
    'interval=minute',
    'from=yesterday',
    'from=2026-11-24',
    'from=2000-01-01T00:00:00Z',
    'from=2026-11-25T00:00:00Z&to=2026-11-20T00:00:00Z',
    'to=%00',
    'from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z',
    'surprise=1',
  ])('S-177 refuses the range %s', async (query) => {
    const answer = await (await adminApi(idp, tenant)).get(`dashboard?${query}`);
    expect([answer.status, answer.body.errors.length]).toEqual([400, 1]);
  });
});
