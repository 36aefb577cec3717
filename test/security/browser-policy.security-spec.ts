import type { Tenant } from '@tokenidp/tenancy';
import type { Browser, Page } from 'playwright-core';
import { type Credentials, launchBrowser } from '../support/browser';
import { ClientSite } from '../support/client-site';
import { createClient, createUser, type TestClient } from '../support/fixtures';
import { HttpPerson } from '../support/http-person';
import { startIdp, type TestIdp } from '../support/idp';

/** What somebody might get into a page, and the directive that a browser stops it by. */
const INJECTIONS: readonly [name: string, markup: string, directive: string][] = [
  ['an inline script', '<script>window.hacked = true</script>', 'script-src-elem'],
  ['a script of another site', '<script src="https://evil.test/x.js"></script>', 'script-src-elem'],
  ['a script of our own site', '<script src="/assets/x.js"></script>', 'script-src-elem'],
  ['an event handler', '<img src="data:," onerror="window.hacked = true">', 'script-src-attr'],
  ['a javascript: link', '<a id="x" href="javascript:window.hacked=true">x</a>', 'script-src-elem'],
  ['an inline style', '<style>body { display: none }</style>', 'style-src-elem'],
  ['a style attribute', '<p style="display: none">x</p>', 'style-src-attr'],
  ['a picture of another site', '<img src="https://evil.test/x.png">', 'img-src'],
  ['a frame', '<iframe src="https://evil.test/"></iframe>', 'frame-src'],
  ['an object', '<object data="https://evil.test/x.swf"></object>', 'object-src'],
  ['a base address', '<base href="https://evil.test/">', 'base-uri'],
  ['a form to another site', '<form id="x" method="post" action="https://evil.test/"><input></form>', 'form-action'],
  ['a call to another site', '', 'connect-src'],
];

