import { ClientsService, type NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Credentials, launchBrowser } from '../support/browser';
import { ClientSite } from '../support/client-site';
import { createApi, createClient, createUser, type TestClient } from '../support/fixtures';
import { HttpPerson } from '../support/http-person';
import { startIdp, type TestIdp } from '../support/idp';

/** Text that would be something else where somebody forgot to escape it. */
const HOSTILE = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '"><svg onload=window.hacked=1>',
  "' autofocus onfocus='window.hacked=1",
  '</title></textarea></style><script>window.hacked=1</script>',
  '{{constructor.constructor("window.hacked=1")()}}${window.hacked=1}',
  '&lt;b&gt; &#x3c;script&#x3e; &amp;',
  'javascript:window.hacked=1',
].join(' ');
/** As much of it as a name may have. */
const SHORT = HOSTILE.slice(0, 190);

describe('S-028 S-151 hostile text is only text', () => {
  let idp: TestIdp;
  let site: ClientSite;
  let browser: Browser;
  let tenant: Tenant;
  let credentials: Credentials;
  let page: Page;
  let surprises: string[];

  beforeAll(async () => {
    [idp, site, browser] = await Promise.all([startIdp(), ClientSite.open(), launchBrowser()]);
    tenant = await idp.createTenant({ slug: 'acme', displayName: SHORT });
    ({ credentials } = await createUser(idp, tenant));
    page = await watchedPage();
  });

  beforeEach(async () => {
    await page.context().clearCookies();
    surprises = [];
  });

  afterAll(async () => {
    await browser?.close();
    site?.close();
    await idp?.close();
  });

  /** What happens on it without being wanted is a surprise. */
  async function watchedPage(): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-US' });
    const watched = await context.newPage();
    watched.on('dialog', (dialog) => {
      surprises.push(dialog.message());
      void dialog.dismiss();
    });
    watched.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (![idp.origin, site.origin].includes(origin)) surprises.push(request.url());
    });
    watched.on('pageerror', (error) => surprises.push(error.message));
    return watched;
  }

  /** Nothing ran, nothing was asked of anybody, and the page has the elements that its own template has. */
  async function expectInert(): Promise<void> {
    const found = await page.evaluate(() => ({
      hacked: 'hacked' in window,
      foreign: document.querySelectorAll('body script, body style, svg[onload], img[onerror], [onfocus]').length,
      titles: document.querySelectorAll('title').length,
      links: [...document.querySelectorAll('a')].filter((a) => !/^https?:$/.test(a.protocol)).length,
    }));
    expect(found).toEqual({ hacked: false, foreign: 0, titles: 1, links: 0 });
    expect(surprises).toEqual([]);
  }

  const newApp = (metadata: Partial<NewClient> = {}): Promise<TestClient> =>
    createClient(idp, tenant, {
      client_name: SHORT,
      redirect_uris: [`${site.origin}/callback`],
      post_logout_redirect_uris: [`${site.origin}/left`],
      ...metadata,
    });

  function authorizeUrl({ client }: TestClient, parameters: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: `${site.origin}/callback`,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    });
    return `${tenant.issuer}/authorize?${query}`;
  }

  async function signIn(): Promise<void> {
    await page.fill('[name=username]', credentials.username);
    await page.fill('[name=password]', credentials.password);
    await page.click('#login-submit');
  }

  /** Signs in where nobody looks. */
  async function admit(context: BrowserContext): Promise<void> {
    const visitor = new HttpPerson();
    await visitor.authorize(authorizeUrl(await newApp({ consent: 'implicit' })), credentials);
    await visitor.lend(context, tenant.issuer);
  }

  const shown = (): Promise<string> => page.innerText('body');

  it('S-151 on the sign-in page: the names of tenant and client, the hint, and what somebody typed', async () => {
    await page.goto(authorizeUrl(await newApp(), { login_hint: SHORT, ui_locales: HOSTILE }));
    await expectInert();
    expect(await shown()).toContain(`to continue to ${SHORT}`);
    expect(await page.title()).toBe(`Sign in · ${SHORT}`);
    expect(await page.inputValue('[name=username]')).toBe(SHORT);
    await page.fill('[name=username]', HOSTILE);
    await page.fill('[name=password]', HOSTILE);
    await page.click('#login-submit');
    await page.waitForSelector('#password-error');
    await expectInert();
    expect(await page.inputValue('[name=username]')).toBe(HOSTILE);
    expect(await page.content()).not.toContain('name="password" value');
  });

  it('S-151 V10.7.2 on the consent page: names, scopes, resources', async () => {
    const app = await newApp({ client_uri: 'https://client.example/?"><script>window.hacked=1</script>' });
    await createApi(idp, tenant, [app.client], {
      identifier: 'https://hostile.example/',
      name: SHORT,
      scopes: [
        { name: 'a<script>window.hacked=1</script>', displayName: HOSTILE, description: HOSTILE, sensitive: true },
      ],
    });
    await page.goto(authorizeUrl(app, { scope: 'openid a<script>window.hacked=1</script>' }));
    await signIn();
    await page.waitForSelector('#consent-allow');
    await expectInert();
    const text = await shown();
    expect(text).toContain(`Allow ${SHORT} to use your account?`);
    expect(text).toContain(`Added by an administrator of ${SHORT}.`);
    expect(text.split(HOSTILE).length - 1).toBe(2);
    expect(await page.getAttribute('.links a', 'href')).toContain('"><script>');
  });

  it('S-028 OAuth 2.0 Form Post Response Mode §2 on the page that posts: a state, and what comes of it', async () => {
    const app = await newApp({ response_modes: ['query', 'form_post'] });
    const state = `${HOSTILE}\u2028\u202e é 中 \u{1f600}`;
    await admit(page.context());
    await page.goto(authorizeUrl(app, { response_mode: 'form_post', state }));
    await page.click('#consent-allow');
    await page.waitForSelector('#arrived');
    expect([site.method, site.parameters.get('state')]).toEqual(['POST', state]);
    expect(surprises).toEqual([]);
  });

  it('S-028 without its script the page shows nothing of the state', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const still = await context.newPage();
    const app = await newApp({ response_modes: ['query', 'form_post'], consent: 'implicit' });
    await admit(context);
    await still.goto(authorizeUrl(app, { response_mode: 'form_post', state: HOSTILE }));
    // All of it: the names of tenant and client, which the page does show, are only its beginning.
    expect(await still.innerText('body')).not.toContain(HOSTILE);
    expect(await still.inputValue('[name=state]')).toBe(HOSTILE);
    expect(await still.locator('form').count()).toBe(1);
    await context.close();
  });

  it('S-151 on an error page: what the request asked for, and the way on for a client that nobody knows', async () => {
    const metadata = { client_name: SHORT, redirect_uris: [`${site.origin}/callback`] } as NewClient;
    const { client } = await idp.get(ClientsService).create(tenant, metadata, { origin: 'registered' });
    const scope = 'openid a<script>window.hacked=1</script>';
    await page.goto(authorizeUrl({ client, secret: '' }, { scope, state: HOSTILE }));
    await expectInert();
    expect(await shown()).toContain('the scope a<script>window.hacked=1</script> is not assigned');
    await page.click('.onward a');
    await page.waitForSelector('#arrived');
    expect([site.parameters.get('error'), site.parameters.get('state')]).toEqual(['invalid_scope', HOSTILE]);
  });

  it('S-151 on an error page: an address, a client and a redirect that are made up', async () => {
    const made = `client_id=${encodeURIComponent(HOSTILE)}&redirect_uri=${encodeURIComponent(HOSTILE)}`;
    await page.goto(`${tenant.issuer}/authorize?${made}`);
    await expectInert();
    expect(await shown()).not.toContain(HOSTILE);
    await page.goto(`${tenant.issuer}/interaction/${encodeURIComponent('<script>window.hacked=1</script>')}`);
    await expectInert();
  });

  it('S-151 on the pages of a logout: who is signed in, who asks, and where one stays', async () => {
    const app = await newApp({ client_uri: 'https://client.example/?"onclick="window.hacked=1' });
    await admit(page.context());
    const query = new URLSearchParams({ client_id: app.client.client_id, state: HOSTILE });
    await page.goto(
      `${tenant.issuer}/logout?${query}&post_logout_redirect_uri=${encodeURIComponent(`${site.origin}/left`)}`,
    );
    await expectInert();
    expect(await shown()).toContain(`${SHORT} asks to sign you out.`);
    await page.click('#logout-confirm');
    await page.waitForSelector('#arrived');
    expect(site.parameters.get('state')).toBe(HOSTILE);
  });

  it.each([
    ['a turn of the direction of text', 'Bank\u202Egro.live'],
    ['an invisible space', 'My\u200BBank'],
    ['a line break', 'My\nBank'],
    ['a separator of paragraphs', 'My\u2029Bank'],
    ['nothing that is seen', ' \u00a0 '],
    ['too much', 'x'.repeat(201)],
  ])('S-151 RFC 7591 §2.2 no client has a name with %s', async (_what, client_name) => {
    for (const origin of ['admin', 'registered'] as const) {
      const metadata = { client_name, redirect_uris: [`${site.origin}/callback`] } as NewClient;
      const creating = idp.get(ClientsService).create(tenant, metadata, { origin });
      await expect(creating).rejects.toMatchObject({ member: 'client_name' });
    }
  });
});
