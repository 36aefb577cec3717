import { generateKeyPairSync } from 'node:crypto';
import { KeyRotationService } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { startIdp, type TestIdp } from '../support/idp';

const DAY = 86_400;

interface Key {
  kid: string;
  alg: string;
  state: string;
  nextStep: { step: string; at: string } | null;
}

describe('the administration API: signing keys', () => {
  let idp: TestIdp;

  beforeAll(async () => {
    idp = await startIdp();
  });

  afterAll(() => idp?.close());

  let tenant: Tenant;
  let api: AdminApi;
  let count = 0;
  beforeEach(async () => {
    idp.clock.reset();
    tenant = await idp.createTenant({
      slug: `keys-${count++}`,
      settings: { keys: { algorithms: ['ES256', 'EdDSA'] } },
    });
    api = await adminApi(idp, tenant);
  });

  const keyOf = async (alg: string, state: string): Promise<Key> =>
    (await api.get(`keys?alg=${alg}&state=${state}`)).body.items[0];
  const published = async (): Promise<string[]> => {
    const { keys } = (await (await fetch(`${tenant.issuer}/.well-known/jwks.json`)).json()) as { keys: Key[] };
    return keys.map(({ kid }) => kid).sort();
  };
  const events = async (): Promise<string[]> => {
    const rows = await idp.database.dataSource.query<{ event: string }[]>(
      `SELECT "event" FROM "audit_event" WHERE "tenantId" = $1 AND "event" LIKE 'key.%' ORDER BY "id"`,
      [tenant.id],
    );
    return rows.map(({ event }) => event);
  };

  it('lists and shows them, with the next step, and nothing private', async () => {
    const { body } = await api.get('keys');
    expect(body.items.map(({ alg, state }: Key) => `${alg} ${state}`).sort()).toEqual([
      'ES256 current',
      'EdDSA current',
    ]);
    const key = await keyOf('ES256', 'current');
    expect(key.nextStep?.step).toBe('successor');
    const shown = await api.get(`keys/${key.kid}`);
    expect([shown.status, shown.body]).toEqual([200, key]);
    expect(shown.text).not.toMatch(/"d"|wrapped|masterKey|PRIVATE/);
    for (const kid of ['none', '%00', 'a%20b', 'x'.repeat(90), "'%20OR%201=1"]) {
      expect([kid, (await api.get(`keys/${kid}`)).status]).toEqual([kid, 404]);
    }
    const jwks = await api.get('keys/export');
    expect(jwks.body.keys.map(({ kid }: Key) => kid).sort()).toEqual(await published());
  });

  it('S-099 rotates after the lead time, as it was foretold, and at once when forced', async () => {
    const preview = await api.post('keys/rotate?dryRun=true', { algorithm: 'ES256' });
    expect([preview.status, preview.body.outcome, preview.body.kid, preview.body.dryRun]).toEqual([
      ...[200, 'scheduled', null, true],
    ]);
    expect(await keyOf('ES256', 'next')).toBeUndefined();
    const first = await keyOf('ES256', 'current');
    const asked = await api.post('keys/rotate', { algorithm: 'ES256' });
    expect([asked.body.outcome, asked.body.dryRun]).toEqual(['scheduled', false]);
    expect(Math.abs(Date.parse(asked.body.at) - Date.parse(preview.body.at))).toBeLessThan(60_000);
    const next = await keyOf('ES256', 'next');
    expect([next.kid, next.nextStep]).toEqual([asked.body.kid, { step: 'activation', at: asked.body.at }]);
    expect((await keyOf('ES256', 'current')).nextStep).toEqual({ step: 'replacement', at: asked.body.at });
    expect(await events()).toContain('key.scheduled');
    idp.clock.forward(DAY + 400);
    api = await adminApi(idp, tenant);
    await idp.get(KeyRotationService).tick();
    expect((await keyOf('ES256', 'current')).kid).toBe(next.kid);
    expect((await keyOf('ES256', 'previous')).kid).toBe(first.kid);
    const forced = await api.post('keys/rotate', { algorithm: 'EdDSA', force: true });
    expect([forced.body.outcome, forced.body.kid]).toEqual(['rotated', (await keyOf('EdDSA', 'current')).kid]);
    expect((await api.post('keys/rotate', { algorithm: 'RS256' })).body.errors[0].pointer).toBe('/algorithm');
    expect((await api.post('keys/rotate', { algorithm: 'none' })).status).toBe(400);
    expect((await api.post('keys/rotate?dryRun=perhaps', { algorithm: 'ES256' })).status).toBe(400);
  });

  it('revokes at once, and says before and after what breaks', async () => {
    const key = await keyOf('ES256', 'current');
    const path = `keys/${key.kid}/revoke`;
    const preview = await api.get(`keys/${key.kid}/revocation`);
    expect([preview.status, preview.body.breaksTokens, preview.body.dryRun]).toEqual([200, true, true]);
    expect(await published()).toContain(key.kid);
    expect((await api.post(path, {})).body.errors[0].pointer).toBe('/reason');
    const spare = (await api.post('keys/rotate', { algorithm: 'EdDSA' })).body.kid;
    const unused = await api.post(`keys/${spare}/revoke`, { reason: 'never used' });
    expect([unused.body.breaksTokens, unused.body.tokensUntil]).toEqual([false, null]);
    const revoked = await api.post(path, { reason: 'Laptop stolen' });
    expect([revoked.status, revoked.body.kid, revoked.body.breaksTokens]).toEqual([200, key.kid, true]);
    const inSeconds = (Date.parse(revoked.body.tokensUntil) - idp.clock.now().getTime()) / 1000;
    expect(inSeconds).toBeGreaterThan(3500);
    // The token of this very call was signed by another algorithm or key: a new one is wanted either way.
    api = await adminApi(idp, tenant);
    const shown = (await api.get(`keys/${key.kid}`)).body;
    expect([shown.state, shown.reason, shown.nextStep]).toEqual(['revoked', 'Laptop stolen', null]);
    expect((await keyOf('ES256', 'current')).kid).toBe(revoked.body.current);
    expect(await published()).not.toContain(key.kid);
    expect((await api.post(path, { reason: 'again' })).status).toBe(409);
    expect((await api.post('keys/none/revoke', { reason: 'x' })).status).toBe(404);
  });

  it('OIDC Registration §2 keeps an algorithm that somebody counts on, and names who', async () => {
    const only = async (...algorithms: string[]) => {
      const answer = await api.patch('keys/policy', { algorithms });
      const fields = (answer.body.errors ?? []) as { pointer: string; detail: string }[];
      return { status: answer.status, pointers: [...new Set(fields.map(({ pointer }) => pointer))], fields };
    };
    const app = { client_name: 'Shop', type: 'web', redirect_uris: ['https://shop.example/cb'] };
    const members = { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'EdDSA' };
    const shop = (await api.post('clients', { ...app, ...members })).body;
    const one = await api.post('resources', { identifier: 'https://one.example', name: 'One', algorithm: 'EdDSA' });
    const refused = await only('ES256');
    expect([refused.status, refused.pointers]).toEqual([409, ['/algorithms']]);
    expect(refused.fields.map(({ detail }) => detail)).toEqual([
      `EdDSA is the userinfo_signed_response_alg of the application ${shop.client_id}.`,
      'EdDSA is the algorithm of the API https://one.example.',
    ]);
    const inSettings = await api.patch('settings', { keys: { algorithms: ['ES256'] } });
    expect([inSettings.status, inSettings.body.errors[0].pointer]).toEqual([409, '/keys/algorithms']);
    const document = { version: 1, tenant: { settings: { keys: { algorithms: ['ES256'] } } } };
    for (const path of ['config/plan', 'config/apply']) {
      const applied = await api.post(path, document);
      expect([path, applied.status, applied.body.errors?.[0].pointer]).toEqual([
        path,
        409,
        '/tenant/settings/keys/algorithms',
      ]);
    }
    await api.delete(`resources/${one.body.id}`);
    await api.patch(`clients/${shop.id}`, { userinfo_signed_response_alg: null });
    expect((await only('ES256')).status).toBe(200);
    // The other way, where even the built-in client and the API itself use what goes.
    expect((await only('ES256', 'EdDSA')).status).toBe(200);
    const uses = (await only('EdDSA')).fields.map(({ detail }) => detail);
    expect(uses).toHaveLength(2);
    const { items } = (await api.get('clients?limit=100')).body;
    for (const { id, origin } of items) {
      if (origin === 'admin') await api.patch(`clients/${id}`, { id_token_signed_response_alg: 'EdDSA' });
    }
    expect((await only('EdDSA')).status).toBe(200);
    const rows = await idp.database.dataSource.query<{ alg: string }[]>(
      `SELECT "metadata"->>'id_token_signed_response_alg' AS "alg" FROM "client" WHERE "tenantId" = $1
       UNION ALL SELECT "algorithm" FROM "resource" WHERE "tenantId" = $1`,
      [tenant.id],
    );
    expect(new Set(rows.map(({ alg }) => alg))).toEqual(new Set(['EdDSA']));
    expect((await (await adminApi(idp, tenant)).get('keys/policy')).body.algorithms).toEqual(['EdDSA']);
  });

  it('has one policy, here and in the settings', async () => {
    const policy = await api.get('keys/policy');
    expect(policy.body).toEqual({
      id: tenant.id,
      algorithms: ['ES256', 'EdDSA'],
      rotationDays: 90,
      leadSeconds: DAY,
      rsaBits: 2048,
    });
    const changed = await api.patch('keys/policy', { rotationDays: 30, rsaBits: 3072 });
    expect([changed.status, changed.body.rotationDays]).toEqual([200, 30]);
    expect((await api.get('settings')).body.values.keys).toMatchObject({ rotationDays: 30, rsaBits: 3072 });
    expect((await api.patch('keys/policy', { rotationDays: null })).body.rotationDays).toBe(90);
    const stale = { 'if-match': policy.headers.get('etag')! };
    expect((await api.patch('keys/policy', { rotationDays: 20 }, stale)).status).toBe(412);
    expect((await api.patch('keys/policy', { rotationDays: 20 }, {})).status).toBe(428);
    for (const [pointer, patch] of [
      ['/rotationDays', { rotationDays: 0 }],
      ['/rsaBits', { rsaBits: 1024 }],
      ['/algorithms', { algorithms: [] }],
      ['/algorithms', { algorithms: ['HS256'] }],
      ['/id', { id: tenant.id }],
    ] as const) {
      const answer = await api.patch('keys/policy', patch);
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
    }
  });

  it('S-186 imports a key, checked and sealed, which waits like any other and is never shown', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    await api.post('keys/rotate', { algorithm: 'ES256' });
    const waiting = await keyOf('ES256', 'next');
    const imported = await api.post('keys/import', { algorithm: 'ES256', privateKey: pem });
    expect([imported.status, imported.body.state, imported.body.nextStep.step]).toEqual([201, 'next', 'activation']);
    const { d } = privateKey.export({ format: 'jwk' });
    expect(imported.text).not.toContain(d);
    expect(await published()).toContain(imported.body.kid);
    expect((await api.get(`keys/${waiting.kid}`)).body.state).toBe('retired');
    expect((await api.post('keys/import', { algorithm: 'ES256', privateKey: pem })).status).toBe(409);
    const stored = await idp.database.dataSource.query<object[]>(
      `SELECT k.*, (SELECT json_agg(e) FROM "audit_event" e WHERE e."tenantId" = k."tenantId") AS "events"
       FROM "signing_key" k WHERE k."tenantId" = $1`,
      [tenant.id],
    );
    expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${d}|PRIVATE`));
    for (const bad of [
      { algorithm: 'RS256', privateKey: pem },
      { algorithm: 'EdDSA', privateKey: pem },
      { algorithm: 'ES256' },
      { algorithm: 'ES256', jwk: { kty: 'EC' } },
      { algorithm: 'ES256', jwk: [] },
    ]) {
      const answer = await api.post('keys/import', bad);
      expect([answer.status, answer.body.errors.length]).toEqual([400, 1]);
    }
    expect(await events()).toEqual(expect.arrayContaining(['key.created', 'key.retired']));
  });

  it('S-177 asks for a permission of its own for each', async () => {
    const auditor = await adminApi(idp, tenant, ['auditor']);
    const { kid } = await keyOf('ES256', 'current');
    expect((await auditor.get('keys')).status).toBe(200);
    const missing = async (path: string, body: object): Promise<string> => (await auditor.post(path, body)).body.detail;
    expect(await missing('keys/rotate', { algorithm: 'ES256' })).toContain('keys.rotate');
    expect(await missing(`keys/${kid}/revoke`, { reason: 'x' })).toContain('keys.revoke');
    expect(await missing('keys/import', { algorithm: 'ES256' })).toContain('keys.write');
    const other = await adminApi(idp, await idp.createTenant({ slug: `other-${count}` }));
    expect((await other.get(`keys/${kid}`)).status).toBe(404);
    expect((await other.post(`keys/${kid}/revoke`, { reason: 'x' })).status).toBe(404);
  });
});