describe('what a page forbids, the browser does not do', () => {
  let idp: TestIdp;
  let site: ClientSite;
  let browser: Browser;
  let tenant: Tenant;
  let app: TestClient;
  let credentials: Credentials;
  let victim: Page | undefined;
  const asked: string[] = [];

  beforeAll(async () => {
    [idp, site, browser] = await Promise.all([startIdp(), ClientSite.open(), launchBrowser()]);
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant, {
      redirect_uris: [`${site.origin}/callback`],
      response_modes: ['query', 'form_post'],
    });
    ({ credentials } = await createUser(idp, tenant));
  });

  afterEach(async () => {
    const over = browser.contexts().filter((context) => context !== victim?.context());
    await Promise.all(over.map((context) => context.close()));
  });

  afterAll(async () => {
    await browser?.close();
    site?.close();
    await idp?.close();
  });

  function authorizeUrl(parameters: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: app.client.client_id,
      redirect_uri: `${site.origin}/callback`,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    });
    return `${tenant.issuer}/authorize?${query}`;
  }

  async function signIn(page: Page): Promise<void> {
    await page.fill('[name=username]', credentials.username);
    await page.fill('[name=password]', credentials.password);
    await page.click('#login-submit');
  }

  /** One page for all that is tried on it; each try begins with a document of its own. */
  async function newVictim(): Promise<Page> {
    const page = await browser.newPage();
    await page.route('https://evil.test/**', (route) => {
      asked.push(route.request().url());
      return route.abort();
    });
    return page;
  }

  /** Puts markup into the page as a hole in it would; returns the directives by which the browser has stopped it. */
  function inject(page: Page, markup: string, expected: string): Promise<string[]> {
    return page.evaluate(
      ([text, awaited]) =>
        new Promise<string[]>((resolve) => {
          const stopped: string[] = [];
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            stopped.push(effectiveDirective);
            if (effectiveDirective === awaited) resolve(stopped);
          });
          setTimeout(() => resolve(stopped), 5_000);
          // A fragment of a range runs its scripts, which innerHTML does not.
          document.body.append(document.createRange().createContextualFragment(text!));
          document.querySelector<HTMLAnchorElement>('a#x')?.click();
          document.querySelector<HTMLFormElement>('form#x')?.requestSubmit();
          if (text === '') void fetch('https://evil.test/').catch(() => undefined);
        }),
      [markup, expected],
    );
  }

  it.each(INJECTIONS)('S-007 OAuth 2.1 §7.11 %s in the sign-in page', async (_name, markup, directive) => {
    const page = (victim ??= await newVictim());
    await page.goto(authorizeUrl());
    const address = page.url();
    expect(await inject(page, markup, directive)).toContain(directive);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(page.url()).toBe(address);
    expect(asked).toEqual([]);
  });

  it('S-007 RFC 9700 §4.16 no other site shows a page of ours in a frame', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const visitor = new HttpPerson();
    await visitor.open(authorizeUrl());
    await visitor.signIn(credentials);
    expect(visitor.has('consent')).toBe(true);
    await visitor.lend(context, tenant.issuer);
    const ours = [`${tenant.issuer}/`, `${tenant.issuer}/logout`, `${tenant.issuer}/authorize`, visitor.page.url];
    const pages = [`${site.origin}/own`, ...ours];
    await page.goto(`${site.origin}/`);
    await page.setContent(pages.map((src) => `<iframe src="${src.replaceAll('&', '&amp;')}"></iframe>`).join(''));
    await page.frameLocator('iframe >> nth=0').locator('#arrived').waitFor();
    const [, own, ...shown] = page.frames().map((frame) => frame.url());
    expect(own).toBe(`${site.origin}/own`);
    expect(shown).toEqual(ours.map(() => 'chrome-error://chromewebdata/'));
  });

  it('S-008 a site that opens our page as a pop-up has no hold on it', async () => {
    const context = await browser.newContext();
    const opener = await context.newPage();
    await context.route('https://evil.test/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${tenant.issuer}/" target="pop" rel="opener">go</a>` }),
    );
    await opener.goto('https://evil.test/');
    const [popup] = await Promise.all([context.waitForEvent('page'), opener.click('a')]);
    await popup.waitForSelector('h1');
    expect(await popup.evaluate(() => window.opener as unknown)).toBeNull();
  });

  it('S-009 RFC 9700 §4.2.4 a whole sign-in asks nobody but us and the app, and tells the app no address of ours', async () => {
    const page = await browser.newPage();
    const requests: { origin: string; referrer: string | undefined }[] = [];
    page.on('request', (request) => {
      requests.push({ origin: new URL(request.url()).origin, referrer: request.headers().referer });
    });
    await page.goto(authorizeUrl());
    await signIn(page);
    await page.click('#consent-allow');
    await page.waitForSelector('#arrived');
    expect([...new Set(requests.map(({ origin }) => origin))].sort()).toEqual([idp.origin, site.origin].sort());
    expect(requests.filter(({ referrer }) => referrer?.startsWith(idp.origin))).toEqual([]);
  });

  it('S-007 S-028 without JavaScript one signs in, allows, arrives by form_post, and signs out', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(authorizeUrl({ response_mode: 'form_post', state: 'no-script', prompt: 'consent' }));
    await signIn(page);
    await page.click('#consent-allow');
    await page.click('button[type=submit]');
    await page.waitForSelector('#arrived');
    expect([site.method, site.parameters.get('state')]).toEqual(['POST', 'no-script']);
    expect(site.parameters.get('code')).toMatch(/^tac_/);
    await page.goto(`${tenant.issuer}/logout`);
    await page.click('#logout-confirm');
    expect(await page.innerText('h1')).toBe('You are signed out');
  });

  it('S-004 S-005 RFC 9700 §2.6 a page of another site reads no answer of ours that is not for it', async () => {
    const other = await ClientSite.open();
    const spa = await ClientSite.open();
    await createClient(idp, tenant, { type: 'spa', redirect_uris: [`${spa.origin}/`] });
    try {
      const forScripts = ['.well-known/openid-configuration', '.well-known/jwks.json', 'token', 'userinfo', 'revoke'];
      expect(await readableFrom(spa.origin)).toEqual(forScripts);
      // Another port, another name of the same place, and where a client lives that has no scripts.
      for (const origin of [other.origin, spa.origin.replace('127.0.0.1', 'localhost'), site.origin])
        expect(await readableFrom(origin)).toEqual([]);
    } finally {
      other.close();
      spa.close();
    }
  });

  /** The places whose answers a script at the origin can read. */
  async function readableFrom(origin: string): Promise<string[]> {
    const page = await browser.newPage();
    await page.goto(`${origin}/`);
    const places = ['.well-known/openid-configuration', '.well-known/jwks.json', 'token', 'userinfo', 'revoke'];
    const all = [...places, 'introspect', 'authorize', 'logout', '', 'interaction/x', 'admin/'];
    const read: string[] = [];
    for (const place of all) {
      const posts = ['token', 'revoke', 'introspect'].includes(place);
      const isRead = await page.evaluate(
        ([url, method]) => {
          const headers = { authorization: 'Basic eDp5', 'content-type': 'application/x-www-form-urlencoded' };
          const init = method === 'POST' ? { method, headers, body: 'a=b' } : { headers };
          return fetch(url!, init).then(
            ({ status }) => status > 0,
            () => false,
          );
        },
        [`${tenant.issuer}/${place}`, posts ? 'POST' : 'GET'],
      );
      if (isRead) read.push(place);
    }
    return read;
  }
});
