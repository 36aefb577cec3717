import { ADMIN_SCOPE, adminApiIdentifier, ClientsService, ResourcesService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import { type AdminApi, adminApi, createAdministrator } from '../support/admin';
import { newClientKey } from '../support/client-key';
import { CodeFlow } from '../support/code-flow';
import { API, createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { KeyServer } from '../support/key-server';
import { relyingParty } from '../support/stock-client';

describe('the administration API: what clients hold', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;
  let keys: KeyServer;

  beforeAll(async () => {
    keys = await KeyServer.start();
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: keys.host } });
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
  });

  afterAll(async () => {
    await idp?.close();
    await keys?.close();
  });

  const tokenStatus = async (clientId: string, secret: string): Promise<number> =>
    (await postForm(`${tenant.issuer}/token`, { grant_type: 'client_credentials' }, basic(clientId, secret))).status;

  describe('secrets', () => {
    it('OAuth 2.1 §2.4.1, S-172 are shown once, overlap, and end when they are revoked', async () => {
      const { client, secret } = await createMachine(idp, tenant);
      const path = `clients/${client.id}/secrets`;
      const expiresAt = new Date(idp.clock.now().getTime() + 86_400_000).toISOString();
      const created = await api.post(path, { name: 'autumn', expiresAt });
      expect([created.status, created.body.name, created.body.expiresAt]).toEqual([201, 'autumn', expiresAt]);
      const value = created.body.client_secret;
      expect(value.startsWith(created.body.prefix)).toBe(true);
      expect([await tokenStatus(client.client_id, secret), await tokenStatus(client.client_id, value)]).toEqual([
        200, 200,
      ]);
      const list = await api.get(path);
      expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['default', 'autumn']);
      expect([list.text.includes(value), list.text.includes('hash'), list.text.includes('sealed')]).toEqual([
        false,
        false,
        false,
      ]);
      const [first] = list.body.items;
      const refused = await api.post(`${path}/${first.id}/revoke`, {});
      expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('24 hours')]);
      expect(await tokenStatus(client.client_id, secret)).toBe(200);
      const revoked = await api.post(`${path}/${first.id}/revoke`, { confirm: true });
      expect([revoked.status, revoked.body.revokedAt]).toEqual([200, expect.any(String)]);
      expect([await tokenStatus(client.client_id, secret), await tokenStatus(client.client_id, value)]).toEqual([
        401, 200,
      ]);
      expect((await api.post(`${path}/${first.id}/revoke`, { confirm: true })).status).toBe(409);
      expect((await api.get(`${path}?revoked=true`)).body.items).toHaveLength(1);
      expect((await api.get(`${path}?search=AUTU&sort=-name`)).body.items).toHaveLength(1);
    });

    it('one that nobody uses goes without a question, and a repeated create makes one', async () => {
      const { client } = await createMachine(idp, tenant);
      const path = `clients/${client.id}/secrets`;
      const key = { 'idempotency-key': 'secret 1' };
      const [one, two] = await Promise.all([api.post(path, { name: 'n' }, key), api.post(path, { name: 'n' }, key)]);
      expect([one.status, two.body]).toEqual([201, one.body]);
      expect((await api.get(path)).body.items).toHaveLength(2);
      expect((await api.post(`${path}/${one.body.id}/revoke`, {})).status).toBe(200);
    });

    it.each([
      ['no name', {}, 400],
      ['a name of nothing', { name: ' ' }, 400],
      ['an end that has been', { name: 'n', expiresAt: '2020-01-01T00:00:00Z' }, 400],
      ['no instant', { name: 'n', expiresAt: 'tomorrow' }, 400],
      ['a value of its own', { name: 'n', client_secret: 'mine' }, 400],
    ])('refuses %s', async (_name, body, status) => {
      const { client } = await createMachine(idp, tenant);
      expect((await api.post(`clients/${client.id}/secrets`, body)).status).toBe(status);
      expect((await api.get(`clients/${client.id}/secrets`)).body.items).toHaveLength(1);
    });

    it('S-176, S-178 are of this tenant, of this client, and for those who may', async () => {
      const other = await idp.createTenant({ slug: 'globex' });
      const [foreign, mine] = [await createMachine(idp, other), await createMachine(idp, tenant)];
      const public1 = await createClient(idp, tenant, { type: 'spa' });
      expect((await api.post(`clients/${foreign.client.id}/secrets`, { name: 'mine' })).status).toBe(404);
      expect((await api.get(`clients/${foreign.client.id}/secrets`)).status).toBe(404);
      expect((await api.post(`clients/${public1.client.id}/secrets`, { name: 'none' })).status).toBe(409);
      const [{ id }] = (await api.get(`clients/${mine.client.id}/secrets`)).body.items;
      expect((await api.post(`clients/${public1.client.id}/secrets/${id}/revoke`, {})).status).toBe(404);
      const auditor = await adminApi(idp, tenant, ['auditor']);
      expect((await auditor.post(`clients/${mine.client.id}/secrets`, { name: 'n' })).status).toBe(403);
      const owner = await createAdministrator(idp, tenant, ['owner']);
      const manager = await adminApi(idp, tenant, ['application-manager']);
      const taken = await manager.post(`clients/${owner.client.id}/secrets`, { name: 'mine' });
      expect([taken.status, taken.body.detail]).toEqual([403, expect.stringContaining('keys.revoke')]);
      expect((await manager.post(`clients/${mine.client.id}/secrets`, { name: 'fine' })).status).toBe(201);
    });
  });

  describe('keys', () => {
    it('RFC 7517 §5 are shown without their numbers, and fetched again when that is asked for', async () => {
      const [first, second] = [await newClientKey('first'), await newClientKey('second')];
      keys.keys = [first];
      const signing = { token_endpoint_auth_method: 'private_key_jwt' as const };
      const { client } = await createMachine(idp, tenant, { ...signing, jwks_uri: keys.url });
      const path = `clients/${client.id}/keys`;
      const shown = await api.get(path);
      const kids = (answer: { body: { items: { kid: string }[] } }) => answer.body.items.map(({ kid }) => kid);
      expect([shown.status, shown.body.source, shown.body.problem, kids(shown)]).toEqual([
        200,
        'jwks_uri',
        null,
        ['first'],
      ]);
      expect(Object.keys(shown.body.items[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'thumbprint', 'use']);
      keys.keys = [second];
      expect(kids(await api.get(path))).toEqual(['first']);
      const refreshed = await api.post(`${path}/refresh`, undefined);
      expect([refreshed.status, kids(refreshed)]).toEqual([200, ['second']]);
      keys.status = 500;
      const failed = await api.post(`${path}/refresh`, undefined);
      expect([failed.body.problem, kids(failed)]).toEqual(['status 500', ['second']]);
      keys.status = 200;
      const inline = await createMachine(idp, tenant, { ...signing, jwks: { keys: [first.publicJwk] } });
      expect((await api.get(`clients/${inline.client.id}/keys`)).body).toMatchObject({ source: 'jwks' });
      expect((await api.post(`clients/${inline.client.id}/keys/refresh`, undefined)).status).toBe(409);
    });
  });

  describe('assignments', () => {
    it('RFC 9700 §2.3 are put, shown and taken away, scope by scope', async () => {
      const resource = await idp.get(ResourcesService).create(tenant, {
        identifier: 'https://api.example/assigned',
        name: 'Assigned',
        scopes: [{ name: 'a.read' }, { name: 'a.write' }],
      });
      const { client } = await createMachine(idp, tenant);
      const path = `clients/${client.id}/assignments/${resource.id}`;
      expect((await api.get(path)).body).toMatchObject({ id: resource.id, userScopes: [], clientScopes: [] });
      const put = async (body: object, headers?: Record<string, string>) =>
        api.send(path, {
          method: 'PUT',
          body,
          headers: headers ?? { 'if-match': (await api.get(path)).headers.get('etag')! },
        });
      expect((await put({ userScopes: [], clientScopes: ['a.read'] }, {})).status).toBe(428);
      const assigned = await put({ userScopes: [], clientScopes: ['a.read'] });
      expect([assigned.status, assigned.body.clientScopes]).toEqual([200, ['a.read']]);
      expect((await put({ userScopes: [], clientScopes: [] }, { 'if-match': '"old"' })).status).toBe(412);
      expect((await put({ userScopes: [], clientScopes: ['a.none'] })).status).toBe(400);
      expect((await put({ clientScopes: ['a.read'] })).body.errors[0].pointer).toBe('/userScopes');
      const list = await api.get(`clients/${client.id}/assignments?search=ASSIGN`);
      expect(list.body.items).toEqual([assigned.body]);
      expect((await api.delete(path)).status).toBe(204);
      expect((await api.get(`clients/${client.id}/assignments`)).body.items).toEqual([]);
    });

    it('S-178 the scope of the administration is given by those who hold what it opens', async () => {
      const administration = (await idp.get(ResourcesService).findByIdentifier(tenant.id, adminApiIdentifier(tenant)))!;
      const strong = await createAdministrator(idp, tenant, ['owner']);
      const weak = await createMachine(idp, tenant);
      const manager = await adminApi(idp, tenant, ['application-manager']);
      const put = (by: AdminApi, id: string, body: object) =>
        by.send(`clients/${id}/assignments/${administration.id}`, {
          method: 'PUT',
          body,
          headers: { 'if-match': '*' },
        });
      const [forItself, forUsers] = [
        { userScopes: [], clientScopes: [ADMIN_SCOPE] },
        { userScopes: [ADMIN_SCOPE], clientScopes: [] },
      ];
      expect((await put(manager, strong.client.id, forItself)).status).toBe(403);
      expect((await put(manager, weak.client.id, forItself)).status).toBe(200);
      expect((await put(manager, weak.client.id, forUsers)).status).toBe(403);
      expect((await put(api, weak.client.id, forUsers)).status).toBe(200);
      const portal = (await idp.get(ClientsService).find(tenant.id, 'admin-web'))!;
      expect((await put(api, portal.id, forItself)).status).toBe(409);
      // Where users bring their rights along, nobody with fewer says where they are sent.
      const redirected = await manager.patch(`clients/${weak.client.id}`, { grant_types: ['client_credentials'] });
      expect(redirected.status).toBe(403);
    });
  });

  it('S-178 nobody becomes a client that may do more than they', async () => {
    const strong = await createAdministrator(idp, tenant, ['owner']);
    const manager = await adminApi(idp, tenant, ['application-manager']);
    const path = `clients/${strong.client.id}`;
    expect((await manager.patch(path, { client_name: 'Renamed' })).status).toBe(200);
    const taken = await manager.patch(path, {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: 'https://e.example/',
    });
    expect([taken.status, taken.body.detail]).toEqual([403, expect.stringContaining('users.impersonate')]);
    const audiences = [`${tenant.issuer}/admin/api`];
    const exchanging = { type: 'machine', token_exchange: { audiences } };
    expect((await manager.post('clients', exchanging)).status).toBe(403);
    expect((await api.post('clients', exchanging)).status).toBe(201);
  });

  it('what hangs from a client falls with it, and its tokens end at once', async () => {
    const { credentials } = await createUser(idp, tenant);
    const app = await createClient(idp, tenant, { client_id: 'falls', refresh: { rotate: true, always: true } });
    const resource = await createApi(idp, tenant, [app.client]);
    const flow = await CodeFlow.of(tenant, app);
    const tokens = await flow.tokens(await flow.code(new HttpBrowser(), { credentials }));
    expect(await flow.isActive(tokens.access_token)).toBe(true);
    const machine = await createMachine(idp, tenant, { client_id: 'comes-back' });
    await idp
      .get(ClientsService)
      .assign(tenant, machine.client.id, resource.id, { userScopes: [], clientScopes: ['api.read'] });
    const config = await relyingParty(tenant, machine);
    const bare = await openid.clientCredentialsGrant(config, { scope: 'api.read', resource: API });
    expect((await api.delete(`clients/${app.client.id}`)).status).toBe(204);
    expect((await api.delete(`clients/${machine.client.id}`)).status).toBe(204);
    const userinfo = await fetch(`${tenant.issuer}/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(userinfo.status).toBe(401);
    expect((await flow.refresh(tokens.refresh_token!)).status).toBe(401);
    for (const table of ['authorization', 'session_client', 'consent', 'client_secret', 'client_resource']) {
      const rows = await idp.database.dataSource.query<unknown[]>(`SELECT 1 FROM "${table}" WHERE "clientId" = $1`, [
        app.client.id,
      ]);
      expect([table, rows.length]).toEqual([table, 0]);
    }
    // Whoever gets the name later does not get the tokens.
    idp.clock.forward(2);
    const again = await createMachine(idp, tenant, { client_id: 'comes-back' });
    const reader = await relyingParty(tenant, again);
    expect(await openid.tokenIntrospection(reader, bare.access_token)).toEqual({ active: false });
  });
});
