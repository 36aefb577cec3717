import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Tenant } from '@tokenidp/tenancy';
import { SetupService } from '@tokenidp/login';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Credentials, launchBrowser } from '../support/browser';
import { createClient, createUser, type TestClient } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** An app's own site: remembers by which method it was called last, and with what. */
class ClientSite {
  private readonly server: Server;
  method = '';
  parameters = new URLSearchParams();

  constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        if (request.url === '/favicon.ico') return response.writeHead(404).end();
        this.method = request.method ?? '';
        this.parameters = body ? new URLSearchParams(body) : new URL(request.url!, this.origin).searchParams;
        response.setHeader('content-type', 'text/html').end('<p id="arrived">the app</p>');
      });
    }).listen(0, '127.0.0.1');
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }
}

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('hosted pages', () => {
  let idp: TestIdp;
  let browser: Browser;
  let site: ClientSite;
  let tenant: Tenant;
  let app: TestClient;
  let credentials: Credentials;

  beforeAll(async () => {
    site = new ClientSite();
    [idp, browser] = await Promise.all([startIdp(), launchBrowser()]);
    tenant = await idp.createTenant({ slug: 'acme', displayName: 'Acme' });
    app = await newApp('Photos');
    ({ credentials } = await createUser(idp, tenant));
  });

  afterEach(() => idp.clock.reset());

  afterAll(async () => {
    await browser?.close();
    site.close();
    await idp?.close();
  });

  function authorizeUrl(parameters: Record<string, string> = {}, client = app): string {
    const url = new URL(`${tenant.issuer}/authorize`);
    const all = {
      client_id: client.client.client_id,
      redirect_uri: `${site.origin}/callback`,
      response_type: 'code',
      scope: 'openid profile email',
      state: 'state-1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return url.href;
  }

  const heading = (page: Page): Promise<string> => page.innerText('h1');
  const newApp = (name: string): Promise<TestClient> =>
    createClient(idp, tenant, {
      client_name: name,
      client_uri: 'https://client.example/',
      redirect_uris: [`${site.origin}/callback`],
      post_logout_redirect_uris: [`${site.origin}/left`],
    });

  /** Waits until the browser is at the app, and returns what it brought along. */
  async function arrival(page: Page): Promise<URLSearchParams> {
    await page.waitForSelector('#arrived');
    return site.parameters;
  }

  /** In a context of its own, so that cookies and settings are too. */
  async function inBrowser<T>(
    options: Parameters<Browser['newContext']>[0],
    work: (page: Page, context: BrowserContext) => Promise<T>,
  ): Promise<T> {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    try {
      return await work(await context.newPage(), context);
    } finally {
      await context.close();
    }
  }

  async function signIn(page: Page, { username, password } = credentials): Promise<void> {
    await page.fill('[name=username]', username);
    await page.fill('[name=password]', password);
    await page.click('#login-submit');
  }

  /** Signs in at an app and allows what it asks for. */
  async function enter(page: Page, client: TestClient): Promise<void> {
    await page.goto(authorizeUrl({}, client));
    await signIn(page);
    await page.click('#consent-allow');
    await arrival(page);
  }

  it('a wrong password is told next to its field, the name is kept, and the right one goes on to consent and the app', async () => {
    await inBrowser({}, async (page) => {
      await page.goto(authorizeUrl());
      expect(await page.evaluate('document.activeElement.name')).toBe('username');
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await signIn(page, { ...credentials, password: 'wrong but long enough' });
      expect((await answered).status()).toBe(400);
      expect(await page.inputValue('[name=username]')).toBe(credentials.username);
      expect(await page.inputValue('[name=password]')).toBe('');
      expect(await page.getAttribute('[name=password]', 'aria-invalid')).toBe('true');
      expect(await page.innerText('#password-error')).toContain('is not right');
      await signIn(page);
      expect(await heading(page)).toBe('Allow Photos to use your account?');
      await page.click('#consent-allow');
      const parameters = await arrival(page);
      expect(parameters.get('code')).toMatch(/^tac_/);
      expect(parameters.get('state')).toBe('state-1');
    });
  });

  it.each(['query', 'form_post'])('the whole way works without JavaScript (%s)', async (response_mode) => {
    const other = await newApp(`No script ${response_mode}`);
    await inBrowser({ javaScriptEnabled: false }, async (page) => {
      await page.goto(authorizeUrl({ response_mode }, other));
      expect(await page.locator('.toggle').isVisible()).toBe(false);
      await signIn(page);
      await page.click('#consent-allow');
      if (response_mode === 'form_post') await page.click('button[type=submit]');
      expect((await arrival(page)).has('code')).toBe(true);
      expect(site.method).toBe(response_mode === 'form_post' ? 'POST' : 'GET');
    });
  });

  it('with JavaScript form_post sends itself, and the password can be shown', async () => {
    const other = await newApp('Script');
    await inBrowser({}, async (page) => {
      await page.goto(authorizeUrl({ response_mode: 'form_post' }, other));
      await page.fill('[name=password]', 'visible');
      await page.click('.toggle');
      expect(await page.getAttribute('[name=password]', 'type')).toBe('text');
      expect(await page.getAttribute('.toggle', 'aria-label')).toBe('Hide password');
      await page.click('.toggle');
      expect(await page.getAttribute('[name=password]', 'type')).toBe('password');
      await signIn(page);
      await page.click('#consent-allow');
      expect((await arrival(page)).has('code')).toBe(true);
      expect(site.method).toBe('POST');
    });
  });

  it('a second tab goes on to its own app, whether it is reloaded or its form is sent', async () => {
    await inBrowser({}, async (first, context) => {
      const [second, third] = [await context.newPage(), await context.newPage()];
      const [one, two, three] = await Promise.all([newApp('One'), newApp('Two'), newApp('Three')]);
      await first.goto(authorizeUrl({ state: 'one' }, one));
      await second.goto(authorizeUrl({ state: 'two' }, two));
      await third.goto(authorizeUrl({ state: 'three' }, three));
      await signIn(first);
      await second.reload();
      expect(await heading(second)).toBe('Allow Two to use your account?');
      await signIn(third);
      expect(await heading(third)).toBe('Allow Three to use your account?');
      for (const [page, state] of [
        [first, 'one'],
        [second, 'two'],
        [third, 'three'],
      ] as const) {
        await page.click('#consent-allow');
        expect((await arrival(page)).get('state')).toBe(state);
      }
    });
  });

  it('the back button leads to a page that knows the user and the way back to the app', async () => {
    const other = await newApp('Back');
    await inBrowser({}, async (page) => {
      await enter(page, other);
      await page.goBack();
      expect(await heading(page)).toBe('You are already signed in');
      expect(await page.innerText('.lead')).toContain('ada');
      expect(await page.getAttribute('a.button', 'href')).toBe('https://client.example/');
    });
  });

  it('an expired link, another browser and made-up links each have a way on', async () => {
    await inBrowser({}, async (page) => {
      await page.goto(authorizeUrl());
      const interaction = page.url();
      await inBrowser({}, async (other) => {
        expect((await other.goto(interaction))?.status()).toBe(403);
        expect(await heading(other)).toBe('Continue where you started');
        await other.click('a.button');
        expect(await heading(other)).toBe('Welcome to Acme');
      });
      idp.clock.forward(1801);
      expect((await page.goto(interaction))?.status()).toBe(410);
      expect(await heading(page)).toBe('This sign-in page has expired');
      expect(await page.getAttribute('a.button', 'href')).toBe('https://client.example/');
      for (const path of ['nonsense', '0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071', '%00']) {
        expect((await page.goto(`${tenant.issuer}/interaction/${path}`))?.status()).toBe(410);
        expect(await page.getAttribute('a.button', 'href')).toBe('/t/acme/');
      }
    });
  });

  it('a form that waited too long is answered with the page of what is left', async () => {
    await inBrowser({}, async (page) => {
      await page.goto(authorizeUrl());
      idp.clock.forward(1801);
      await signIn(page);
      expect(await heading(page)).toBe('This sign-in page has expired');
    });
  });

  it('bookmarks of pages and of form addresses lead somewhere useful', async () => {
    await inBrowser({}, async (page) => {
      for (const path of ['login', 'consent', 'interaction']) {
        await page.goto(`${tenant.issuer}/${path}`);
        expect(page.url()).toBe(`${tenant.issuer}/`);
        expect(await heading(page)).toBe('Welcome to Acme');
      }
      await page.goto(authorizeUrl());
      const interaction = page.url();
      await page.goto(`${interaction}/login`);
      expect(page.url()).toBe(interaction);
      expect(await heading(page)).toBe('Sign in');
    });
  });

  it('whoever turns away goes back to the app with access_denied', async () => {
    const other = await newApp('Unwanted');
    await inBrowser({}, async (page) => {
      await page.goto(authorizeUrl({}, other));
      await page.click('#login-cancel');
      expect((await arrival(page)).get('error')).toBe('access_denied');
      await page.goto(authorizeUrl({}, other));
      await signIn(page);
      await page.click('#consent-deny');
      expect((await arrival(page)).get('error')).toBe('access_denied');
    });
  });

  it('a user who is asked again signs in again, and may be somebody else', async () => {
    const other = await newApp('Again');
    const { credentials: bob } = await createUser(idp, tenant, { username: 'bob' });
    await inBrowser({}, async (page) => {
      await enter(page, other);
      await page.goto(authorizeUrl({ prompt: 'login' }, other));
      expect(await page.innerText('.lead')).toBe('Again asks you to sign in again.');
      expect(await page.inputValue('[name=username]')).toBe(credentials.username);
      await signIn(page, bob);
      await page.click('#consent-allow');
      await arrival(page);
      await page.goto(`${tenant.issuer}/`);
      expect(await page.innerText('.lead')).toBe('You are signed in as bob.');
    });
  });

  it('signing out asks, says what is done, and is done', async () => {
    const other = await newApp('Leaving');
    await inBrowser({}, async (page) => {
      await enter(page, other);
      const back = encodeURIComponent(`${site.origin}/left`);
      await page.goto(`${tenant.issuer}/logout?client_id=${other.client.client_id}&post_logout_redirect_uri=${back}`);
      expect(await page.innerText('.lead')).toBe('Leaving asks to sign you out. You are signed in as ada.');
      await page.click('#logout-confirm');
      await arrival(page);
      await page.goto(`${tenant.issuer}/logout`);
      expect(await heading(page)).toBe('You are signed out');
      await page.goto(authorizeUrl({}, other));
      expect(await heading(page)).toBe('Sign in');
    });
  });

  it.each([
    ['de', { locale: 'en-US' }, { ui_locales: 'xx de' }, 'Anmelden'],
    ['de', { locale: 'de-AT' }, {}, 'Anmelden'],
    ['en', { locale: 'fr-FR' }, {}, 'Sign in'],
  ])('speaks %s to %j with %j', async (lang, options, parameters, expected) => {
    await inBrowser(options, async (page) => {
      await page.goto(authorizeUrl(parameters as Record<string, string>));
      expect(await page.getAttribute('html', 'lang')).toBe(lang);
      expect(await heading(page)).toBe(expected);
    });
  });

  it('the set-up link makes the first administrator, who is signed in, and works once', async () => {
    const link = (await idp.get(SetupService).createLink())!;
    await inBrowser({}, async (page) => {
      await page.goto(link);
      const fill = async (password: string, again: string): Promise<void> => {
        await page.fill('[name=email]', 'root@example.com');
        await page.fill('[name=username]', 'root');
        await page.fill('[name=password]', password);
        await page.fill('[name=passwordAgain]', again);
        await page.click('#setup-submit');
      };
      await fill('too short', 'too short');
      expect(await page.innerText('#password-error')).toBe('Use at least 15 characters.');
      await fill('an entirely unrelated sentence', 'another one');
      expect(await page.innerText('#passwordAgain-error')).toBe('The two passwords are not the same.');
      expect(await page.inputValue('[name=email]')).toBe('root@example.com');
      await fill('an entirely unrelated sentence', 'an entirely unrelated sentence');
      expect(await page.innerText('.lead')).toBe('You are signed in as root.');
      expect((await page.goto(link))?.status()).toBe(410);
    });
    expect(await idp.get(SetupService).createLink()).toBeNull();
  });

  it.each(['light', 'dark'] as const)(
    'every page passes axe, keeps its policy and fits a phone (%s)',
    async (colorScheme) => {
      const other = await newApp(`Accessible ${colorScheme}`);
      const viewport = { width: 390, height: 844 };
      await inBrowser({ colorScheme, viewport, bypassCSP: false }, async (page) => {
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (/content security policy|refused/i.test(message.text())) complaints.push(message.text());
        });
        const check = async (name: string): Promise<void> => {
          await page.evaluate(AXE);
          const found = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
          const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
          complaints.push(
            ...found.violations.map(({ id }) => `${name}: ${id}`),
            ...(wide ? [`${name}: too wide`] : []),
          );
        };
        await page.goto(authorizeUrl({}, other));
        await check('sign-in');
        await page.click('#login-submit');
        await check('sign-in with errors');
        await signIn(page);
        await check('consent');
        await page.click('#consent-allow');
        await page.waitForSelector('#arrived');
        await page.goto(`${tenant.issuer}/`);
        await check('home');
        await page.goto(`${tenant.issuer}/interaction/none`);
        await check('gone');
        await page.goto(`${tenant.issuer}/authorize?client_id=none`);
        await check('error');
        await page.goto(`${tenant.issuer}/logout`);
        await check('logout');
        await page.click('#logout-confirm');
        await check('signed out');
        await page.goto(`${idp.origin}/setup?token=none`);
        await check('set-up link that is gone');
        expect(complaints).toEqual([]);
      });
    },
  );
});
