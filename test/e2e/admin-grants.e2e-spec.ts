import { adminApi, type AdminApi } from '../support/admin';
import { CibaFlow, createAsker } from '../support/ciba-flow';
import { CodeFlow } from '../support/code-flow';
import { createDevice, DeviceFlow } from '../support/device-flow';
import { API, createApi, createClient, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { LogoutSuite } from '../support/logout-suite';

const UNKNOWN = '01990000-0000-7000-8000-00000000abcd';
const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };

describe('the administration API: sessions, authorizations, consents, tokens and requests', () => {
  let suite: LogoutSuite;
  let api: AdminApi;
  let foreign: AdminApi;
  let userId: string;

  beforeAll(async () => {
    suite = await LogoutSuite.start();
    api = await adminApi(suite.idp, suite.tenant);
    foreign = await adminApi(suite.idp, await suite.idp.createTenant({ slug: 'globex' }));
    userId = suite.ada.user.id;
  });

  afterAll(() => suite?.close());

  const revoke = (path: string, caller = api) => caller.post(`${path}/revoke`, undefined);
  const idOf = (page: { body: { items: { id: string }[] } }) => page.body.items[0]!.id;

  it('S-123 ASVS V7.4.5 lists sessions and ends one: its applications are told, its tokens are over', async () => {
    const app = await suite.app();
    const tokens = await suite.enter(app, new HttpBrowser());
    const { sid } = tokens.claims()!;
    const clientId = app.flow.app.client.id;
    const listed = await api.get(`sessions?userId=${userId}&clientId=${clientId}&active=true&ip=127.0.0.1&limit=1`);
    expect(listed.body.items).toMatchObject([{ id: sid, userId, username: 'ada', amr: ['pwd'], active: true }]);
    expect(listed.text).not.toContain('hash');
    expect((await revoke(`sessions/${String(sid)}`, foreign)).status).toBe(404);
    expect((await revoke(`sessions/${String(sid)}`)).status).toBe(204);
    expect(await suite.receiver.tokens(app.path)).toHaveLength(1);
    expect(await app.flow.isActive(tokens.access_token)).toBe(false);
    expect((await api.get(`sessions/${String(sid)}`)).body).toMatchObject({ active: false });
    expect((await api.get(`sessions?clientId=${clientId}&active=true`)).body.items).toEqual([]);
    expect((await api.get(`sessions?clientId=${clientId}&active=false`)).body.items).toHaveLength(1);
    expect((await revoke(`sessions/${String(sid)}`)).status).toBe(204);
    expect((await revoke(`sessions/${UNKNOWN}`)).status).toBe(404);
  });

  it('S-123 ends all sessions of a user, or all that fit; pages of those that live go on', async () => {
    const app = await suite.app();
    const { user, credentials } = await createUser(suite.idp, suite.tenant, { username: 'bob' });
    for (let n = 0; n < 3; n += 1) await suite.enter(app, new HttpBrowser(), credentials);
    const first = await api.get(`sessions?userId=${user.id}&active=true&limit=2`);
    suite.idp.clock.forward(1);
    const rest = await api.get(`sessions?userId=${user.id}&active=true&limit=2&cursor=${first.body.nextCursor}`);
    expect([first.body.items.length, rest.body.items.length]).toEqual([2, 1]);
    expect((await api.post('sessions/revoke', {})).status).toBe(400);
    const none = await api.post('sessions/revoke', { userId: user.id, createdTo: '2001-01-01T00:00:00Z' });
    expect(none.body).toEqual({ revoked: 0, hasMore: false });
    const all = await api.post(`users/${user.id}/sessions/revoke`, undefined);
    expect(all.body).toEqual({ revoked: 3, hasMore: false });
    expect(await suite.receiver.tokens(app.path, 3)).toHaveLength(3);
    expect((await api.post(`users/${UNKNOWN}/sessions/revoke`, undefined)).status).toBe(404);
  });

  it('S-079 lists and takes back authorizations and families, and shows no token', async () => {
    const app = await suite.app({ consent: 'required' });
    const flow = app.flow;
    const clientId = flow.app.client.id;
    const { credentials } = suite.ada;
    const given = async () => flow.tokens(await flow.code(new HttpBrowser(), { credentials, parameters: OFFLINE }));
    const [one, two] = [await given(), await given()];
    const families = await api.get(`refresh-tokens?clientId=${clientId}&userId=${userId}&usable=true&sort=createdAt`);
    expect([families.status, families.body.items.length]).toEqual([200, 2]);
    expect(families.text).not.toMatch(/hash|trt_/);
    const [family] = families.body.items;
    expect((await api.get(`refresh-tokens/${family.id}`)).body.authorizationId).toBe(family.authorizationId);
    expect((await revoke(`refresh-tokens/${family.id}`)).status).toBe(204);
    expect([await flow.isActive(one.refresh_token!), await flow.isActive(two.refresh_token!)]).toEqual([false, true]);
    const standing = await api.get(`authorizations?clientId=${clientId}&status=active`);
    expect(standing.body.items).toHaveLength(1);
    expect((await revoke(`authorizations/${idOf(standing)}`)).status).toBe(204);
    expect(await flow.isActive(two.access_token)).toBe(false);
    const revoked = await api.get(`authorizations?clientId=${clientId}&status=revoked`);
    expect(revoked.body.items.map(({ revokeReason }: { revokeReason: string }) => revokeReason)).toEqual(
      Array(2).fill('revoked-by-administrator'),
    );
    expect((await revoke(`authorizations/${UNKNOWN}`)).status).toBe(404);
    const trail = await suite.idp.database.dataSource.query(
      `SELECT event FROM audit_event WHERE "tenantId" = $1 AND "clientId" = $2 AND event IN ('token.revoked', 'authorization.revoked')`,
      [suite.tenant.id, clientId],
    );
    expect(trail).toHaveLength(2);
  });

  it('S-079 takes back a consent: the application asks anew, its tokens of that user are over', async () => {
    const client = await createClient(suite.idp, suite.tenant, { consent: 'required' });
    const flow = await CodeFlow.of(suite.tenant, client);
    const browser = new HttpBrowser();
    const tokens = await flow.tokens(await flow.code(browser, { credentials: suite.ada.credentials }));
    const listed = await api.get(`consents?userId=${userId}&clientId=${client.client.id}`);
    expect(listed.body.items).toMatchObject([{ userId, clientName: 'Test client', scope: 'openid' }]);
    const path = `consents/${idOf(listed)}`;
    expect((await api.get(path)).status).toBe(200);
    expect((await revoke(path)).status).toBe(204);
    expect(await flow.isActive(tokens.access_token)).toBe(false);
    const { url } = await flow.request({ prompt: 'none' });
    expect((await browser.open(url.href)).headers.get('location')).toContain('error=consent_required');
    expect([(await revoke(path)).status, (await api.get(path)).status]).toEqual([404, 404]);
  });

  it('lists and revokes opaque access tokens', async () => {
    const app = await suite.app();
    const { client } = app.flow.app;
    await createApi(suite.idp, suite.tenant, [client], { tokenFormat: 'opaque' } as never);
    const { credentials } = suite.ada;
    const parameters = { scope: 'openid api.read', resource: API };
    const code = await app.flow.code(new HttpBrowser(), { credentials, parameters });
    const tokens = await app.flow.tokens(code);
    const listed = await api.get(`access-tokens?clientId=${client.id}&userId=${userId}&usable=true`);
    expect(listed.body.items).toMatchObject([{ audience: [API], username: 'ada' }]);
    expect(listed.text).not.toMatch(/hash|tat_/);
    const path = `access-tokens/${idOf(listed)}`;
    expect((await revoke(path)).status).toBe(204);
    expect(await app.flow.isActive(tokens.access_token)).toBe(false);
    expect((await api.get(path)).body.revokedAt).toEqual(expect.any(String));
    expect((await api.get(`access-tokens?clientId=${client.id}&usable=true`)).body.items).toEqual([]);
  });

  it('S-163 answers a back-channel request in a tenant for tests only, once', async () => {
    const sandbox = await suite.idp.createTenant({ slug: 'sandbox', sandbox: true });
    const { user } = await createUser(suite.idp, sandbox);
    const own = await adminApi(suite.idp, sandbox);
    const flow = await CibaFlow.of(suite.idp, sandbox, await createAsker(suite.idp, sandbox));
    const { auth_req_id } = await flow.begin({ login_hint: 'ada', binding_message: 'W4SCT' });
    const open = await own.get(`backchannel-requests?userId=${user.id}`);
    expect(open.body.items).toMatchObject([{ bindingMessage: 'W4SCT', scope: 'openid', username: 'ada' }]);
    expect(open.text).not.toMatch(/hash|parameters|login_hint/i);
    const path = `backchannel-requests/${idOf(open)}/decision`;
    expect((await own.post(path, { decision: 'maybe' })).status).toBe(400);
    const manager = await adminApi(suite.idp, sandbox, ['user-manager']);
    expect((await manager.post(path, { decision: 'approve' })).status).toBe(403);
    const both = await Promise.all([own.post(path, { decision: 'approve' }), own.post(path, { decision: 'approve' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect((await flow.poll(auth_req_id)).status).toBe(200);
    expect((await own.get('backchannel-requests')).body.items).toEqual([]);

    const elsewhere = await CibaFlow.of(suite.idp, suite.tenant, await createAsker(suite.idp, suite.tenant));
    await elsewhere.begin({ login_hint: 'ada' });
    const waiting = idOf(await api.get('backchannel-requests'));
    expect((await api.post(`backchannel-requests/${waiting}/decision`, { decision: 'approve' })).status).toBe(409);
  });

  it('denies a request of a device, once', async () => {
    const device = await DeviceFlow.of(suite.tenant, await createDevice(suite.idp, suite.tenant));
    const { device_code } = await device.begin();
    const open = await api.get('device-requests');
    expect(open.body.items).toMatchObject([{ clientName: 'Television', scope: 'openid', ip: '127.0.0.1' }]);
    expect(open.text).not.toMatch(/hash|parameters|code/i);
    const deny = () => api.post(`device-requests/${idOf(open)}/deny`, undefined);
    expect([(await deny()).status, (await deny()).status]).toEqual([204, 409]);
    expect((await device.poll(device_code)).json).toMatchObject({ error: 'access_denied' });
    expect((await api.get('device-requests')).body.items).toEqual([]);
  });

  it('S-122 a user who is deleted leaves nothing that still works', async () => {
    const app = await suite.app();
    const { user, credentials } = await createUser(suite.idp, suite.tenant, { username: 'carl' });
    const code = await app.flow.code(new HttpBrowser(), { credentials, parameters: OFFLINE });
    const tokens = await app.flow.tokens(code);
    const asker = await CibaFlow.of(suite.idp, suite.tenant, await createAsker(suite.idp, suite.tenant));
    await asker.begin({ login_hint: 'carl' });
    expect((await api.delete(`users/${user.id}`)).status).toBe(204);
    expect(await suite.receiver.tokens(app.path)).toHaveLength(1);
    expect(await app.flow.isActive(tokens.access_token)).toBe(false);
    expect(await app.flow.isActive(tokens.refresh_token!)).toBe(false);
    for (const noun of ['sessions', 'authorizations', 'consents', 'refresh-tokens', 'backchannel-requests']) {
      expect([noun, (await api.get(`${noun}?userId=${user.id}`)).body.items]).toEqual([noun, []]);
    }
  });
});
