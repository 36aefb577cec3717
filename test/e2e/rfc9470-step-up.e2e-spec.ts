import { ACR_SINGLE_FACTOR } from '@tokenidp/login';
import { type Resource, ResourcesService } from '@tokenidp/clients';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { API, createApi, createClient, createUser, type TestClient } from '../support/fixtures';
import { type Answer, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

describe('RFC 9470 step-up authentication', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let flow: CodeFlow;
  let api: Resource;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
    app = await createClient(idp, tenant);
    api = await createApi(idp, tenant, [app.client]);
    flow = await CodeFlow.of(tenant, app);
  });

  beforeEach(async () => {
    await idp.get(ResourcesService).update(tenant, api.id, { requiredAcr: null, maxAgeSeconds: null });
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  const answerOf = async (browser: HttpBrowser, parameters: Record<string, string>, by?: Credentials) =>
    callbackOf(await passThrough(browser, (await flow.request(parameters)).url, by)).searchParams;

  const isAsked = async (browser: HttpBrowser, parameters: Record<string, string>): Promise<boolean> =>
    (await passThrough(browser, (await flow.request(parameters)).url)).body.includes('login-submit');

  async function accessToken(browser: HttpBrowser, parameters: Record<string, string>): Promise<string> {
    const { json } = await flow.redeem(await flow.code(browser, { credentials, parameters }));
    return String(json?.access_token);
  }

  const apiScope = { scope: 'openid api.read', resource: API };

  it('RFC 9470 §4 announces the acr values that a sign-in can reach', async () => {
    expect(flow.config.serverMetadata().acr_values_supported).toEqual([ACR_SINGLE_FACTOR]);
  });

  it('RFC 9470 §5 asks again for a resource whose sign-in may not be that old, and the new token says so', async () => {
    const browser = new HttpBrowser();
    const first = decodeJwt(await accessToken(browser, apiScope));
    await idp.get(ResourcesService).update(tenant, api.id, { maxAgeSeconds: 60 });
    idp.clock.forward(61);
    expect(await isAsked(browser, { scope: 'openid' })).toBe(false);
    expect(await isAsked(browser, { scope: 'openid api.read' })).toBe(true);
    expect((await answerOf(browser, { ...apiScope, prompt: 'none' })).get('error')).toBe('login_required');
    const second = decodeJwt(await accessToken(browser, apiScope));
    expect(second.acr).toBe(ACR_SINGLE_FACTOR);
    expect(Number(second.auth_time) - Number(first.auth_time)).toBeGreaterThanOrEqual(61);
    expect((await answerOf(browser, { ...apiScope, prompt: 'none' })).has('code')).toBe(true);
  });

  it('RFC 9470 §5 an acr that a resource needs is had, or told as one that cannot be', async () => {
    await idp.get(ResourcesService).update(tenant, api.id, { requiredAcr: ACR_SINGLE_FACTOR });
    const browser = new HttpBrowser();
    expect(decodeJwt(await accessToken(browser, apiScope)).acr).toBe(ACR_SINGLE_FACTOR);
    await idp.get(ResourcesService).update(tenant, api.id, { requiredAcr: 'urn:example:gold' });
    const error = 'unmet_authentication_requirements';
    expect((await answerOf(browser, apiScope)).get('error')).toBe(error);
    expect((await answerOf(browser, { scope: 'openid' })).has('code')).toBe(true);
    const { url } = await flow.request(apiScope);
    await expect(
      openid.buildAuthorizationUrlWithPAR(flow.config, Object.fromEntries(url.searchParams)),
    ).rejects.toMatchObject({ error });
  });

  it.each([
    [{ requiredAcr: 'two words' }],
    [{ requiredAcr: '' }],
    [{ requiredAcr: 'a"b' }],
    [{ requiredAcr: 'x'.repeat(256) }],
    [{ maxAgeSeconds: -1 }],
    [{ maxAgeSeconds: 1.5 }],
  ])('RFC 9470 §3 a resource cannot ask for %j', async (patch) => {
    await expect(idp.get(ResourcesService).update(tenant, api.id, patch)).rejects.toMatchObject({
      code: 'invalid-resource',
    });
  });

  it('RFC 9470 §6.2 introspection of an opaque token tells acr and auth_time', async () => {
    await idp.get(ResourcesService).update(tenant, api.id, { tokenFormat: 'opaque' });
    const token = await accessToken(new HttpBrowser(), apiScope);
    await idp.get(ResourcesService).update(tenant, api.id, { tokenFormat: 'jwt' });
    const told = await openid.tokenIntrospection(flow.config, token);
    expect(told).toMatchObject({ active: true, acr: ACR_SINGLE_FACTOR, auth_time: expect.any(Number) });
  });

  it('OIDC Core §5.5.1.1 an essential acr is reached or fails; a voluntary one is a wish', async () => {
    const browser = new HttpBrowser();
    const asked = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr } }) });
    const given = await flow.code(browser, {
      credentials,
      parameters: asked({ essential: true, values: ['urn:example:gold', ACR_SINGLE_FACTOR] }),
    });
    expect((await flow.tokens(given)).claims()!.acr).toBe(ACR_SINGLE_FACTOR);
    const refused = await answerOf(browser, asked({ essential: true, value: 'urn:example:gold' }));
    expect(refused.get('error')).toBe('unmet_authentication_requirements');
    expect((await answerOf(browser, asked({ value: 'urn:example:gold' }))).has('code')).toBe(true);
    expect((await answerOf(browser, { acr_values: 'urn:example:gold' })).has('code')).toBe(true);
  });

  describe('at userinfo, where the tenant asks for it', () => {
    const userinfo = (token: string): Promise<Answer> =>
      send(`${tenant.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });

    afterAll(() => idp?.get(TenantsService).updateSettings(tenant.id, { userinfo: { maxAgeSeconds: undefined } }));

    it('RFC 9470 §3, §4 the challenge says what would do, and a client that asks for that gets in', async () => {
      const browser = new HttpBrowser();
      const old = await accessToken(browser, { scope: 'openid' });
      expect((await userinfo(old)).status).toBe(200);
      await idp.get(TenantsService).updateSettings(tenant.id, {
        userinfo: { maxAgeSeconds: 60, requiredAcr: ACR_SINGLE_FACTOR },
      });
      expect((await userinfo(old)).status).toBe(200);
      idp.clock.forward(61);
      const refused = await userinfo(old);
      expect([refused.status, refused.json?.error]).toEqual([401, 'insufficient_user_authentication']);
      const challenge = refused.headers.get('www-authenticate')!;
      const [, max_age] = /max_age="(\d+)"/.exec(challenge)!;
      const [, acr_values] = /acr_values="([^"]+)"/.exec(challenge)!;
      expect({ max_age, acr_values }).toEqual({ max_age: '60', acr_values: ACR_SINGLE_FACTOR });
      const parameters = { scope: 'openid', max_age: max_age!, acr_values: acr_values! };
      expect(await isAsked(browser, parameters)).toBe(true);
      expect((await userinfo(await accessToken(browser, parameters))).status).toBe(200);
      // The loop ends as well for a client that has not understood the challenge.
      idp.clock.forward(61);
      expect(await isAsked(browser, { scope: 'openid' })).toBe(true);
      expect((await userinfo(await accessToken(browser, { scope: 'openid' }))).status).toBe(200);
    });
  });
});
