import { type Resource } from '@tokenidp/clients';
import { newId } from '@tokenidp/kernel';
import { FailedRequests } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { failingAuthorizations } from '../support/failing-authorizations';
import { failingCalls } from '../support/failing-calls';
import { type FailingRequest, type FailingWorld, PLANTED } from '../support/failing-requests';
import { createApi, createClient, createMachine, type TestClient } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';

/** Their names are known before there is anybody to ask. */
const FAILING = [failingAuthorizations, failingCalls].flatMap((all) => Object.keys(all({} as FailingWorld)));

describe('the administration API: failed requests', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;
  let machine: TestClient;
  let failing: Record<string, FailingRequest>;
  let resource: Resource;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant, ['auditor']);
    const app = await createClient(idp, tenant, { response_modes: ['query'] });
    machine = await createMachine(idp, tenant);
    const strict = await createClient(idp, tenant, { require_pushed_authorization_requests: true });
    resource = await createApi(idp, tenant, [app.client, machine.client]);
    const world = { tenant, app, machine, strict };
    failing = { ...failingAuthorizations(world), ...failingCalls(world) };
  });

  afterAll(() => idp?.close());

  /** What was kept of the one request that failed last. */
  async function last(): Promise<Record<string, unknown>> {
    await idp.get(FailedRequests).flush();
    return (await api.get('failed-requests?limit=1')).body.items[0];
  }

  it.each(FAILING)('tells why, what and how to mend: %s', async (name) => {
    const { ask, cause, endpoint, error, sent = {}, registered = {}, fix } = failing[name]!;
    const answer = await ask();
    const kept = await last();
    expect(kept).toMatchObject({ cause, endpoint, error, sent, registered, omitted: 0 });
    if (fix) expect(kept.fix).toMatchObject(fix);
    else expect(kept.fix).toBeNull();
    expect(JSON.stringify(kept)).not.toContain(PLANTED);
    if (answer.headers.get('content-type')?.includes('html')) expect(answer.text).toContain(kept.id);
    expect((await api.get(`failed-requests/${String(kept.id)}`)).body).toEqual(kept);
  });

  it('keeps nothing of what went well, and no step of a flow that goes well', async () => {
    const form = { grant_type: 'client_credentials', scope: 'api.read', resource: resource.identifier };
    const goodToken = () => postForm(`${tenant.issuer}/token`, form, basic(machine.client.client_id, machine.secret));
    const before = await last();
    expect((await goodToken()).status).toBe(200);
    expect((await last()).id).toBe(before.id);
  });

  it('is narrowed by its filters, and paged', async () => {
    const ids = async (query: string) => (await api.get(`failed-requests?limit=200&${query}`)).body.items;
    const all = await ids('');
    expect(all.length).toBeGreaterThanOrEqual(15);
    const [first] = all;
    expect(await ids(`requestId=${first.id}`)).toEqual([first]);
    for (const [filter, member] of [
      ['clientId', 'clientId'],
      ['endpoint', 'endpoint'],
      ['error', 'error'],
      ['cause', 'cause'],
    ] as const) {
      const value = all.find((each: Record<string, unknown>) => each[member] !== null)[member];
      const some = await ids(`${filter}=${encodeURIComponent(value)}`);
      expect(some.length).toBeGreaterThan(0);
      expect(some.every((each: Record<string, unknown>) => each[member] === value)).toBe(true);
    }
    expect(await ids('search=GHOST')).toHaveLength(1);
    expect(await ids('to=2020-01-01T00:00:00Z')).toEqual([]);
    const page = (await api.get('failed-requests?limit=2&sort=occurredAt')).body;
    const next = (await api.get(`failed-requests?limit=2&sort=occurredAt&cursor=${page.nextCursor}`)).body;
    expect([...page.items, ...next.items].map(({ id }) => id)).toEqual(
      all
        .reverse()
        .slice(0, 4)
        .map(({ id }: { id: string }) => id),
    );
    expect((await api.get('failed-requests?clientId=x')).status).toBe(400);
  });

  it('S-175 tells another tenant nothing', async () => {
    const { id } = await last();
    const there = await adminApi(idp, await idp.createTenant({ slug: 'globex' }));
    expect((await there.get(`failed-requests/${String(id)}`)).status).toBe(404);
    expect((await there.get(`failed-requests/${newId()}`)).status).toBe(404);
    expect((await there.get('failed-requests/x')).status).toBe(404);
    expect((await there.get('failed-requests')).body.items).toEqual([]);
    const manager = await adminApi(idp, tenant, ['application-manager']);
    expect((await manager.get('failed-requests')).status).toBe(403);
  });

  it('keeps so many of a minute and counts the others; all of it for a week', async () => {
    const flooded = await idp.createTenant({ slug: 'flooded' });
    // A token lives for minutes, and the clock goes on by days.
    const kept = async () =>
      (await (await adminApi(idp, flooded, ['auditor'])).get('failed-requests?limit=200')).body.items;
    const one = () => send(`${flooded.issuer}/authorize?client_id=ghost`);
    idp.clock.hold();
    for (let n = 0; n < 130; n += 10) await Promise.all(Array.from({ length: 10 }, one));
    idp.clock.forward(61);
    await idp.get(FailedRequests).flush();
    const items = await kept();
    const omitted = items.filter(({ cause }: { cause: string }) => cause === 'omitted');
    expect([items.length, omitted.map((each: { omitted: number }) => each.omitted)]).toEqual([121, [10]]);
    idp.clock.forward(6 * 24 * 3600);
    await idp.get(FailedRequests).purge();
    expect(await kept()).toHaveLength(121);
    idp.clock.forward(24 * 3600);
    await idp.get(FailedRequests).purge();
    expect(await kept()).toEqual([]);
    idp.clock.reset();
    expect((await api.get('failed-requests')).body.items).toEqual([]);
  });
});
