import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { AdminApi, adminApi } from '../support/admin';
import { startIdp, type TestIdp } from '../support/idp';

describe('the administration API: resources', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
  });

  afterAll(() => idp?.close());

  const invoices = (n: number | string, more: object = {}) => ({
    identifier: `https://api.example/invoices/${n}`,
    name: `Invoices ${n}`,
    scopes: [{ name: 'invoices.read', displayName: 'Read invoices' }],
    ...more,
  });

  it('creates, shows, changes and deletes', async () => {
    const created = await api.post('resources', invoices('life'));
    expect([created.status, created.body.name, created.body.builtIn]).toEqual([201, 'Invoices life', false]);
    const path = `resources/${created.body.id}`;
    const shown = await api.get(path);
    expect([shown.status, shown.headers.get('etag')]).toEqual([200, created.headers.get('etag')]);
    expect(shown.body).toEqual(created.body);
    const changed = await api.patch(path, { name: 'Bills', accessTokenSeconds: 120 });
    expect([changed.status, changed.body.name, changed.body.accessTokenSeconds]).toEqual([200, 'Bills', 120]);
    expect((await api.patch(path, { accessTokenSeconds: null })).body.accessTokenSeconds).toBeNull();
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
  });

  it('RFC 9470 a resource says how its users have to have signed in, and no longer', async () => {
    const needs = { requiredAcr: 'urn:tokenidp:acr:single-factor', maxAgeSeconds: 600 };
    const { body } = await api.post('resources', invoices('strict', needs));
    expect(body).toMatchObject(needs);
    const none = { requiredAcr: null, maxAgeSeconds: null };
    expect((await api.patch(`resources/${body.id}`, none)).body).toMatchObject(none);
    expect((await api.patch(`resources/${body.id}`, { requiredAcr: 'two words' })).status).toBe(400);
    expect((await api.patch(`resources/${body.id}`, { maxAgeSeconds: -1 })).status).toBe(400);
  });

  it('RFC 9110 §13.1.1 a change names the version it has seen', async () => {
    const { body } = await api.post('resources', invoices('etag'));
    const path = `resources/${body.id}`;
    const first = (await api.get(path)).headers.get('etag')!;
    expect((await api.patch(path, { name: 'x' }, {})).status).toBe(428);
    expect((await api.patch(path, { name: 'one' }, { 'if-match': first })).status).toBe(200);
    expect((await api.patch(path, { name: 'two' }, { 'if-match': first })).status).toBe(412);
    expect((await api.get(path)).body.name).toBe('one');
  });

  it('an Idempotency-Key gives the first answer again, and only to the same request', async () => {
    const key = { 'idempotency-key': 'order 7' };
    const [first, second] = await Promise.all([
      api.post('resources', invoices('once'), key),
      api.post('resources', invoices('once'), key),
    ]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect((await api.post('resources', invoices('other'), key)).status).toBe(422);
  });

  it('pages by cursor, in any order, and refuses a cursor of another list', async () => {
    for (const n of [1, 2, 3, 4, 5]) await api.post('resources', invoices(`page-${n}`));
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await api.get(`resources?limit=2&search=PAGE-&sort=-name${cursor}`);
      names.push(...page.body.items.map(({ name }: { name: string }) => name));
      cursor = page.body.nextCursor ? `&cursor=${page.body.nextCursor}` : '';
    } while (cursor);
    expect(names).toEqual([5, 4, 3, 2, 1].map((n) => `Invoices page-${n}`));
    const { body } = await api.get('resources?limit=1');
    const other = await api.get(`resources?limit=1&sort=-createdAt&cursor=${body.nextCursor}`);
    expect([other.status, other.body.errors[0].pointer]).toEqual([400, '/cursor']);
  });

  it('S-177 names each member that is wrong, missing or unknown, and changes nothing', async () => {
    const answer = await api.post('resources', { name: 7, isAdmin: true, scopes: [{ name: 'a b', tenantId: 'x' }] });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/identifier',
      '/isAdmin',
      '/name',
      '/scopes/0/tenantId',
    ]);
  });

  it('S-180 opens to nobody without a token made for it', async () => {
    const bare = await fetch(`${tenant.issuer}/admin/api/v1/resources`);
    expect([bare.status, bare.headers.get('www-authenticate')?.startsWith('Bearer realm=')]).toEqual([401, true]);
    const auditor = await adminApi(idp, tenant, ['auditor']);
    expect((await auditor.get('resources')).status).toBe(200);
    const refused = await auditor.post('resources', invoices('auditor'));
    expect([refused.status, refused.body.detail]).toEqual([403, 'The permission resources.write is missing.']);
  });

  it('S-175 an operator acts on a tenant with the rights held at home', async () => {
    const home = (await idp.get(TenantsService).findSystem())!;
    const operator = await adminApi(idp, home, ['operator']);
    const abroad = new AdminApi(tenant, operator.token);
    expect((await abroad.post('resources', invoices('operator'))).status).toBe(201);
    expect((await new AdminApi(home, api.token).get('resources')).status).toBe(401);
  });
});
