import { ACR_SINGLE_FACTOR } from '@tokenidp/login';
import { type Resource, ResourcesService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { decodeJwt } from 'jose';
import type { Credentials } from '../support/browser';
import { CibaFlow, createAsker } from '../support/ciba-flow';
import { createApi, createUser } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const UNLIMITED = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
const OF_API = { login_hint: 'ada', scope: 'openid api.read' };

describe('RFC 9470 §5 CIBA Core §7 the sign-in in which a request from elsewhere is allowed', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let flow: CibaFlow;
  let api: Resource;
  let requests: string;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: UNLIMITED } });
    ({ credentials } = await createUser(idp, tenant));
    const app = await createAsker(idp, tenant);
    api = await createApi(idp, tenant, [app.client]);
    flow = await CibaFlow.of(idp, tenant, app);
    requests = `${tenant.issuer}/requests`;
  });

  afterEach(async () => {
    idp.clock.reset();
    await idp.get(ResourcesService).update(tenant, api.id, { requiredAcr: null, maxAgeSeconds: null });
  });
  afterAll(() => idp?.close());

  async function signedIn(): Promise<HttpBrowser> {
    const browser = new HttpBrowser();
    await browser.submit(await browser.open(requests), 'login', { ...credentials });
    return browser;
  }

  /** Presses a button below the latest request; the page that this leads to. */
  async function press(browser: HttpBrowser, decision: 'allow' | 'deny'): Promise<HttpPage> {
    const page = await browser.open(requests);
    const [action] = page.forms.keys();
    const answer = await browser.submit(page, action!.slice(action!.lastIndexOf('/') + 1), { decision });
    return browser.open(new URL(answer.headers.get('location')!, requests).href);
  }

  it('RFC 9470 §5 one that is too old for the resource does not do: the page asks for another, and then it counts', async () => {
    await idp.get(ResourcesService).update(tenant, api.id, { maxAgeSeconds: 60 });
    const browser = await signedIn();
    idp.clock.forward(61);
    const { auth_req_id } = await flow.begin(OF_API);
    const asked = await press(browser, 'allow');
    expect([asked.status, asked.url]).toEqual([200, `${requests}/again`]);
    expect(asked.body).toContain('login-submit');
    expect(asked.body).toContain(`value="${credentials.username}"`);
    expect(await flow.errorOf(auth_req_id)).toBe('400 authorization_pending');
    await browser.submit(asked, 'login', { ...credentials });
    expect((await press(browser, 'allow')).url).toBe(`${requests}/allowed`);
    const { json } = await flow.poll(auth_req_id);
    const claims = decodeJwt(String(json?.access_token));
    expect(claims.acr).toBe(ACR_SINGLE_FACTOR);
    expect(idp.clock.nowSeconds() - Number(claims.auth_time)).toBeLessThan(60);
  });

  it('RFC 9470 §5 it does for what demands nothing, and a no needs no other', async () => {
    await idp.get(ResourcesService).update(tenant, api.id, { maxAgeSeconds: 60 });
    const browser = await signedIn();
    idp.clock.forward(61);
    const plain = await flow.begin({ login_hint: 'ada' });
    expect((await press(browser, 'allow')).url).toBe(`${requests}/allowed`);
    expect((await flow.poll(plain.auth_req_id)).status).toBe(200);
    const { auth_req_id } = await flow.begin(OF_API);
    expect((await press(browser, 'deny')).url).toBe(`${requests}/denied`);
    expect(await flow.errorOf(auth_req_id)).toBe('400 access_denied');
  });

  it('RFC 9470 §5 an acr that a resource demands by the time of the answer is had, or nothing is given', async () => {
    await idp.get(ResourcesService).update(tenant, api.id, { requiredAcr: ACR_SINGLE_FACTOR });
    const browser = await signedIn();
    const { auth_req_id } = await flow.begin(OF_API);
    await idp.get(ResourcesService).update(tenant, api.id, { requiredAcr: 'urn:example:gold' });
    expect((await browser.open(requests)).body).toContain('Nothing waits for you');
    expect(await flow.decide(auth_req_id)).toBe(false);
    const refused = await flow.ask(OF_API);
    expect([refused.status, refused.json?.error]).toEqual([400, 'unmet_authentication_requirements']);
    await idp.get(ResourcesService).update(tenant, api.id, { requiredAcr: ACR_SINGLE_FACTOR });
    expect((await press(browser, 'allow')).url).toBe(`${requests}/allowed`);
    expect(decodeJwt(String((await flow.poll(auth_req_id)).json?.access_token)).acr).toBe(ACR_SINGLE_FACTOR);
  });

  it('CIBA Core §7.1 acr_values is a wish: what can be reached is told, what cannot is let go', async () => {
    for (const acr_values of [ACR_SINGLE_FACTOR, `urn:example:gold ${ACR_SINGLE_FACTOR}`, 'urn:example:gold']) {
      const { auth_req_id } = await flow.begin({ login_hint: 'ada', acr_values });
      expect(await flow.decide(auth_req_id)).toBe(true);
      expect(decodeJwt(String((await flow.poll(auth_req_id)).json?.id_token)).acr).toBe(ACR_SINGLE_FACTOR);
    }
  });
});
