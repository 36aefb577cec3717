import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, type GivenCode, passThrough } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { spell } from '../support/wire';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Every parameter that the authorization endpoint reads, but those that say where an answer goes. */
const AUTHORIZATION_PARAMETERS = [
  ...['response_type', 'scope', 'state', 'nonce', 'code_challenge', 'code_challenge_method', 'response_mode'],
  ...['prompt', 'max_age', 'claims', 'acr_values', 'id_token_hint', 'login_hint', 'ui_locales', 'display'],
  ...['request', 'request_uri', 'something_new'],
];

describe('S-014 OAuth 2.1 §3.1, §3.2 parameters', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let machine: TestClient;
  let flow: CodeFlow;
  let browser: HttpBrowser;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant, { response_modes: ['query', 'form_post'] });
    machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [machine.client]);
    ({ credentials } = await createUser(idp, tenant));
    flow = await CodeFlow.of(tenant, app);
    browser = new HttpBrowser();
    await flow.code(browser, { credentials });
  });

  afterAll(() => idp?.close());

  /** A request that is answered by a code at once, with something added, by GET or by POST. */
  async function ask(added: string, by: 'GET' | 'POST' = 'GET', parameters?: Record<string, string>) {
    const { url } = await flow.request(parameters);
    if (by === 'GET') return browser.get(`${url.href}${added}`);
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const body = `${url.search.slice(1)}${added}`;
    const answer = await spell(idp.origin, {
      ...{ method: 'POST', target: url.pathname, headers: { ...FORM, cookie }, body },
    });
    return { ...answer, url: url.href, body: answer.text, cookies: [], forms: new Map() } as HttpPage;
  }

  const errorOf = (page: HttpPage): string | null => callbackOf(page).searchParams.get('error');

  describe.each(['GET', 'POST'] as const)('at the authorization endpoint, by %s', (by) => {
    it('S-014 what is unknown is ignored', async () => {
      const page = await ask('&something_new=1&utm_source=x&%5B%5D=y', by);
      expect(callbackOf(page).searchParams.has('code')).toBe(true);
    });

    it('S-014 what is empty is as good as absent', async () => {
      const empty = ['prompt', 'max_age', 'claims', 'acr_values', 'id_token_hint', 'ui_locales', 'display', 'request'];
      const added = empty.map((name) => `&${name}=`).join('');
      expect(callbackOf(await ask(added, by)).searchParams.has('code')).toBe(true);
      const without = await ask('&code_challenge=&code_challenge_method=', by, {
        code_challenge: '',
        code_challenge_method: '',
      });
      expect(errorOf(without)).toBe('invalid_request');
      expect((await ask('&client_id=', by)).status).toBe(303);
    });

    it('S-014 no pair, many separators and names without a value are nothing', async () => {
      const page = await ask('&&&=&=x&flag&', by);
      expect(callbackOf(page).searchParams.has('code')).toBe(true);
    });

    it.each(AUTHORIZATION_PARAMETERS)('S-014 %s twice is refused', async (name) => {
      const sent = new URL((await flow.request()).url).searchParams.get(name) ?? 'x';
      for (const second of [sent, 'other']) {
        const added = `&${name}=${encodeURIComponent(sent)}&${name}=${encodeURIComponent(second)}`;
        const callback = callbackOf(await ask(added, by, { [name]: '' }));
        expect(callback.searchParams.get('error')).toBe('invalid_request');
        expect(callback.searchParams.get('error_description')).toBe(`${name} was sent more than once`);
        expect(callback.searchParams.has('state')).toBe(name !== 'state');
      }
    });

    it.each(['client_id', 'redirect_uri'])(
      'S-014 S-022 %s twice is told to the user, not to a client',
      async (name) => {
        const { url } = await flow.request();
        for (const second of [url.searchParams.get(name)!, 'https://evil.example/callback']) {
          const page = await ask(`&${name}=${encodeURIComponent(second)}`, by);
          expect([page.status, page.headers.get('location')]).toEqual([400, null]);
        }
      },
    );
  });

  describe('at the token endpoint', () => {
    let given: GivenCode;

    beforeAll(async () => {
      given = await flow.code(browser);
    });

    /** The exchange of the one code, so that every refusal shows that it was not spent. */
    function exchange(added: string): Promise<Answer> {
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        code: given.code,
        redirect_uri: REDIRECT_URI,
        code_verifier: given.checks.pkceCodeVerifier!,
      });
      const headers = { ...FORM, ...basic(app.client.client_id, app.secret) };
      return spell(idp.origin, { method: 'POST', target: '/t/acme/token', headers, body: `${body}${added}` });
    }

    it.each(['grant_type', 'code', 'redirect_uri', 'code_verifier', 'scope', 'client_id', 'something_new'])(
      'S-014 %s twice is refused',
      async (name) => {
        const answer = await exchange(`&${name}=x&${name}=x`);
        expect(answer.status).toBe(400);
        expect(answer.json).toEqual({
          error: 'invalid_request',
          error_description: `${name} was sent more than once`,
        });
      },
    );

    it('S-014 client_secret twice is refused', async () => {
      const { client, secret } = machine;
      const body = `client_id=${client.client_id}&client_secret=${secret}&client_secret=${secret}&grant_type=x`;
      const answer = await spell(idp.origin, { method: 'POST', target: '/t/acme/token', headers: FORM, body });
      expect([answer.status, answer.json?.error]).toEqual([400, 'invalid_request']);
    });

    it('S-014 parameters in the address are none', async () => {
      const headers = { ...FORM, ...basic(machine.client.client_id, machine.secret) };
      const target = '/t/acme/token?grant_type=client_credentials&scope=api.read';
      const answer = await spell(idp.origin, { method: 'POST', target, headers, body: '' });
      expect([answer.status, answer.json?.error]).toEqual([400, 'invalid_request']);
    });

    it('S-014 what is unknown is ignored, what is empty is absent, and after all of this the code is good', async () => {
      const answer = await exchange('&something_new=1&scope=&resource=&client_secret=&refresh_token=');
      expect(answer.json).toHaveProperty('access_token');
    });
  });

  it.each(['introspect', 'revoke'])('S-014 at %s a parameter comes once', async (path) => {
    const headers = { ...FORM, ...basic(app.client.client_id, app.secret) };
    const asked = (body: string): Promise<Answer> =>
      spell(idp.origin, { method: 'POST', target: `/t/acme/${path}`, headers, body });
    for (const name of ['token', 'token_type_hint', 'something_new']) {
      expect((await asked(`token=x&${name}=y&${name}=y`)).json?.error).toBe('invalid_request');
    }
    expect((await asked('token=x&something_new=1&token_type_hint=')).status).toBe(200);
    expect((await asked('token=')).status).toBe(400);
  });

  it('S-014 at userinfo the token comes once', async () => {
    const asked = (body: string): Promise<Answer> =>
      spell(idp.origin, { method: 'POST', target: '/t/acme/userinfo', headers: FORM, body });
    const { access_token } = await flow.tokens(await flow.code(browser));
    expect((await asked(`access_token=${access_token}&something_new=1`)).status).toBe(200);
    expect((await asked(`access_token=${access_token}&access_token=${access_token}`)).status).toBe(400);
  });

  describe.each(['GET', 'POST'])('at the end-session endpoint, by %s', (method) => {
    const leave = async (query: string): Promise<Answer> => {
      const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const inAddress = method === 'GET';
      return spell(idp.origin, {
        method,
        target: `/t/acme/logout${inAddress ? `?${query}` : ''}`,
        headers: { cookie, ...(inAddress ? {} : FORM) },
        ...(inAddress ? {} : { body: query }),
      });
    };

    it.each(['client_id', 'post_logout_redirect_uri', 'id_token_hint', 'state', 'something_new'])(
      'S-014 %s twice is refused, and the user is still signed in',
      async (name) => {
        const client = name === 'client_id' ? app.client.client_id : 'x';
        const answer = await leave(`${name}=${client}&${name}=${client}`);
        expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
        expect(callbackOf(await passThrough(browser, (await flow.request()).url)).searchParams.has('code')).toBe(true);
      },
    );

    it('S-014 what is unknown is ignored, and what is empty is absent', async () => {
      const answer = await leave('something_new=1&id_token_hint=&client_id=&post_logout_redirect_uri=&state=');
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('id="logout-confirm"');
    });
  });
});
