import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { CodeFlow, type GivenCode, passThrough } from '../support/code-flow';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { spell } from '../support/wire';

const FORM = 'application/x-www-form-urlencoded';

/** What a page of another site can send without asking first, and what else a program might. */
const OTHER_CONTENT: readonly [type: string | undefined, body: (form: URLSearchParams) => string][] = [
  ['text/plain', (form) => form.toString()],
  ['multipart/form-data; boundary=x', (form) => multipart(form)],
  ['application/json', (form) => JSON.stringify(Object.fromEntries(form))],
  ['application/x-www-form-urlencodedx', (form) => form.toString()],
  ['text/plain; application/x-www-form-urlencoded', (form) => form.toString()],
  ['application/xml', () => '<x/>'],
  [undefined, (form) => form.toString()],
];

function multipart(form: URLSearchParams): string {
  const parts = [...form].map(
    ([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--x--\r\n`;
}

describe('S-015 what changes something takes a form, by POST', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let flow: CodeFlow;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant);
    ({ credentials } = await createUser(idp, tenant));
    flow = await CodeFlow.of(tenant, app);
  });

  afterAll(() => idp?.close());

  const cookieOf = ({ jar }: HttpBrowser) => ({ cookie: [...jar].map((pair) => pair.join('=')).join('; ') });

  function post(target: string, body: string, headers: Record<string, string>): Promise<Answer> {
    return spell(idp.origin, { method: 'POST', target, body, headers });
  }

  /** Posts the form as every other content, which sends nobody anywhere. */
  async function postsOf(target: string, form: URLSearchParams, headers: Record<string, string> = {}) {
    const statuses: number[] = [];
    for (const [type, body] of OTHER_CONTENT) {
      const answer = await post(target, body(form), {
        ...headers,
        ...(type !== undefined && { 'content-type': type }),
      });
      expect([type, answer.headers.getSetCookie(), answer.headers.get('location')]).toEqual([type, [], null]);
      statuses.push(answer.status);
    }
    return statuses;
  }

  /** The form as an address. */
  const got = async (target: string, form: URLSearchParams, headers: Record<string, string> = {}): Promise<number> =>
    (await spell(idp.origin, { target: `${target}?${form}`, headers })).status;

  async function signedIn(): Promise<HttpBrowser> {
    const browser = new HttpBrowser();
    await flow.code(browser, { credentials });
    return browser;
  }

  const isSignedIn = async (browser: HttpBrowser): Promise<boolean> =>
    (await browser.get(`${tenant.issuer}/`)).body.includes('signed in as');

  const REFUSED = OTHER_CONTENT.map(() => 415);

  const exchange = ({ code, checks }: GivenCode): URLSearchParams =>
    new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: checks.pkceCodeVerifier!,
    });

  it('S-015 S-050 OAuth 2.1 §3.2 token: 405 and 415, and the code is still good', async () => {
    const given = await flow.code(await signedIn());
    const headers = basic(app.client.client_id, app.secret);
    expect(await got('/t/acme/token', exchange(given), headers)).toBe(405);
    expect(await postsOf('/t/acme/token', exchange(given), headers)).toEqual(REFUSED);
    expect((await flow.redeem(given)).status).toBe(200);
  });

  it('S-015 RFC 7009 §2.1 revocation: 405 and 415, and the token is still good', async () => {
    const { access_token } = await flow.tokens(await flow.code(await signedIn()));
    const headers = basic(app.client.client_id, app.secret);
    const form = new URLSearchParams({ token: access_token });
    expect(await got('/t/acme/revoke', form, headers)).toBe(405);
    expect(await postsOf('/t/acme/revoke', form, headers)).toEqual(REFUSED);
    expect(await flow.isActive(access_token)).toBe(true);
  });

  it('S-015 RFC 7662 §2.1 introspection: 405 and 415', async () => {
    const headers = basic(app.client.client_id, app.secret);
    const form = new URLSearchParams({ token: 'x' });
    expect(await got('/t/acme/introspect', form, headers)).toBe(405);
    expect(await postsOf('/t/acme/introspect', form, headers)).toEqual(REFUSED);
  });

  it('S-015 S-101 userinfo: a token that is not in a form or a header is none', async () => {
    const { access_token } = await flow.tokens(await flow.code(await signedIn()));
    const form = new URLSearchParams({ access_token });
    expect(await got('/t/acme/userinfo', form)).toBe(401);
    expect(await postsOf('/t/acme/userinfo', form)).toEqual(REFUSED);
  });

  function formOf(page: HttpPage, step: string): [action: string, fields: Record<string, string>] {
    return [...page.forms].find(([action]) => action.endsWith(`/${step}`))! as [string, Record<string, string>];
  }

  it('S-015 sign-in: back to the page, or 415, and nobody is signed in', async () => {
    const browser = new HttpBrowser();
    const page = await passThrough(browser, (await flow.request()).url);
    const [action, fields] = formOf(page, 'login');
    const form = new URLSearchParams({ ...fields, ...credentials });
    expect((await browser.get(`${idp.origin}${action}?${form}`)).headers.get('location')).toBe(
      new URL(page.url).pathname,
    );
    expect(await postsOf(action, form, cookieOf(browser))).toEqual(REFUSED);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await browser.submit(page, 'login', { ...credentials })).status).toBe(303);
  });

  it('S-015 consent and turning away: back to the page, or 415, and the request is still open', async () => {
    const browser = await signedIn();
    const page = await browser.open((await flow.request({ prompt: 'consent' })).url.href);
    const [action, fields] = formOf(page, 'consent');
    const form = new URLSearchParams({ ...fields, decision: 'allow' });
    for (const target of [action, action.replace('/consent', '/cancel')]) {
      const back = await browser.get(`${idp.origin}${target}?${form}`);
      expect(back.headers.get('location')).toBe(new URL(page.url).pathname);
      expect(await postsOf(target, form, cookieOf(browser))).toEqual(REFUSED);
    }
    const allowed = await browser.submit(page, 'consent', { decision: 'allow' });
    expect(allowed.headers.get('location')).toContain('code=');
  });

  it('S-015 S-127 the confirmation of a logout: 404, or 415, and the user is still signed in', async () => {
    const browser = await signedIn();
    const [action, fields] = formOf(await browser.open(`${tenant.issuer}/logout`), 'confirm');
    const { pathname } = new URL(action);
    expect(await got(pathname, new URLSearchParams(fields), cookieOf(browser))).toBe(404);
    expect(await postsOf(pathname, new URLSearchParams(fields), cookieOf(browser))).toEqual(REFUSED);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('S-015 setup: a page, or 415', async () => {
    const form = new URLSearchParams({ token: 'x' });
    expect(await got('/setup', form)).toBe(410);
    expect(await postsOf('/setup', form)).toEqual(REFUSED);
  });

  it('S-015 the authorization and end-session endpoints take a form, and no other content', async () => {
    const browser = await signedIn();
    const { url } = await flow.request();
    const authorize = await postsOf('/t/acme/authorize', url.searchParams, cookieOf(browser));
    const logout = new URLSearchParams({ client_id: app.client.client_id });
    const leave = await postsOf('/t/acme/logout', logout, cookieOf(browser));
    expect([authorize, leave]).toEqual([REFUSED, REFUSED]);
    const posted = await post('/t/acme/authorize', `${url.searchParams}`, {
      'content-type': FORM,
      ...cookieOf(browser),
    });
    expect(posted.headers.get('location')).toContain('code=');
  });
});
