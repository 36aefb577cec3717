import { ClientsService } from '@tokenidp/clients';
import { Database } from '@tokenidp/database';
import { UnavailableError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { callbackOf } from '../support/code-flow';
import {
  createApi,
  createClient,
  createUser,
  POST_LOGOUT_REDIRECT_URI,
  REDIRECT_URI,
  type TestClient,
} from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { fetchAt, type Spelled, speak, spell } from '../support/wire';

const PUBLIC_URL = 'https://id.example.com';
const host = 'id.example.com';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const LEAVING = `post_logout_redirect_uri=${encodeURIComponent(POST_LOGOUT_REDIRECT_URI)}`;
const HSTS = 'max-age=63072000; includeSubDomains';

describe('a server behind https', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let spa: TestClient;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp({ environment: { PUBLIC_URL, TRUSTED_PROXIES: '127.0.0.1' } });
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant);
    spa = await createClient(idp, tenant, { type: 'spa', redirect_uris: ['https://spa.example/'] });
    await createApi(idp, tenant, [app.client]);
    ({ credentials } = await createUser(idp, tenant));
  });

  afterEach(() => jest.restoreAllMocks());
  afterAll(() => idp?.close());

  const sent = (request: Spelled): Promise<Answer> =>
    spell(idp.origin, { ...request, headers: { host, ...request.headers } });
  const get = (target: string, headers = {}): Promise<Answer> => sent({ target, headers });
  const post = (target: string, body: string, headers = {}): Promise<Answer> =>
    sent({ method: 'POST', target, headers: { ...FORM, ...headers }, body });
  const newBrowser = (): HttpBrowser => new HttpBrowser(fetchAt(idp.origin));

  function authorizeUrl(parameters: Record<string, string> = {}): string {
    const url = new URL(`${tenant.issuer}/authorize`);
    const all = {
      client_id: app.client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid profile email offline_access api.read',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return url.href;
  }

  /** Makes the look-up of clients fail for the next request. */
  function broken(error: Error): void {
    jest.spyOn(idp.get(ClientsService), 'find').mockRejectedValueOnce(error);
  }

  const responses: readonly [status: number, what: string, ask: () => Promise<Answer>][] = [
    [200, 'a page', () => get('/t/acme/')],
    [200, 'a document', () => get('/t/acme/.well-known/openid-configuration')],
    [200, 'a static file', async () => get(/[^"]+login-\w+\.css/.exec((await get('/t/acme/')).text)![0])],
    [200, 'the portal', () => get('/t/acme/admin/')],
    [200, 'health', () => get('/health/live')],
    [
      204,
      'a preflight',
      () => sent({ method: 'OPTIONS', target: '/t/acme/token', headers: { origin: 'https://spa.example' } }),
    ],
    [303, 'a redirect', () => get(authorizeUrl().slice(PUBLIC_URL.length))],
    [304, 'nothing new', async () => get('/t/acme/.well-known/jwks.json', { 'if-none-match': '*' })],
    [400, 'a page of an error', () => get('/t/acme/authorize')],
    [400, 'a token error', () => post('/t/acme/token', `client_id=${spa.client.client_id}`)],
    [400, 'an address that cannot be read', () => get('/t/acme/%zz')],
    [401, 'a client error', () => post('/t/acme/token', '')],
    [401, 'a bearer error', () => get('/t/acme/userinfo')],
    [403, 'what came in clear', () => get('/t/acme/', { 'x-forwarded-proto': 'http' })],
    [404, 'no such tenant', () => get('/t/nobody/')],
    [404, 'no such place', () => get('/t/acme/nothing')],
    [404, 'a method that is off', () => sent({ method: 'TRACE', target: '/t/acme/' })],
    [404, 'a request for the whole server', () => sent({ method: 'OPTIONS', target: '*' })],
    [405, 'another method', () => get('/t/acme/token')],
    [410, 'a page that is gone', () => get('/t/acme/interaction/none')],
    [413, 'too large a body', () => post('/t/acme/token', 'a='.padEnd(70_000, 'a'))],
    [414, 'too long an address', () => get(`/t/acme/?${'a'.repeat(9_000)}`)],
    [415, 'another content', () => post('/t/acme/token', '{}', { 'content-type': 'application/json' })],
    [431, 'too large a header', () => get('/t/acme/', { 'x-pad': 'a'.repeat(17_000) })],
    [
      500,
      'a failure of ours',
      () => (broken(new Error('x')), post('/t/acme/token', `client_id=${spa.client.client_id}`)),
    ],
    [500, 'a page of a failure', () => (broken(new Error('x')), get('/t/acme/authorize?client_id=x'))],
    [503, 'the database is away', () => (broken(new UnavailableError(5)), post('/t/acme/token', 'client_id=x'))],
    [
      503,
      'not ready',
      () => (
        jest.spyOn(idp.get(Database), 'ping').mockRejectedValueOnce(new UnavailableError(5)),
        get('/health/ready')
      ),
    ],
  ];

  it.each(responses)('S-001 S-008 RFC 6797 §7.2 %i (%s) holds the browser to https', async (status, _what, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('strict-transport-security')).toBe(HSTS);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('S-001 what is no HTTP at all is answered with the same header', async () => {
    expect(await speak(idp.origin, 'NONSENSE\r\n\r\n')).toContain(`\r\nstrict-transport-security: ${HSTS}\r\n`);
  });

  it('S-001 OAuth 2.1 §1.5 a form that reached the proxy in clear is not processed', async () => {
    const browser = newBrowser();
    const login = await browser.open(authorizeUrl());
    const inClear = { 'x-forwarded-proto': 'http' };
    const refused = await browser.submit(login, 'login', { ...credentials }, inClear);
    expect([refused.status, refused.cookies]).toEqual([403, []]);
    const token = await post('/t/acme/token', 'grant_type=client_credentials', {
      ...basic(app.client.client_id, app.secret),
      ...inClear,
    });
    expect([token.status, token.json?.error]).toEqual([403, 'invalid_request']);
    const accepted = await browser.submit(login, 'login', { ...credentials }, { 'x-forwarded-proto': 'https' });
    expect(accepted.status).toBe(303);
  });

  /** Sign-in, consent, the answer by `mode`, and the form posted when there is one. */
  async function walk(browser: HttpBrowser, parameters: Record<string, string> = {}): Promise<HttpPage[]> {
    const started = await browser.get(authorizeUrl({ prompt: 'consent', ...parameters }));
    const login = await browser.get(started.headers.get('location')!);
    const signedIn = await browser.submit(login, 'login', { ...credentials });
    const consent = await browser.get(signedIn.headers.get('location')!);
    const allowed = await browser.submit(consent, 'consent', { decision: 'allow' });
    return [started, login, signedIn, consent, allowed];
  }

  it('S-006 OAuth 2.1 §3.2.3 each answer with a token, a code, a cookie or personal data is not to be stored', async () => {
    const browser = newBrowser();
    const pages = [...(await walk(browser)), ...(await walk(newBrowser(), { response_mode: 'form_post' }))];
    const code = callbackOf(pages[4]!).searchParams.get('code')!;
    const client = basic(app.client.client_id, app.secret);
    const grant = new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: VERIFIER });
    const tokens = await post('/t/acme/token', `${grant}&redirect_uri=${encodeURIComponent(REDIRECT_URI)}`, client);
    const { access_token, refresh_token, id_token } = tokens.json as Record<string, string>;
    const answers = [
      tokens,
      await get('/t/acme/userinfo', { authorization: `Bearer ${access_token}` }),
      await post('/t/acme/userinfo', `access_token=${access_token}`),
      await post('/t/acme/introspect', `token=${access_token}`, client),
      await post('/t/acme/token', `grant_type=refresh_token&refresh_token=${refresh_token}`, client),
      await post('/t/acme/token', `${grant}`, client),
      await post('/t/acme/revoke', `token=${refresh_token}`, client),
    ];
    pages.push(await browser.get(`${tenant.issuer}/`), await browser.get(`${tenant.issuer}/logout`));
    pages.push(await browser.get(`${tenant.issuer}/logout?id_token_hint=${id_token}`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 400, 200]);
    expect(pages.map(({ status }) => status)).toEqual([
      303, 200, 303, 200, 303, 303, 200, 303, 200, 200, 200, 200, 200,
    ]);
    for (const { headers } of [...answers, ...pages]) expect(headers.get('cache-control')).toBe('no-store');
    for (const { cookies, headers } of pages) {
      if (cookies.length > 0) expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('S-010 RFC 6265bis §4.1.3 each cookie is bound to this host, to https and to HTTP, and small', async () => {
    const browser = newBrowser();
    const pages = await walk(browser);
    pages.push(await browser.submit(await browser.open(`${tenant.issuer}/logout`), 'confirm'));
    const cookies = pages.flatMap((page) => page.cookies);
    const names = cookies.map((cookie) => cookie.slice(0, cookie.indexOf('=')));
    expect(names).toEqual(['__Host-ix.acme', '__Host-sid.acme', '__Host-sid.acme']);
    for (const cookie of cookies) {
      const [, ...attributes] = cookie.split('; ');
      expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure']));
      expect(attributes.filter((each) => /^domain/i.test(each))).toEqual([]);
      expect(cookie.length).toBeLessThan(4096);
    }
  });

  it('S-011 RFC 9700 §4.12 after each form the browser goes on by GET', async () => {
    const browser = newBrowser();
    const [, , signedIn, , allowed] = await walk(browser);
    const other = newBrowser();
    const cancelled = await other.submit(await other.open(authorizeUrl()), 'cancel');
    const logout = await browser.open(`${tenant.issuer}/logout?client_id=${app.client.client_id}&${LEAVING}`);
    const left = await browser.submit(logout, 'confirm');
    for (const { status, headers } of [signedIn!, allowed!, cancelled, left]) {
      expect([status, headers.has('location')]).toEqual([303, true]);
    }
  });
});

describe('a server on the machine of a developer', () => {
  it('S-001 RFC 6797 §7.2 does not hold the browser to https', async () => {
    const idp = await startIdp();
    try {
      const answer = await spell(idp.origin, { target: '/' });
      expect([answer.status, answer.headers.has('strict-transport-security')]).toEqual([200, false]);
    } finally {
      await idp.close();
    }
  });
});
