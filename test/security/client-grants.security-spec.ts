import { ADMIN_SCOPE, adminApiIdentifier } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { decodeJwt } from 'jose';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const GRANT = { grant_type: 'client_credentials' };
const refusalOf = ({ status, json }: Answer) => ({ status, error: json?.error });

describe('what each client may ask for', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let machine: TestClient;
  let app: TestClient;
  let flow: CodeFlow;
  let browser: HttpBrowser;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    machine = await createMachine(idp, tenant);
    app = await createClient(idp, tenant);
    await createApi(idp, tenant, [machine.client, app.client]);
    flow = await CodeFlow.of(tenant, app);
    browser = new HttpBrowser();
    await flow.code(browser, { credentials: (await createUser(idp, tenant)).credentials });
  });

  afterAll(() => idp?.close());

  const token = (form: Record<string, string>, headers?: Record<string, string>) =>
    postForm(`${tenant.issuer}/token`, form, headers);
  const credential = () => basic(machine.client.client_id, machine.secret);

  it('S-059 S-060 each client has the grants it is registered for; others do not exist for anybody', async () => {
    const spa = await createClient(idp, tenant, { type: 'spa' });
    const asApp = (form: Record<string, string>) => token(form, basic(app.client.client_id, app.secret));
    const unauthorized = { status: 400, error: 'unauthorized_client' };
    expect(refusalOf(await asApp(GRANT))).toEqual(unauthorized);
    expect(refusalOf(await token({ ...GRANT, client_id: spa.client.client_id }))).toEqual(unauthorized);
    for (const grant_type of ['authorization_code', 'refresh_token']) {
      expect(refusalOf(await token({ grant_type, code: 'x', refresh_token: 'x' }, credential()))).toEqual(unauthorized);
    }
    for (const grant_type of ['password', 'implicit', 'token', 'code', 'AUTHORIZATION_CODE', '__proto__', 'toString']) {
      const answer = await asApp({ grant_type, username: 'ada', password: 'x' });
      expect(refusalOf(answer)).toEqual({ status: 400, error: 'unsupported_grant_type' });
    }
  });

  it('S-060 no public client can be registered for client_credentials', async () => {
    const registered = createClient(idp, tenant, {
      type: 'spa',
      grant_types: ['authorization_code', 'client_credentials'],
    });
    await expect(registered).rejects.toMatchObject({ error: 'invalid_client_metadata' });
  });

  it('S-061 the token of a client cannot be taken for that of a user', async () => {
    const own = await token({ ...GRANT, scope: 'api.read' }, credential());
    const claims = decodeJwt(String(own.json?.access_token));
    expect(claims).toMatchObject({ sub: machine.client.client_id, client_id: machine.client.client_id });
    for (const name of ['auth_time', 'acr', 'amr']) expect(claims).not.toHaveProperty(name);
    const tokens = await flow.tokens(await flow.code(browser));
    const ofUser = decodeJwt(tokens.access_token);
    expect(ofUser.sub).not.toBe(ofUser.client_id);
    expect(ofUser).toHaveProperty('auth_time');
    const userinfo = await send(`${tenant.issuer}/userinfo`, {
      headers: { authorization: `Bearer ${String(own.json?.access_token)}` },
    });
    expect(refusalOf(userinfo)).toEqual({ status: 401, error: 'invalid_token' });
  });

  describe('S-063 the administration is for those it was assigned to, by whatever grant', () => {
    it('S-063 client_credentials', async () => {
      const asked = await token({ ...GRANT, scope: ADMIN_SCOPE }, credential());
      expect(refusalOf(asked)).toEqual({ status: 400, error: 'invalid_scope' });
      const named = await token({ ...GRANT, resource: adminApiIdentifier(tenant) }, credential());
      expect(refusalOf(named)).toEqual({ status: 400, error: 'invalid_target' });
    });

    it.each([
      ['invalid_scope', () => ({ scope: `openid ${ADMIN_SCOPE}` })],
      ['invalid_target', () => ({ resource: adminApiIdentifier(tenant) })],
    ])('S-063 the authorization request: %s', async (error, parameters) => {
      const { url: address } = await flow.request(parameters());
      const callback = callbackOf(await passThrough(browser, address));
      expect(callback.searchParams.get('error')).toBe(error);
      expect(callback.searchParams.has('code')).toBe(false);
    });

    it('S-063 the code, and the refresh token that came for it', async () => {
      const parameters = { scope: 'openid offline_access', prompt: 'consent' };
      const first = await flow.redeem(await flow.code(browser, { parameters }), { scope: ADMIN_SCOPE });
      expect(String(first.json?.scope ?? '').split(' ')).not.toContain(ADMIN_SCOPE);
      const named = await flow.redeem(await flow.code(browser), { resource: adminApiIdentifier(tenant) });
      expect(refusalOf(named)).toEqual({ status: 400, error: 'invalid_target' });
      const refreshed = (form: Record<string, string>) => flow.refresh(String(first.json?.refresh_token), form);
      const refusedScope = refusalOf(await refreshed({ scope: `openid ${ADMIN_SCOPE}` }));
      expect(refusedScope).toEqual({ status: 400, error: 'invalid_scope' });
      const refusedTarget = refusalOf(await refreshed({ resource: adminApiIdentifier(tenant) }));
      expect(refusedTarget).toEqual({ status: 400, error: 'invalid_target' });
      expect((await refreshed({})).status).toBe(200);
    });
  });
});
