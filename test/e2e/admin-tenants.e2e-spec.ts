import { newId } from '@tokenidp/kernel';
import { DomainRecords, REMOVAL_GRACE_DAYS, type Tenant, TenantRemoval, TenantsService } from '@tokenidp/tenancy';
import { AdminApi, adminApi } from '../support/admin';
import { createUser } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';
import { tenantTables } from '../support/tenant-watch';

const DAY = 86_400_000;

describe('the administration API: tenants and their domains', () => {
  let idp: TestIdp;
  let home: Tenant;
  let api: AdminApi;
  let acme: Tenant;
  let acmeApi: AdminApi;

  beforeAll(async () => {
    idp = await startIdp();
    home = (await idp.get(TenantsService).findSystem())!;
    api = await adminApi(idp, home, ['operator']);
    acme = await idp.createTenant({ slug: 'acme' });
    acmeApi = await adminApi(idp, acme);
  });

  afterAll(() => idp?.close());

  const events = (tenantId: string) =>
    idp.database.dataSource.query<{ event: string; actorType: string; actorTenantId: string; detail: object }[]>(
      `SELECT "event", "actorType", "actorTenantId", "detail" FROM "audit_event"
       WHERE "tenantId" = $1 AND ("event" LIKE 'tenant.%' OR "event" LIKE 'setting.%') ORDER BY "occurredAt", "id"`,
      [tenantId],
    );

  it('creates, shows, changes, suspends and resumes, with the trail of both tenants', async () => {
    const input = { slug: 'life', name: 'Life Ltd', sandbox: true, settings: { locales: { default: 'de' } } };
    const created = await api.post('tenants', input);
    expect([created.status, created.body.slug, created.body.displayName, created.body.status]).toEqual([
      ...[201, 'life', 'Life Ltd', 'active'],
    ]);
    expect(created.body.issuer).toBe(`${idp.origin}/t/life`);
    const path = `tenants/${created.body.id}`;
    expect((await api.get(path)).headers.get('etag')).toBe(created.headers.get('etag'));
    expect((await fetch(`${created.body.issuer}/.well-known/jwks.json`)).status).toBe(200);
    const changed = await api.patch(path, { displayName: 'Life', sandbox: false });
    expect([changed.status, changed.body.name, changed.body.displayName, changed.body.sandbox]).toEqual([
      ...[200, 'Life Ltd', 'Life', false],
    ]);
    expect((await api.post(`${path}/suspend`, undefined)).body.status).toBe('suspended');
    expect((await fetch(`${created.body.issuer}/.well-known/jwks.json`)).status).toBe(404);
    expect((await api.post(`${path}/resume`, undefined)).body.status).toBe('active');
    expect((await fetch(`${created.body.issuer}/.well-known/jwks.json`)).status).toBe(200);
    const trail = await events(created.body.id);
    expect(trail.map(({ event }) => event)).toEqual([
      ...['tenant.created', 'tenant.changed', 'tenant.changed', 'tenant.changed'],
    ]);
    expect(trail[1]).toMatchObject({
      actorType: 'operator',
      actorTenantId: home.id,
      detail: { before: { displayName: 'Life Ltd', sandbox: true }, after: { displayName: 'Life', sandbox: false } },
    });
    const athome = (await events(home.id)).filter(
      ({ detail }) => (detail as { inTenant?: string }).inTenant === created.body.id,
    );
    expect(athome).toHaveLength(4);
  });

  it('RFC 9110 §13.1.1 a change names the version it has seen, a create may be repeated', async () => {
    const key = { 'idempotency-key': 'tenant 1' };
    const input = { slug: 'once', name: 'Once' };
    const [first, second] = [await api.post('tenants', input, key), await api.post('tenants', input, key)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    const path = `tenants/${first.body.id}`;
    const seen = { 'if-match': first.headers.get('etag')! };
    expect((await api.patch(path, { name: 'One' }, {})).status).toBe(428);
    expect((await api.patch(path, { name: 'One' }, seen)).status).toBe(200);
    expect((await api.patch(path, { name: 'Two' }, seen)).status).toBe(412);
    expect((await api.delete(path, seen)).status).toBe(412);
    const taken = await api.post('tenants', input);
    expect([taken.status, taken.body.errors[0].pointer]).toEqual([409, '/slug']);
  });

  it('searches by each name, filters, sorts and pages', async () => {
    for (const n of [1, 2, 3]) {
      await idp.createTenant({
        slug: `list-${n}`,
        name: `Listed ${4 - n}`,
        displayName: `Seen ${n}`,
        sandbox: n === 2,
      });
    }
    const slugs = async (query: string): Promise<string[]> =>
      (await api.get(`tenants?${query}`)).body.items.map(({ slug }: { slug: string }) => slug);
    expect(await slugs('search=LISTED&sort=name')).toEqual(['list-3', 'list-2', 'list-1']);
    expect(await slugs('search=seen%202')).toEqual(['list-2']);
    expect(await slugs('search=list-&sandbox=true')).toEqual(['list-2']);
    expect(await slugs(`search=${acme.id}`)).toEqual(['acme']);
    expect(await slugs('kind=system')).toEqual(['system']);
    expect(await slugs('search=list-&status=deleting')).toEqual([]);
    const first = await api.get('tenants?search=list-&sort=-createdAt&limit=2');
    expect(Object.keys(first.body.items[0])).not.toContain('sortValue');
    const next = `tenants?search=list-&sort=-createdAt&limit=2&cursor=${first.body.nextCursor}`;
    expect((await api.get(next)).body).toMatchObject({ items: [{ slug: 'list-1' }], nextCursor: null });
  });

  it('S-177 refuses what is no tenant, and changes nothing', async () => {
    for (const [pointer, input] of [
      ['/slug', { slug: 'admin', name: 'x' }],
      ['/slug', { slug: '-x', name: 'x' }],
      ['/name', { slug: 'fine', name: 'a\u202eb' }],
      ['/name', { slug: 'fine', name: '\ud800' }],
      ['/isAdmin', { slug: 'fine', name: 'x', isAdmin: true }],
      ['/status', { slug: 'fine', name: 'x', status: 'active' }],
      [
        '/settings/lifetimes/accessTokenSeconds',
        { slug: 'fine', name: 'x', settings: { lifetimes: { accessTokenSeconds: 1 } } },
      ],
    ] as const) {
      const answer = await api.post('tenants', input);
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([400, pointer]);
    }
    expect((await api.get('tenants?search=fine')).body.items).toEqual([]);
    expect((await api.get('tenants/none')).status).toBe(404);
    expect((await api.post(`tenants/${newId()}/suspend`, undefined)).status).toBe(404);
    expect((await api.post(`tenants/${home.id}/suspend`, undefined)).status).toBe(409);
    expect((await api.delete(`tenants/${home.id}`)).status).toBe(409);
  });

  it('S-176 is closed to every tenant but the system, whatever its roles; its own part is open', async () => {
    expect((await acmeApi.get('tenants')).status).toBe(403);
    expect((await acmeApi.get(`tenants/${home.id}`)).status).toBe(403);
    expect((await new AdminApi(acme, api.token).get('tenants')).status).toBe(403);
    expect((await acmeApi.get('tenant')).body).toMatchObject({ id: acme.id, slug: 'acme' });
    const changed = await acmeApi.patch('tenant', { displayName: 'Acme Inc.' });
    expect([changed.status, changed.body.displayName]).toEqual([200, 'Acme Inc.']);
    expect((await acmeApi.patch('tenant', { name: 'x' })).body.errors[0].pointer).toBe('/name');
    expect((await acmeApi.patch('tenant', { sandbox: true })).status).toBe(400);
    const auditor = await adminApi(idp, acme, ['auditor']);
    expect((await auditor.get('tenant')).status).toBe(200);
    expect((await auditor.patch('tenant', { displayName: 'x' })).status).toBe(403);
  });

  it('deletes with a grace in which it can be had back, and then everything it owns', async () => {
    const doomed = await idp.createTenant({ slug: 'doomed' });
    const path = `tenants/${doomed.id}`;
    await createUser(idp, doomed);
    await api.post(`${path}/suspend`, undefined);
    const deleted = await api.delete(path);
    expect([deleted.status, deleted.body.status]).toEqual([200, 'deleting']);
    const days = (Date.parse(deleted.body.removalAt) - idp.clock.now().getTime()) / DAY;
    expect(days).toBeCloseTo(REMOVAL_GRACE_DAYS, 2);
    expect((await api.post(`${path}/resume`, undefined)).status).toBe(409);
    expect((await api.delete(path)).status).toBe(409);
    await idp.get(TenantRemoval).run();
    const restored = await api.post(`${path}/restore`, undefined);
    expect([restored.status, restored.body.status, restored.body.removalAt]).toEqual([200, 'suspended', null]);
    expect((await api.post(`${path}/restore`, undefined)).status).toBe(409);

    const rowsLeft = async (id: string): Promise<string[]> => {
      const left: string[] = [];
      for (const table of await tenantTables(idp.database)) {
        const [row] = await idp.database.dataSource.query<{ n: number }[]>(
          `SELECT count(*)::int AS n FROM "${table}" WHERE "tenantId" = $1`,
          [id],
        );
        if (row!.n > 0) left.push(table);
      }
      return left.sort();
    };
    await api.delete(path);
    expect(await rowsLeft(doomed.id)).toEqual(expect.arrayContaining(['audit_event', 'client', 'signing_key', 'user']));
    idp.clock.forward((REMOVAL_GRACE_DAYS * DAY) / 1000 + 600);
    const late = await adminApi(idp, home, ['operator']);
    expect((await late.post(`${path}/restore`, undefined)).status).toBe(409);
    const kept = await rowsLeft(acme.id);
    await idp.get(TenantRemoval).run();
    expect(await rowsLeft(doomed.id)).toEqual([]);
    expect(await rowsLeft(acme.id)).toEqual(kept);
    expect((await late.get(path)).status).toBe(404);
    const told = (await events(home.id)).filter(({ event }) => event === 'tenant.deleted');
    expect(told).toMatchObject([{ actorType: 'system', detail: { slug: 'doomed' } }]);
    // The slug is free again.
    expect((await late.post('tenants', { slug: 'doomed', name: 'Again' })).status).toBe(201);
    idp.clock.reset();
  });

  it('claims, verifies, vouches for and gives up domains', async () => {
    const shop = await idp.createTenant({ slug: 'shop' });
    const shopApi = await adminApi(idp, shop);
    const domain = 'login.shop.example';
    const claimed = await shopApi.post('domains', { domain });
    expect([claimed.status, claimed.body.verified, claimed.body.record.type, claimed.body.record.name]).toEqual([
      ...[201, false, 'TXT', `_tokenidp-challenge.${domain}`],
    ]);
    const path = `domains/${claimed.body.id}`;
    expect((await shopApi.post('domains', { domain })).body).toEqual(claimed.body);
    expect((await shopApi.get('domains')).body.items).toEqual([claimed.body]);
    expect((await acmeApi.get(path)).status).toBe(404);
    expect((await acmeApi.post(`${path}/verify`, undefined)).status).toBe(404);
    for (const bad of ['localhost', 'LOGIN.shop.example', 'a b.example', 'x.localhost', '\0.example']) {
      const answer = await shopApi.post('domains', { domain: bad });
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/domain']);
    }
    const read = jest.spyOn(idp.application.get(DomainRecords, { strict: false }), 'read').mockResolvedValue([]);
    expect((await shopApi.post(`${path}/verify`, undefined)).status).toBe(409);
    expect((await shopApi.post(`${path}/vouch`, undefined)).status).toBe(403);
    read.mockResolvedValue([claimed.body.record.value]);
    const verified = await shopApi.post(`${path}/verify`, undefined);
    expect([verified.status, verified.body.verified, verified.body.issuer]).toEqual([200, true, `https://${domain}`]);
    read.mockRestore();
    expect((await fetch(`${shop.issuer}/.well-known/jwks.json`)).status).toBe(404);
    expect((await api.get(`tenants/${shop.id}`)).body.domain).toBe(domain);
    expect((await events(shop.id)).map(({ event }) => event)).toEqual(['setting.created', 'setting.changed']);
  });

  it('an operator vouches for a domain of a tenant, nobody of the tenant does', async () => {
    const club = await idp.createTenant({ slug: 'club' });
    const owner = await adminApi(idp, club);
    const operator = new AdminApi(club, (await adminApi(idp, home, ['operator'])).token);
    const { body } = await owner.post('domains', { domain: 'club.example.org' });
    expect((await owner.post(`domains/${body.id}/vouch`, undefined)).status).toBe(403);
    const given = await owner.post('domains', { domain: 'other.example.org' });
    expect((await owner.delete(`domains/${given.body.id}`)).status).toBe(204);
    expect((await owner.get(`domains/${given.body.id}`)).status).toBe(404);
    const vouched = await operator.post(`domains/${body.id}/vouch`, undefined);
    expect([vouched.status, vouched.body.issuer]).toEqual([200, 'https://club.example.org']);
  });
});
