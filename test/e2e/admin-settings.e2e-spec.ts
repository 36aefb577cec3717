import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { startIdp, type TestIdp } from '../support/idp';

/** Without a default. */
const MAY_BE_ABSENT = ['/branding/logoUri', '/userinfo/maxAgeSeconds', '/userinfo/requiredAcr'];

interface SettingView {
  pointer: string;
  value: unknown;
  default: unknown;
  isDefault: boolean;
  description: string;
  schema: { minimum?: number; maximum?: number };
}

describe('the administration API: settings', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
  });

  afterAll(() => idp?.close());

  const find = (body: { settings: SettingView[] }, pointer: string) =>
    body.settings.find((setting) => setting.pointer === pointer);

  it('shows every setting with value, default, description and limits', async () => {
    const { body, status } = await api.get('settings');
    expect(status).toBe(200);
    expect(body.values).toEqual(JSON.parse(JSON.stringify(DEFAULT_TENANT_SETTINGS)));
    const leaves = Object.entries(DEFAULT_TENANT_SETTINGS).flatMap(([name, value]) =>
      typeof value === 'object' && !Array.isArray(value)
        ? Object.keys(value).map((member) => `/${name}/${member}`)
        : [`/${name}`],
    );
    const pointers = body.settings.map(({ pointer }: SettingView) => pointer);
    expect(pointers.filter((pointer: string) => !MAY_BE_ABSENT.includes(pointer)).sort()).toEqual(leaves.sort());
    expect(pointers).toEqual(expect.arrayContaining(MAY_BE_ABSENT));
    expect(find(body, '/lifetimes/accessTokenSeconds')).toMatchObject({
      value: 300,
      default: 300,
      isDefault: true,
      schema: { type: 'integer', minimum: 60, maximum: 3600 },
    });
    for (const { description, isDefault } of body.settings)
      expect([isDefault, description.length > 10]).toEqual([true, true]);
  });

  it('RFC 7396 is changed by a merge patch, null goes back to the default, and the trail has before and after', async () => {
    const patch = { lifetimes: { accessTokenSeconds: 600 }, branding: { logoUri: 'https://acme.example/l.svg' } };
    const changed = await api.patch('settings', patch);
    expect([changed.status, changed.body.values.lifetimes.accessTokenSeconds]).toEqual([200, 600]);
    expect(changed.body.values.lifetimes.idTokenSeconds).toBe(600);
    expect(find(changed.body, '/lifetimes/accessTokenSeconds')).toMatchObject({ isDefault: false, default: 300 });
    expect((await api.get('settings')).headers.get('etag')).toBe(changed.headers.get('etag'));
    const one = await api.patch('settings', { lifetimes: { accessTokenSeconds: null } });
    expect(find(one.body, '/lifetimes/accessTokenSeconds')).toMatchObject({ isDefault: true, value: 300 });
    expect(one.body.values.branding.logoUri).toBe('https://acme.example/l.svg');
    const all = await api.patch('settings', { branding: null });
    expect(find(all.body, '/branding/logoUri')).toMatchObject({ isDefault: true, value: null });
    const [first] = await idp.database.dataSource.query<{ detail: object }[]>(
      `SELECT "detail" FROM "audit_event" WHERE "tenantId" = $1 AND "event" = 'setting.changed' ORDER BY "id" LIMIT 1`,
      [tenant.id],
    );
    expect(first!.detail).toEqual({
      before: { lifetimes: { accessTokenSeconds: 300 }, branding: { logoUri: null } },
      after: { lifetimes: { accessTokenSeconds: 600 }, branding: { logoUri: 'https://acme.example/l.svg' } },
    });
  });

  it('RFC 9110 §13.1.1 a change names the version it has seen', async () => {
    const seen = { 'if-match': (await api.get('settings')).headers.get('etag')! };
    expect((await api.patch('settings', { dpop: { requireNonce: true } }, {})).status).toBe(428);
    expect((await api.patch('settings', { dpop: { requireNonce: true } }, seen)).status).toBe(200);
    expect((await api.patch('settings', { dpop: { requireNonce: false } }, seen)).status).toBe(412);
    await api.patch('settings', { dpop: null });
  });

  it.each([
    ['/lifetimes/accessTokenSeconds', { lifetimes: { accessTokenSeconds: 59 } }],
    ['/lifetimes/accessTokenSeconds', { lifetimes: { accessTokenSeconds: '300' } }],
    ['/lifetimes/sessionIdleSeconds', { lifetimes: { sessionIdleSeconds: 90_000 } }],
    ['/lifetimes', { lifetimes: 7 }],
    ['/lifetimes', { lifetimes: [] }],
    ['/lifetimes/surprise', { lifetimes: { surprise: 1 } }],
    ['/surprise', { surprise: {} }],
    ['/constructor', { constructor: { isAdmin: true } }],
    ['/keys/algorithms', { keys: { algorithms: ['none'] } }],
    ['/locales/default', { locales: { default: 'fr' } }],
    ['/issuerMode', { issuerMode: 'subdomain' }],
    ['/branding/logoUri', { branding: { logoUri: 'https://acme.example/\0' } }],
    ['/branding/logoUri', { branding: { logoUri: 'https://acme.example/\ud800' } }],
    [
      '/registration/softwareIssuers',
      { registration: { softwareIssuers: [{ issuer: '\0', jwks: { keys: [{ kty: 'EC' }] } }] } },
    ],
    ['/adminApiOrigins', { adminApiOrigins: ['http://console.example'] }],
    ['/adminApiOrigins', { adminApiOrigins: ['https://console.example/'] }],
    ['/adminApiOrigins', { adminApiOrigins: ['https://a@console.example'] }],
    ['/adminApiOrigins', { adminApiOrigins: ['*'] }],
    ['/adminApiOrigins', { adminApiOrigins: ['null'] }],
  ])('S-177 refuses a bad %s and changes nothing', async (pointer, patch) => {
    const before = await api.get('settings');
    const answer = await api.patch('settings', patch);
    expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([400, pointer]);
    expect((await api.get('settings')).headers.get('etag')).toBe(before.headers.get('etag'));
  });

  it('an auditor reads and does not write', async () => {
    const auditor = await adminApi(idp, tenant, ['auditor']);
    expect((await auditor.get('settings')).status).toBe(200);
    expect((await auditor.patch('settings', { dpop: { requireNonce: true } })).status).toBe(403);
  });

  describe('S-005 pages of other origins', () => {
    const OTHER = 'https://console.example';
    const url = () => `${tenant.issuer}/admin/api/v1/settings`;
    const ask = (origin: string, method: string) => fetch(url(), { method, headers: { origin } });
    const allowed = async (origin: string, method = 'GET') =>
      (await ask(origin, method)).headers.get('access-control-allow-origin');

    beforeAll(async () => {
      await api.patch('settings', { adminApiOrigins: [OTHER] });
    });

    it('use it when they are declared, and no look-alike does', async () => {
      expect(await allowed(OTHER)).toBe(OTHER);
      for (const origin of [
        'null',
        `${OTHER}.evil.example`,
        'https://evilconsole.example',
        'http://console.example',
        `${OTHER}:444`,
        '*',
      ]) {
        expect([origin, await allowed(origin), await allowed(origin, 'OPTIONS')]).toEqual([origin, null, null]);
      }
      expect(await allowed(idp.origin)).toBe(idp.origin);
    });

    it('get a preflight with what they may send, and what they may read', async () => {
      const preflight = await ask(OTHER, 'OPTIONS');
      expect(preflight.status).toBe(204);
      const told = (name: string) => preflight.headers.get(`access-control-${name}`);
      expect([told('allow-origin'), told('allow-methods'), told('allow-headers'), told('allow-credentials')]).toEqual([
        OTHER,
        'GET, POST, PUT, PATCH, DELETE',
        'authorization, content-type, dpop, if-match, idempotency-key',
        null,
      ]);
      const answer = await ask(OTHER, 'GET');
      expect([answer.status, answer.headers.get('vary'), answer.headers.get('access-control-expose-headers')]).toEqual([
        401,
        'origin',
        'etag, www-authenticate, dpop-nonce, retry-after',
      ]);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    });

    it('of one tenant are none of another', async () => {
      const other = await idp.createTenant({ slug: 'other' });
      const answer = await fetch(`${other.issuer}/admin/api/v1/settings`, { headers: { origin: OTHER } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  it('RFC 9110 §15.5.6 names the methods of a place, and knows no other places', async () => {
    const wrong = await api.send('settings', { method: 'PUT', body: {} });
    expect([wrong.status, wrong.headers.get('allow'), wrong.body.type]).toEqual([
      ...[405, 'GET, PATCH, OPTIONS', '/problems/method-not-allowed'],
    ]);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    const byId = await api.send(`domains/${tenant.id}`, { method: 'PATCH', body: {} });
    expect([byId.status, byId.headers.get('allow')]).toEqual([405, 'DELETE, GET, OPTIONS']);
    for (const path of ['none', 'settings/x/y', 'settings%2F', '%C0', 'domains/']) {
      const answer = await api.send(path, { method: 'PUT', body: {} });
      expect([path, [400, 404].includes(answer.status)]).toEqual([path, true]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('RFC 9110 §15.5.16 takes JSON, and of a patch a merge patch, too', async () => {
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'multipart/form-data'];
    for (const type of types) {
      const answer = await api.send('settings', { method: 'PATCH', body: '{}', headers: { 'content-type': type } });
      expect([type, answer.status, answer.body.type]).toEqual([type, 415, '/problems/unsupported-media-type']);
    }
    const json = { 'content-type': 'application/json; charset=utf-8', 'if-match': '*' };
    expect((await api.send('settings', { method: 'PATCH', body: '{}', headers: json })).status).toBe(200);
    const merge = { 'content-type': 'application/merge-patch+json' };
    expect((await api.send('domains', { method: 'POST', body: '{}', headers: merge })).status).toBe(415);
  });
});
