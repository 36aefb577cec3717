import { type ClientOrigin, ClientsService, type NewClient, ResourcesService } from '@tokenidp/clients';
import { SetupService } from '@tokenidp/login';
import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { API, createApi, createClient, createUser, REDIRECT_URI } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const GRANTS = ['authorization_code', 'refresh_token'];

describe('consent', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let browser: HttpBrowser;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', displayName: 'Acme' });
    ({ credentials } = await createUser(idp, tenant));
    browser = new HttpBrowser();
    await (await newFlow()).code(browser, { credentials });
  });

  afterAll(() => idp?.close());

  /** An application that nobody has allowed anything, with an API of its own. */
  async function newFlow(metadata: Partial<NewClient> = {}, withApi = false): Promise<CodeFlow> {
    const app = await createClient(idp, tenant, metadata);
    if (withApi) await createApi(idp, tenant, [app.client], { identifier: `${API}${app.client.client_id}` });
    return CodeFlow.of(tenant, app);
  }

  const consentPage = async (flow: CodeFlow, parameters: Record<string, string> = {}): Promise<HttpPage> =>
    browser.open((await flow.request(parameters)).url.href);

  const isConsent = ({ body }: HttpPage): boolean => body.includes('id="consent-allow"');

  describe('S-150 OAuth 2.1 §7.3.1, RFC 8252 §8.6', () => {
    it.each([
      ['a scheme of an app', 'com.example.app:/cb'],
      ['a port of this machine', 'http://127.0.0.1:49152/cb'],
    ])('S-150 behind %s there may be anybody: asked each time, and never silently', async (_what, redirect_uri) => {
      const native = { type: 'native', redirect_uris: [redirect_uri], post_logout_redirect_uris: undefined };
      const flow = await newFlow(native as Partial<NewClient>);
      for (const _time of ['first', 'second']) {
        const page = await consentPage(flow, { redirect_uri });
        expect(isConsent(page)).toBe(true);
        const allowed = await browser.submit(page, 'consent', { decision: 'allow' });
        expect(allowed.headers.get('location')).toContain('code=');
      }
      const silent = await consentPage(flow, { redirect_uri, prompt: 'none' });
      expect(silent.headers.get('location')).toContain('error=consent_required');
    });

    it('S-150 what is proven to reach the client is asked once, for these scopes, this client and this user', async () => {
      for (const metadata of [{}, { type: 'spa', post_logout_redirect_uris: undefined }] as Partial<NewClient>[]) {
        const flow = await newFlow(metadata);
        const page = await consentPage(flow, { scope: 'openid profile' });
        await browser.submit(page, 'consent', { decision: 'allow' });
        expect((await consentPage(flow, { scope: 'profile openid' })).headers.get('location')).toContain('code=');
        expect(isConsent(await consentPage(flow, { scope: 'openid profile email' }))).toBe(true);
        expect(isConsent(await consentPage(await newFlow(metadata), { scope: 'openid' }))).toBe(true);
      }
    });

    it('S-150 a refusal is remembered as nothing', async () => {
      const flow = await newFlow();
      const denied = await browser.submit(await consentPage(flow), 'consent', { decision: 'deny' });
      expect(callbackOf(denied).searchParams.get('error')).toBe('access_denied');
      expect(isConsent(await consentPage(flow))).toBe(true);
    });
  });

  it.each<[ClientOrigin, string]>([
    ['admin', 'Added by an administrator of Acme.'],
    ['registered', 'This app registered itself. Nobody at Acme has checked it.'],
  ])('S-151 OAuth 2.1 §7.9 says who asks, who vouches for it, what for and for how long: %s', async (origin, words) => {
    const metadata = { client_name: 'Photos', redirect_uris: [REDIRECT_URI], grant_types: GRANTS } as NewClient;
    const { client, secret } = await idp.get(ClientsService).create(tenant, metadata, { origin });
    await createApi(idp, tenant, [client], { identifier: `${API}${origin}`, name: 'Album API' });
    const flow = await CodeFlow.of(tenant, { client, secret: secret! });
    const { body } = await consentPage(flow, { scope: 'openid email api.read offline_access' });
    for (const said of [
      'Allow Photos to use your account?',
      words,
      'Album API',
      'Read everything.',
      'client.example',
    ]) {
      expect(body).toContain(said);
    }
    expect(body).toContain('See your e-mail address');
    expect(body).not.toContain('Change everything.');
    expect(body).toMatch(/It ends after .*14 days.* without use and after .*90 days.* at the latest\./);
    const session = (await consentPage(flow, { scope: 'openid' })).body;
    expect(session).toContain('It ends at most 5 minutes after you sign out.');
  });

  describe('S-152 OAuth 2.1 §1.4.1 a form that was tampered with', () => {
    const ADDED: readonly [string, Record<string, string>][] = [
      ['a scope', { scope: 'openid email api.read api.write' }],
      ['scopes', { scopes: 'api.write' }],
      ['a resource', { resource: API }],
      ['another client', { client_id: 'other' }],
      ['another redirect', { redirect_uri: 'https://evil.example/' }],
      ['claims', { claims: '{"id_token":{"email":null}}' }],
      ['another user', { username: 'bob', sub: 'x' }],
    ];

    it.each(ADDED)('S-152 with %s grants what was shown', async (_what, added) => {
      const flow = await newFlow({}, true);
      const request = await flow.request({ scope: 'openid api.read', prompt: 'consent' });
      const page = await browser.open(request.url.href);
      const callback = callbackOf(await browser.submit(page, 'consent', { decision: 'allow', ...added }));
      expect(`${callback.origin}${callback.pathname}`).toBe(REDIRECT_URI);
      const tokens = await flow.tokens({ ...request, callback, code: '' });
      expect(tokens.scope).toBe('openid api.read');
      expect(tokens.claims()).not.toHaveProperty('email');
    });

    it('S-152 with a value that is made up, missing, or of another page grants nothing', async () => {
      const flow = await newFlow({}, true);
      const page = await consentPage(flow, { scope: 'openid api.read api.write' });
      const less = await consentPage(flow, { scope: 'openid' });
      const shownLess = [...less.forms.values()][0]!.shown!;
      for (const shown of ['', 'x', 'A'.repeat(43), shownLess]) {
        const request = await flow.request({ scope: 'openid api.read api.write', prompt: 'consent' });
        const again = await browser.open(request.url.href);
        const answer = await browser.submit(again, 'consent', { decision: 'allow', shown });
        expect(answer.headers.get('location') ?? '').not.toContain('code=');
      }
      const allowed = await browser.submit(page, 'consent', { decision: 'allow' });
      expect(allowed.headers.get('location')).toContain('code=');
    });

    it.each(['Allow', 'ALLOW', 'allow ', 'yes', '1', 'true', '', 'deny'])(
      'S-152 decision %j is no yes',
      async (decision) => {
        const denied = await browser.submit(await consentPage(await newFlow()), 'consent', { decision });
        expect(callbackOf(denied).searchParams.get('error')).toBe('access_denied');
      },
    );

    it('S-152 what the administrator has taken from the client in between is not granted', async () => {
      const flow = await newFlow();
      const api = await createApi(idp, tenant, [flow.app.client], { identifier: `${API}later` });
      const shown = await consentPage(flow, { scope: 'openid api.read' });
      expect(isConsent(shown)).toBe(true);
      const taken = { userScopes: [], clientScopes: [] };
      await idp.get(ClientsService).assign(tenant, flow.app.client.id, api.id, taken);
      const answer = await browser.submit(shown, 'consent', { decision: 'allow' });
      expect([answer.status, answer.headers.get('location')]).toEqual([410, null]);
    });

    it('S-152 is good once', async () => {
      const page = await consentPage(await newFlow());
      expect((await browser.submit(page, 'consent', { decision: 'allow' })).headers.get('location')).toContain('code=');
      const again = await browser.submit(page, 'consent', { decision: 'allow' });
      expect([again.status, again.headers.get('location')]).toEqual([410, null]);
    });
  });

  describe('S-153 OAuth 2.1 §7.9 what is marked as sensitive', () => {
    const open = { name: 'vault.open', displayName: 'Open', description: 'Open the vault.' };
    const asked = { scope: 'openid vault.open' };

    async function vaultFor(origin: ClientOrigin, sensitive: boolean) {
      const metadata: NewClient = { client_name: 'Vault', redirect_uris: [REDIRECT_URI] };
      const { client, secret } = await idp.get(ClientsService).create(tenant, metadata, { origin });
      const identifier = `${API}${client.client_id}`;
      const api = await createApi(idp, tenant, [client], { identifier, scopes: [{ ...open, sensitive }] });
      return { flow: await CodeFlow.of(tenant, { client, secret: secret! }), api };
    }

    it('S-153 is for clients that an administrator has looked at, and is shown as that', async () => {
      const { flow } = await vaultFor('admin', true);
      expect((await consentPage(flow, asked)).body).toMatch(/Open<span class="badge">Sensitive/);
    });

    it('S-153 is assigned to no client that registered itself', async () => {
      await expect(vaultFor('registered', true)).rejects.toMatchObject({ code: 'invalid-scope' });
    });

    it('S-153 is not for such a client that had it before it was marked', async () => {
      const { flow, api } = await vaultFor('registered', false);
      expect(isConsent(await consentPage(flow, asked))).toBe(true);
      await idp.get(ResourcesService).update(tenant, api.id, { scopes: [{ ...open, sensitive: true }] });
      expect((await consentPage(flow, asked)).body).toContain('the scope vault.open is not assigned');
    });
  });

  describe('S-124 OAuth 2.1 §7.10 a form without the value of its page', () => {
    const OTHERS: readonly [string, (own: string, other: string) => string][] = [
      ['none', () => ''],
      ['a made-up one', () => 'k1.AAAA'],
      ['the one of another browser', (_own, other) => other],
      ['half of its own', (own) => own.slice(0, -4)],
    ];

    it.each(OTHERS)('S-124 consent with %s: asked again, nothing is allowed', async (_what, valueOf) => {
      const flow = await newFlow();
      const page = await consentPage(flow);
      const other = [...(await otherLogin(flow)).forms.values()][0]!.csrf!;
      const own = [...page.forms.values()][0]!.csrf!;
      const answer = await browser.submit(page, 'consent', { decision: 'allow', csrf: valueOf(own, other) });
      expect([answer.status, answer.headers.get('location'), isConsent(answer)]).toEqual([403, null, true]);
    });

    it.each(OTHERS)('S-124 setting up with %s: asked again, no administrator is made', async (_what, valueOf) => {
      const link = (await idp.get(SetupService).createLink())!;
      const page = await new HttpBrowser().get(link);
      const fields = [...page.forms.values()][0]!;
      const password = 'seven purple boats at dawn';
      const typed = { email: 'root@example.com', username: 'root', password, passwordAgain: password };
      const csrf = valueOf(fields.csrf!, 'x.y');
      const answer = await new HttpBrowser().post(`${idp.origin}/setup`, { ...fields, ...typed, csrf });
      expect([answer.status, answer.cookies]).toEqual([403, []]);
      expect(await idp.get(SetupService).createLink()).not.toBeNull();
    });

    it('S-124 the value of one page is none of another page of the same browser', async () => {
      const [flow, pages] = [await newFlow(), [] as HttpPage[]];
      for (let n = 0; n < 2; n += 1) pages.push(await consentPage(flow, { prompt: 'consent' }));
      const csrf = [...pages[0]!.forms.values()][0]!.csrf!;
      expect((await browser.submit(pages[1]!, 'consent', { decision: 'allow', csrf })).status).toBe(403);
    });

    async function otherLogin(flow: CodeFlow): Promise<HttpPage> {
      return passThrough(new HttpBrowser(), (await flow.request()).url);
    }
  });
});
