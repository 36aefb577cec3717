import { ClientsService, type NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import {
  createApi,
  createClient,
  createUser,
  POST_LOGOUT_REDIRECT_URI,
  REDIRECT_URI,
  type TestClient,
} from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

describe('what travels through the browser', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let flow: CodeFlow;
  let user: User;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant, { response_modes: ['query', 'form_post'] });
    ({ user, credentials } = await createUser(idp, tenant));
    flow = await CodeFlow.of(tenant, app);
  });

  afterAll(() => idp?.close());

  async function signedIn(at: CodeFlow = flow): Promise<HttpBrowser> {
    const browser = new HttpBrowser();
    await at.code(browser, { credentials });
    return browser;
  }

  /** The address at the client that an answer goes to. */
  async function answerTo(browser: HttpBrowser, parameters: Record<string, string>, at = flow): Promise<URL> {
    return callbackOf(await passThrough(browser, (await at.request(parameters)).url, credentials));
  }

  describe('S-026 OAuth 2.1 §7.13.2 a client that registered itself', () => {
    const redirect_uri = 'https://stranger.example/cb';
    let itsFlow: CodeFlow;

    beforeAll(async () => {
      const metadata: NewClient = { client_name: 'Stranger', redirect_uris: [redirect_uri] };
      const { client, secret } = await idp.get(ClientsService).create(tenant, metadata, { origin: 'registered' });
      itsFlow = await CodeFlow.of(tenant, { client, secret: secret! });
    });

    const asked = async (browser: HttpBrowser, parameters: Record<string, string>): Promise<HttpPage> => {
      const { url } = await itsFlow.request({ redirect_uri, ...parameters });
      return browser.open(url.href);
    };

    it.each<Record<string, string>>([
      { response_type: 'token' },
      { scope: 'unknown' },
      { prompt: 'none' },
      { max_age: '-1' },
      { request: 'x' },
    ])('S-026 gets no browser sent for %j: a page says where one would go', async (parameters) => {
      for (const browser of [new HttpBrowser(), await signedIn()]) {
        const page = await asked(browser, parameters);
        expect([page.headers.get('location'), page.headers.get('refresh')]).toEqual([null, null]);
        expect(page.status).toBeGreaterThanOrEqual(400);
        expect(page.body).toContain('Do so only if you trust stranger.example.');
        expect(page.body).toMatch(/<a href="https:\/\/stranger\.example\/cb\?error=\w+&amp;/);
      }
    });

    it('S-026 gets its answer where the user has had a hand in it', async () => {
      const browser = new HttpBrowser();
      const login = await asked(browser, {});
      const cancelled = callbackOf(await browser.submit(login, 'cancel'));
      expect([cancelled.origin, cancelled.searchParams.get('error')]).toEqual([
        'https://stranger.example',
        'access_denied',
      ]);
      const allowed = await passThrough(browser, (await itsFlow.request({ redirect_uri })).url, credentials);
      expect(callbackOf(allowed).searchParams.has('code')).toBe(true);
    });
  });

  it.each([
    ['a code', {}],
    ['an error of the request', { scope: 'unknown' }],
    ['an error of the session', { prompt: 'none', max_age: '0' }],
  ])('S-027 RFC 9207 §2 iss is in %s', async (_what, parameters) => {
    const browser = await signedIn();
    idp.clock.forward(1);
    const answer = await answerTo(browser, parameters);
    idp.clock.reset();
    expect(answer.searchParams.getAll('iss')).toEqual([tenant.issuer]);
  });

  it('S-027 RFC 9207 §2 iss is in what a user refuses', async () => {
    const browser = new HttpBrowser();
    const login = await passThrough(browser, (await flow.request()).url);
    const answer = callbackOf(await browser.submit(login, 'cancel'));
    expect([answer.searchParams.get('error'), answer.searchParams.get('iss')]).toEqual([
      'access_denied',
      tenant.issuer,
    ]);
  });

  it('S-028 V10.4.12 a mode that the client has not registered is refused, by the one it has', async () => {
    const plain = await createClient(idp, tenant, { response_modes: ['query'] });
    const answer = await answerTo(await signedIn(), { response_mode: 'form_post' }, await CodeFlow.of(tenant, plain));
    expect(answer.searchParams.get('error')).toBe('unauthorized_client');
    for (const response_mode of ['fragment', 'web_message', 'fragment.jwt', 'FORM_POST', 'jwt', 'query.jwt']) {
      const refused = await answerTo(await signedIn(), { response_mode });
      const error = /^(query\.)?jwt$/.test(response_mode) ? 'unauthorized_client' : 'invalid_request';
      expect([refused.searchParams.get('error'), refused.hash]).toEqual([error, '']);
    }
  });

  it.each(['token', 'id_token', 'id_token token', 'code token', 'code id_token', 'code id_token token', 'none'])(
    'S-029 OAuth 2.1 §10.1 response_type=%s is refused, and nothing but an error is in the answer',
    async (response_type) => {
      for (const response_mode of ['', 'fragment', 'form_post']) {
        const page = await passThrough(await signedIn(), (await flow.request({ response_type, response_mode })).url);
        const told = page.status === 303 ? callbackOf(page).href : page.body;
        expect(told).toContain(response_mode === 'fragment' ? 'invalid_request' : 'unsupported_response_type');
        expect(told).not.toMatch(/eyJ|tac_|[?&#]code=|name="code"/);
      }
    },
  );

  describe('S-030 RP-Initiated Logout §3', () => {
    const OTHERS = [
      ...['https://evil.example/', `${POST_LOGOUT_REDIRECT_URI}?x=y`, `${POST_LOGOUT_REDIRECT_URI}/`, REDIRECT_URI],
      ...['https://CLIENT.example/post_logout_redirect', 'https://other.example/left', 'javascript:alert(1)'],
    ];

    it.each(OTHERS)('S-030 %s is none of the client’s: no redirect, and the user is still signed in', async (uri) => {
      const other = {
        redirect_uris: ['https://other.example/'],
        post_logout_redirect_uris: ['https://other.example/left'],
      };
      await createClient(idp, tenant, other);
      const browser = await signedIn();
      const tokens = await flow.tokens(await flow.code(browser));
      const hints: Record<string, string>[] = [
        { id_token_hint: tokens.id_token! },
        { client_id: app.client.client_id },
      ];
      for (const hint of hints) {
        const query = new URLSearchParams({ ...hint, post_logout_redirect_uri: uri });
        const page = await browser.get(`${tenant.issuer}/logout?${query}`);
        expect([page.status, page.headers.get('location')]).toEqual([400, null]);
      }
      expect((await browser.get(`${tenant.issuer}/`)).body).toContain('signed in as');
    });

    it('S-030 the registered one works, with a hint of that client', async () => {
      const browser = await signedIn();
      const tokens = await flow.tokens(await flow.code(browser));
      const url = openid.buildEndSessionUrl(flow.config, {
        id_token_hint: tokens.id_token!,
        post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI,
        state: 'left',
      });
      const page = await browser.get(url.href);
      expect(page.headers.get('location')).toBe(`${POST_LOGOUT_REDIRECT_URI}?state=left`);
    });

    it('S-030 without a client that is named, and with a hint that is forged, nobody is sent anywhere', async () => {
      const { id_token } = await flow.tokens(await flow.code(await signedIn()));
      const forged = `${id_token!.slice(0, -8)}AAAAAAAA`;
      const cases: Record<string, string>[] = [
        {},
        { id_token_hint: forged },
        { id_token_hint: 'x' },
        { client_id: 'x' },
      ];
      for (const more of [...cases, { id_token_hint: forged, client_id: app.client.client_id }]) {
        const query = new URLSearchParams({ ...more, post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI });
        const page = await new HttpBrowser().get(`${tenant.issuer}/logout?${query}`);
        expect([page.status, page.headers.get('location')]).toEqual([200, null]);
      }
    });
  });

  it('S-031 RFC 9700 §4.17.2 no page posts messages to anybody', async () => {
    const browser = new HttpBrowser();
    const login = await passThrough(browser, (await flow.request()).url);
    const script = /<script src="([^"]+)"/.exec(login.body)![1]!;
    const source = (await browser.get(`${idp.origin}${script}`)).body;
    const posted = await passThrough(await signedIn(), (await flow.request({ response_mode: 'form_post' })).url);
    expect(posted.body).toContain('data-autosubmit');
    for (const text of [login.body, posted.body, source]) expect(text).not.toMatch(/postMessage|opener|window\.parent/);
    const metadata = flow.config.serverMetadata();
    expect(metadata.check_session_iframe).toBeUndefined();
  });

  it('S-042 OAuth 2.1 §4.1.2 challenge, verifier, nonce and scope are in no address and no page', async () => {
    const given = await flow.code(await signedIn(), { parameters: { nonce: 'planted-nonce', state: 'kept' } });
    expect([...given.callback.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
    const browser = await signedIn();
    const request = await flow.request({ nonce: 'planted-nonce', prompt: 'consent', response_mode: 'form_post' });
    const pages = [await browser.get(request.url.href)];
    pages.push(await browser.get(pages[0]!.headers.get('location')!));
    pages.push(await browser.submit(pages[1]!, 'consent', { decision: 'allow' }));
    const secrets = [
      'planted-nonce',
      request.url.searchParams.get('code_challenge')!,
      request.checks.pkceCodeVerifier!,
    ];
    for (const { headers, body } of pages) {
      for (const secret of secrets) expect(`${headers.get('location')} ${body}`).not.toContain(secret);
    }
  });

  const STATES = [
    ...['a b+c%20d', '%', '%2F%252F', '&state=2', '"\'<>`', '\u00e9\u4e2d\u{1f600}', '=', '#x', '?a=b', '\\', '~!*()'],
    ...['x'.repeat(1000), 'é'.repeat(500), ' lead and trail ', '{"a":[1,2]}', '\u202e\u200b', '+', 'null', '0'],
  ];

  it.each(STATES)('S-043 RFC 6749 §4.1.2 state %j comes back byte for byte', async (state) => {
    const browser = await signedIn();
    for (const more of [undefined, { scope: 'unknown' }]) {
      const answer = await answerTo(browser, { state, ...more });
      expect(answer.searchParams.getAll('state')).toEqual([state]);
    }
  });

  it('S-043 S-045 FAPI 2.0 SP §5.3.2.2 nonce of 64 characters and more comes back in the ID token, unchanged', async () => {
    const browser = await signedIn();
    for (const nonce of ['n'.repeat(64), 'a b+c%20"<é>\u{1f600}', 'n'.repeat(1024), '0']) {
      const tokens = await flow.tokens(await flow.code(browser, { parameters: { nonce } }));
      expect(tokens.claims()).toMatchObject({ nonce, sub: user.id });
    }
    const { id_token } = await flow.tokens(await flow.code(browser, { parameters: { nonce: '' } }));
    expect(decodeJwt(id_token!)).not.toHaveProperty('nonce');
  });

  it('S-006 no answer of the browser’s holds a token', async () => {
    await createApi(idp, tenant, [app.client]);
    const { callback } = await flow.code(await signedIn(), { parameters: { scope: 'openid profile offline_access' } });
    expect(callback.href).not.toMatch(/eyJ|trt_|tat_/);
  });
});
