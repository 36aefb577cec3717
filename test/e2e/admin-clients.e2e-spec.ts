import { LastUsed } from '../../libs/clients/src/last-used';
import { ClientsService, PORTAL_CLIENT_ID } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { createMachine } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';

const WEB = {
  type: 'web',
  client_name: 'Invoices',
  redirect_uris: ['https://app.example/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
};

describe('the administration API: clients', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
  });

  afterAll(() => idp?.close());

  const audited = (event: string, id: string) =>
    idp.database.dataSource.query<{ detail: Record<string, never> }[]>(
      `SELECT detail FROM audit_event WHERE "tenantId" = $1 AND event = $2 AND "targetId" = $3 ORDER BY "occurredAt", id`,
      [tenant.id, event, id],
    );

  it('creates, shows, changes and deletes, and says in the trail what was and what is', async () => {
    const created = await api.post('clients', { ...WEB, client_id: 'life', refresh: { idleSeconds: 600 } });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ client_id: 'life', origin: 'admin', status: 'active', refusal: null });
    expect(created.body.client_secret).toMatch(/^tcs_/);
    const path = `clients/${created.body.id}`;
    const shown = await api.get(path);
    expect(shown.headers.get('etag')).toBe(created.headers.get('etag'));
    expect(shown.body).not.toHaveProperty('client_secret');
    expect(shown.body).toMatchObject({ refresh: { rotate: false, always: false, idleSeconds: 600 }, lastUsedAt: null });
    const changed = await api.patch(path, {
      client_name: 'Bills',
      logo_uri: 'https://app.example/logo.png',
      localized: { 'client_name#de': 'Rechnungen' },
      refresh: { idleSeconds: null, absoluteSeconds: 1200 },
    });
    expect([changed.status, changed.body.client_name]).toEqual([200, 'Bills']);
    expect(changed.body.refresh).toEqual({ rotate: false, always: false, absoluteSeconds: 1200 });
    expect(changed.body.localized).toEqual({ 'client_name#de': 'Rechnungen' });
    const [{ detail }] = (await audited('client.changed', created.body.id)) as never as [{ detail: object }];
    expect(detail).toMatchObject({ before: { client_name: 'Invoices' }, after: { client_name: 'Bills' } });
    expect((await api.patch(path, { logo_uri: null, localized: { 'client_name#de': null } })).body).not.toHaveProperty(
      'logo_uri',
    );
    expect((await api.patch(path, { client_name: 'x' }, {})).status).toBe(428);
    expect((await api.patch(path, { client_name: 'x' }, { 'if-match': shown.headers.get('etag')! })).status).toBe(412);
    expect((await api.delete(path, { 'if-match': '"old"' })).status).toBe(412);
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
    expect(await audited('client.deleted', created.body.id)).toHaveLength(1);
  });

  it('an Idempotency-Key gives the first answer again, with the secret of the first', async () => {
    const key = { 'idempotency-key': 'client 1' };
    const [first, second] = await Promise.all([api.post('clients', WEB, key), api.post('clients', WEB, key)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect((await api.post('clients', { ...WEB, client_name: 'Other' }, key)).status).toBe(422);
  });

  it('filters, searches, sorts and pages', async () => {
    for (const n of [1, 2, 3]) {
      await api.post('clients', { ...WEB, client_id: `page-${n}`, client_name: `Page ${4 - n}` });
    }
    await api.post('clients', { type: 'machine', client_id: 'page-m', client_name: 'Page M' });
    const names = async (query: string): Promise<string[]> => {
      const { status, body } = await api.get(`clients?search=PAGE&${query}`);
      expect(status).toBe(200);
      return body.items.map(({ client_id }: { client_id: string }) => client_id);
    };
    expect(await names('type=web')).toEqual(['page-3', 'page-2', 'page-1']);
    expect(await names('sort=-clientId')).toEqual(['page-m', 'page-3', 'page-2', 'page-1']);
    expect(await names('type=machine&authMethod=client_secret_basic&origin=admin&status=active')).toEqual(['page-m']);
    expect(await names('securityProfile=fapi2-security')).toEqual([]);
    const client = (await idp.get(ClientsService).find(tenant.id, 'page-2'))!;
    idp.clock.forward(2);
    const noon = idp.clock.now().toISOString();
    expect(await names(`unusedSince=${noon}&type=web&sort=clientId`)).toEqual(['page-1', 'page-2', 'page-3']);
    idp.get(ClientsService).touch(client);
    await idp.get(LastUsed).flush();
    expect(await names(`unusedSince=${noon}&type=web&sort=clientId`)).toEqual(['page-1', 'page-3']);
    expect((await names('sort=-lastUsedAt'))[0]).toBe('page-2');
    expect(await names(`createdFrom=${noon}`)).toEqual([]);
    expect(await names(`createdTo=${noon}&type=machine`)).toEqual(['page-m']);
    const { id } = (await idp.get(ClientsService).find(tenant.id, 'page-m'))!;
    const expiresAt = new Date(idp.clock.now().getTime() + 86_400_000);
    await idp.get(ClientsService).addSecret(tenant, id, { name: 'short', expiresAt });
    const later = new Date(expiresAt.getTime() + 1).toISOString();
    expect(await names(`secretExpiresBefore=${later}`)).toEqual(['page-m']);
    expect(await names(`secretExpiresBefore=${noon}`)).toEqual([]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await api.get(`clients?search=page&limit=1&sort=lastUsedAt${cursor}`);
      seen.push(...body.items.map(({ client_id }: { client_id: string }) => client_id));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect([seen.length, seen.at(-1)]).toEqual([4, 'page-2']);
    expect((await api.get('clients?sort=secret')).status).toBe(400);
    expect((await api.get('clients?unusedSince=yesterday')).body.errors[0].pointer).toBe('/unusedSince');
  });

  it('exports all that fit, and leaves a word of it', async () => {
    for (const n of [1, 2]) await api.post('clients', { ...WEB, client_name: '=cmd', client_id: `export-${n}` });
    const csv = await api.get('clients/export?format=csv&search=export-');
    const [head, ...rows] = csv.text.trim().split('\r\n');
    expect([head?.split(',')[1], rows.length, rows[0]?.includes("'=cmd")]).toEqual(['client_id', 2, true]);
    const lines = (await api.get('clients/export?search=export-')).text.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).redirect_uris)).toEqual([WEB.redirect_uris, WEB.redirect_uris]);
    const events = await idp.database.dataSource.query<unknown[]>(
      `SELECT 1 FROM audit_event WHERE "tenantId" = $1 AND event = 'export.taken'`,
      [tenant.id],
    );
    expect(events).toHaveLength(2);
  });

  it('takes many at once, each by itself, and names what is wrong by its place', async () => {
    const kept = (await api.post('clients', { ...WEB, client_id: 'bulk-kept' })).body;
    const gone = (await api.post('clients', { ...WEB, client_id: 'bulk-gone' })).body;
    const { status, body } = await api.post('clients/bulk', {
      operations: [
        { op: 'create', data: { ...WEB, client_id: 'bulk-new' } },
        { op: 'create', data: { ...WEB, client_id: 'bulk-new' } },
        { op: 'create', data: { ...WEB, isAdmin: true } },
        { op: 'create', data: { ...WEB, redirect_uris: ['http://far.example/'] } },
        { op: 'update', id: kept.id, data: { client_name: 'Kept' } },
        { op: 'update', id: kept.id, etag: '*', data: { client_name: 'Kept' } },
        { op: 'update', id: kept.id, etag: '"old"', data: { client_name: 'Lost' } },
        { op: 'delete', id: gone.id },
        { op: 'delete', id: gone.id },
      ],
    });
    expect(status).toBe(200);
    expect(body.results.map((row: { status: number }) => row.status)).toEqual([
      201, 409, 400, 400, 428, 200, 412, 204, 404,
    ]);
    expect(body.results[0]).toMatchObject({ client_id: 'bulk-new', client_secret: expect.stringMatching(/^tcs_/) });
    expect(body.results[2].problem.errors).toEqual([
      { pointer: '/operations/2/data/isAdmin', detail: 'There is no such member here.' },
    ]);
    expect(body.results[3].problem.errors[0].pointer).toBe('/operations/3/data/redirect_uris');
    expect((await api.get(`clients/${kept.id}`)).body.client_name).toBe('Kept');
  });

  it('FAPI 2.0 §5.3.2.1 shows what a profile fixes, and names it where it refuses', async () => {
    const members = { dpop_bound_access_tokens: true, security_profile: 'oauth21', refresh: { rotate: true } };
    const { body } = await api.post('clients', { ...WEB, ...members });
    expect([body.effective, body.refusal]).toEqual([{ require_pkce: true }, null]);
    const refused = await api.patch(`clients/${body.id}`, { require_pkce: false });
    expect([refused.status, refused.body.errors[0]]).toEqual([
      400,
      { pointer: '/require_pkce', detail: 'is fixed to true by the profile oauth21' },
    ]);
    const fapi = await api.patch(`clients/${body.id}`, { security_profile: 'fapi2-security' });
    expect(fapi.body.errors[0]).toMatchObject({ pointer: '/token_endpoint_auth_method' });
    expect(fapi.body.detail).toContain('in the profile fapi2-security');
  });

  it.each([
    ['an unknown member', { isAdmin: true }, '/isAdmin'],
    ['a tenant', { tenantId: '01990000-0000-7000-8000-000000000000' }, '/tenantId'],
    ['an instant of ours', { createdAt: '2026-01-01T00:00:00Z' }, '/createdAt'],
    ['a wrong type', { client_name: 7 }, '/client_name'],
    ['NUL', { client_name: 'a\u0000b' }, '/client_name'],
    ['a half of a pair', { software_id: '\ud800' }, '/software_id'],
    ['NUL in a key', { jwks: { keys: [{ kid: 'a\u0000' }] } }, '/jwks'],
    ['no key set', { jwks: { keys: [7] } }, '/jwks'],
    ['a translation of nothing', { localized: { 'grant_types#de': ['x'] } }, '/localized'],
    ['a translation in no language', { localized: { 'client_name#??': 'x' } }, '/localized/client_name#??'],
    ['an unknown grant', { grant_types: ['password'] }, '/grant_types'],
    ['a fragment', { redirect_uris: ['https://app.example/#x'] }, '/redirect_uris'],
    ['a huge number', { default_max_age: 1e308 }, '/default_max_age'],
    ['a policy of its own', { refresh: { rotate: 'yes' } }, '/refresh/rotate'],
    ['an unknown policy', { token_exchange: { admin: true } }, '/token_exchange/admin'],
  ])('S-177 refuses %s by name, and nothing is made', async (_name, members, pointer) => {
    const before = (await api.get('clients?limit=200')).body.items.length;
    const answer = await api.post('clients', { ...WEB, ...members });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
    expect((await api.get('clients?limit=200')).body.items).toHaveLength(before);
  });

  it('disables and enables; a built-in client stays as it is', async () => {
    const { body } = await api.post('clients', { type: 'machine', client_id: 'switch' });
    const machine = { client_id: 'switch', secret: body.client_secret };
    const token = () =>
      postForm(
        `${tenant.issuer}/token`,
        { grant_type: 'client_credentials' },
        basic(machine.client_id, machine.secret),
      );
    const off = await api.post(`clients/${body.id}/disable`, undefined);
    expect([off.status, off.body.status]).toEqual([200, 'disabled']);
    expect((await token()).status).toBe(401);
    expect((await api.post(`clients/${body.id}/enable`, undefined)).body.status).toBe('active');
    const portal = (await idp.get(ClientsService).find(tenant.id, PORTAL_CLIENT_ID))!;
    for (const answer of [
      await api.patch(`clients/${portal.id}`, { redirect_uris: ['https://evil.example/'] }),
      await api.post(`clients/${portal.id}/disable`, undefined),
      await api.delete(`clients/${portal.id}`),
    ]) {
      expect([answer.status, answer.body.detail]).toEqual([409, 'A built-in client stays as it is.']);
    }
  });

  it('S-176 knows no client of another tenant, and S-177 writes for nobody who may only read', async () => {
    const other = await idp.createTenant({ slug: 'globex' });
    const { client } = await createMachine(idp, other);
    for (const answer of [
      await api.get(`clients/${client.id}`),
      await api.patch(`clients/${client.id}`, { client_name: 'Mine' }, { 'if-match': '*' }),
      await api.delete(`clients/${client.id}`, { 'if-match': '*' }),
      await api.post(`clients/${client.id}/disable`, undefined),
      await api.get('clients/none'),
    ]) {
      expect(answer.status).toBe(404);
    }
    const auditor = await adminApi(idp, tenant, ['auditor']);
    expect((await auditor.get('clients')).status).toBe(200);
    expect((await auditor.post('clients', WEB)).status).toBe(403);
    expect((await auditor.post('clients/bulk', { operations: [] })).status).toBe(403);
  });
});
