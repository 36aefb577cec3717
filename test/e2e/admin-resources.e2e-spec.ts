import { ClientsService, ResourcesService } from '@tokenidp/clients';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { AdminApi, adminApi } from '../support/admin';
import { createMachine } from '../support/fixtures';
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

  it('exports all that fit, and takes many at once', async () => {
    const operations = [
      { op: 'create', data: invoices('bulk-1') },
      { op: 'create', data: invoices('bulk-1') },
      { op: 'create', data: { ...invoices('bulk-2'), accessTokenSeconds: 1 } },
    ];
    const { body } = await api.post('resources/bulk', { operations });
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([201, 409, 400]);
    expect(body.results[2].problem.errors[0].pointer).toBe('/operations/2/data/accessTokenSeconds');
    const { rowId: id } = body.results[0];
    const etag = (await api.get(`resources/${id}`)).headers.get('etag')!;
    const rows = [
      { op: 'update', id, etag, data: { name: 'Bulk' } },
      { op: 'update', id, etag, data: { name: 'Lost' } },
      { op: 'delete', id },
      { op: 'delete', id },
    ];
    const second = await api.post('resources/bulk', { operations: rows });
    expect(second.body.results.map(({ status }: { status: number }) => status)).toEqual([200, 412, 204, 404]);
    await api.post('resources', invoices('export'));
    const csv = await api.get('resources/export?format=csv&search=invoices/export');
    expect(csv.text.split('\r\n').map((line) => line.split(',')[1])).toEqual([
      'identifier',
      'https://api.example/invoices/export',
      undefined,
    ]);
    const [line] = (await api.get('resources/export?search=invoices/export')).text.split('\n');
    expect(JSON.parse(line!)).not.toHaveProperty('sortValue');
  });

  describe('scopes', () => {
    it('are added, shown, changed and taken away, and keep their ids', async () => {
      const { body: resource } = await api.post('resources', invoices('scopes'));
      const path = `resources/${resource.id}/scopes`;
      const added = await api.post(path, { name: 'invoices.pay', sensitive: true }, { 'idempotency-key': 'scope 1' });
      expect([added.status, added.body.displayName, added.body.sensitive]).toEqual([201, 'invoices.pay', true]);
      expect((await api.post(path, { name: 'invoices.pay' })).status).toBe(409);
      const changed = await api.patch(`${path}/${added.body.id}`, { displayName: 'Pay' });
      expect([changed.status, changed.body]).toEqual([200, { ...added.body, displayName: 'Pay' }]);
      expect((await api.patch(`${path}/${added.body.id}`, { displayName: 'x' }, { 'if-match': '"old"' })).status).toBe(
        412,
      );
      const list = await api.get(`${path}?sort=-name`);
      expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['invoices.read', 'invoices.pay']);
      expect((await api.get(`${path}?sensitive=true&search=PAY`)).body.items).toEqual([changed.body]);
      await api.patch(`resources/${resource.id}`, { scopes: [{ name: 'invoices.pay' }, { name: 'invoices.new' }] });
      expect((await api.get(`${path}/${added.body.id}`)).body.name).toBe('invoices.pay');
      expect((await api.delete(`${path}/${added.body.id}`)).status).toBe(204);
      expect(
        (await api.get(`resources/${resource.id}`)).body.scopes.map((each: { name: string }) => each.name),
      ).toEqual(['invoices.new']);
    });

    it('RFC 9700 §2.3 one that is taken away is assigned to nobody, and not when it comes back either', async () => {
      const { body: resource } = await api.post('resources', invoices('gone'));
      const { client } = await createMachine(idp, tenant);
      const scopes = { userScopes: [], clientScopes: ['invoices.read'] };
      await idp.get(ClientsService).assign(tenant, client.id, resource.id, scopes);
      await api.patch(`resources/${resource.id}`, { scopes: [] });
      await api.post(`resources/${resource.id}/scopes`, { name: 'invoices.read' });
      const assigned = (await api.get(`clients/${client.id}/assignments/${resource.id}`)).body;
      expect(assigned.clientScopes).toEqual([]);
    });

    it.each([
      ['two words', { name: 'a b' }],
      ['one of OpenID Connect', { name: 'openid' }],
      ['NUL', { name: 'a\u0000' }],
    ])('S-177 refuses %s as a name', async (_name, input) => {
      const { body: resource } = await api.post('resources', invoices(`bad-${_name.replaceAll(' ', '-')}`));
      const answer = await api.post(`resources/${resource.id}/scopes`, input);
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/name']);
    });

    it("S-176 stay as they are where the API is built in, or another tenant's", async () => {
      const builtIn = (await api.get('resources?builtIn=true')).body.items[0];
      expect((await api.post(`resources/${builtIn.id}/scopes`, { name: 'mine' })).status).toBe(409);
      const other = await idp.createTenant({ slug: 'globex' });
      const theirs = await idp.get(ResourcesService).create(other, invoices('theirs'));
      expect((await api.post(`resources/${theirs.id}/scopes`, { name: 'mine' })).status).toBe(404);
      expect((await api.get(`resources/${theirs.id}/scopes`)).status).toBe(404);
    });
  });
});
