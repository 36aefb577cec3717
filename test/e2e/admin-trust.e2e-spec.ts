import { InitialAccessTokens, TrustedIssuersService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { newClientKey } from '../support/client-key';
import { startIdp, type TestIdp } from '../support/idp';

describe('the administration API: who else is trusted', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { registration: { mode: 'token' } } });
    api = await adminApi(idp, tenant);
  });

  afterAll(() => idp?.close());

  const inADay = () => new Date(idp.clock.now().getTime() + 86_400_000).toISOString();
  const named = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map(({ name }) => name);

  describe('registration tokens', () => {
    const register = (token: string) =>
      fetch(`${tenant.issuer}/register`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: ['https://partner.example/cb'] }),
      });

    it('RFC 7591 §3 are shown once, work as often as they say, and end with their row', async () => {
      const key = { 'idempotency-key': 'token 1' };
      const input = { name: 'partner', uses: 2, expiresAt: inADay(), policy: { scopes: ['openid'] } };
      const created = await api.post('registration-tokens', input, key);
      expect([created.status, created.body.usesLeft, created.body.policy]).toEqual([201, 2, { scopes: ['openid'] }]);
      expect((await api.post('registration-tokens', input, key)).body).toEqual(created.body);
      const { token, ...kept } = created.body;
      const path = `registration-tokens/${kept.id}`;
      expect((await api.get(path)).body).toEqual(kept);
      expect((await register(token)).status).toBe(201);
      expect((await api.get(path)).body.usesLeft).toBe(1);
      expect((await api.delete(path, { 'if-match': '"old"' })).status).toBe(412);
      expect((await api.delete(path)).status).toBe(204);
      expect([(await register(token)).status, (await api.get(path)).status]).toEqual([401, 404]);
    });

    it('are listed without themselves', async () => {
      for (const name of ['list a', 'list b']) await api.post('registration-tokens', { name, expiresAt: inADay() });
      const list = await api.get('registration-tokens?search=LIST&sort=-name');
      expect([named(list), list.text.includes('tia_'), list.text.includes('hash')]).toEqual([
        ['list b', 'list a'],
        false,
        false,
      ]);
      expect(
        named(await api.get(`registration-tokens?search=list&expiresTo=${idp.clock.now().toISOString()}`)),
      ).toEqual([]);
    });

    it.each([
      ['no end', { name: 'n' }, '/expiresAt'],
      ['no uses', { name: 'n', uses: 0 }, '/uses'],
      ['a grant that nobody has', { name: 'n', policy: { grantTypes: ['password'] } }, '/policy/grantTypes'],
      ['a limit that is none', { name: 'n', policy: { mode: 'open' } }, '/policy/mode'],
      ['a token of its own', { name: 'n', token: 'tia_mine' }, '/token'],
    ])('S-177 refuses %s', async (_name, input, pointer) => {
      const expiresAt = pointer === '/expiresAt' ? {} : { expiresAt: inADay() };
      const answer = await api.post('registration-tokens', { ...expiresAt, ...input });
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
    });

    it('S-176 are of this tenant, and for those who may', async () => {
      const other = await idp.createTenant({ slug: 'globex' });
      const expiresAt = new Date(inADay());
      const { token } = await idp.get(InitialAccessTokens).issue(other, { name: 'theirs', expiresAt });
      expect((await api.get(`registration-tokens/${token.id}`)).status).toBe(404);
      expect((await api.delete(`registration-tokens/${token.id}`, { 'if-match': '*' })).status).toBe(404);
      const auditor = await adminApi(idp, tenant, ['auditor']);
      expect((await auditor.post('registration-tokens', { name: 'n', expiresAt: inADay() })).status).toBe(403);
    });
  });

  describe('trusted issuers', () => {
    const issuer = async (more: object = {}) => ({
      issuer: 'https://issuer.example',
      jwks: { keys: [(await newClientKey('one')).publicJwk] },
      algorithms: ['ES256'],
      subject: 'username',
      scopes: ['openid'],
      audiences: ['https://api.example/'],
      ...more,
    });

    it('RFC 7523 §3 are trusted, changed, disabled and forgotten', async () => {
      const created = await api.post('trusted-issuers', await issuer());
      expect([created.status, created.body.enabled]).toEqual([201, true]);
      const path = `trusted-issuers/${created.body.id}`;
      const shown = await api.get(path);
      expect([shown.body, shown.headers.get('etag')]).toEqual([created.body, created.headers.get('etag')]);
      const changed = await api.patch(path, { jwks: null, jwks_uri: 'https://issuer.example/jwks.json', scopes: [] });
      expect([changed.status, changed.body.jwks_uri, changed.body.jwks, changed.body.scopes]).toEqual([
        200,
        'https://issuer.example/jwks.json',
        undefined,
        [],
      ]);
      expect((await api.patch(path, { jwks_uri: null })).body.errors[0].pointer).toBe('/jwks');
      expect((await api.patch(path, { scopes: ['x'] }, { 'if-match': shown.headers.get('etag')! })).status).toBe(412);
      const known = async () =>
        (await idp.get(TrustedIssuersService).find(tenant.id, 'https://issuer.example'))?.enabled;
      expect([(await api.post(`${path}/disable`, undefined)).body.enabled, await known()]).toEqual([false, false]);
      expect((await api.get('trusted-issuers?enabled=false&search=ISSUER.ex')).body.items).toHaveLength(1);
      expect([(await api.post(`${path}/enable`, undefined)).body.enabled, await known()]).toEqual([true, true]);
      expect((await api.post('trusted-issuers', await issuer())).status).toBe(409);
      expect((await api.delete(path)).status).toBe(204);
      expect([(await api.get(path)).status, await known()]).toEqual([404, undefined]);
    });

    it.each([
      ['no keys', { jwks: undefined }, '/jwks'],
      ['a private key', { jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, '/jwks'],
      ['an algorithm of secrets', { algorithms: ['HS256'] }, '/algorithms'],
      ['plain http', { jwks: undefined, jwks_uri: 'http://issuer.example/' }, '/jwks_uri'],
      ['a subject that is none', { subject: 'anybody' }, '/subject'],
      ['itself', { enabled: true }, '/enabled'],
    ])('S-177 refuses %s', async (_name, more, pointer) => {
      const answer = await api.post('trusted-issuers', await issuer({ issuer: 'https://bad.example', ...more }));
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
      expect(await idp.get(TrustedIssuersService).find(tenant.id, 'https://bad.example')).toBeNull();
    });

    it('S-178 whoever opens the administration by assertions holds all that it opens', async () => {
      const manager = await adminApi(idp, tenant, ['application-manager']);
      const audiences = [`${tenant.issuer}/admin/api`];
      const wide = await issuer({ issuer: 'https://wide.example', audiences });
      expect((await manager.post('trusted-issuers', wide)).status).toBe(403);
      const created = await api.post('trusted-issuers', wide);
      expect(created.status).toBe(201);
      const path = `trusted-issuers/${created.body.id}`;
      const other = { jwks: { keys: [(await newClientKey('mine')).publicJwk] } };
      expect((await manager.patch(path, other)).status).toBe(403);
      expect((await api.get(path)).body).toEqual(created.body);
      const narrow = await manager.post('trusted-issuers', await issuer({ issuer: 'https://narrow.example' }));
      expect((await manager.patch(`trusted-issuers/${narrow.body.id}`, { audiences })).status).toBe(403);
    });

    it('S-176 are of this tenant', async () => {
      const other = await idp.createTenant({ slug: 'initech' });
      const { id } = await idp.get(TrustedIssuersService).create(other, await issuer());
      expect((await api.get(`trusted-issuers/${id}`)).status).toBe(404);
      expect((await api.patch(`trusted-issuers/${id}`, { scopes: [] }, { 'if-match': '*' })).status).toBe(404);
      expect((await api.post(`trusted-issuers/${id}/disable`, undefined)).status).toBe(404);
      expect((await api.delete(`trusted-issuers/${id}`, { 'if-match': '*' })).status).toBe(404);
    });
  });
});
