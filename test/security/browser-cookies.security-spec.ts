import type { Tenant } from '@tokenidp/tenancy';
import type { Browser, BrowserContext, Cookie } from 'playwright-core';
import { type Credentials, launchBrowser, Person } from '../support/browser';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { HttpPerson } from '../support/http-person';
import { startIdp, type TestIdp } from '../support/idp';
import { TlsProxy } from '../support/tls-proxy';
import { fetchAt } from '../support/wire';

const HOST = 'id.example.com';
const SESSION = '__Host-sid.acme';

describe('cookies, as a browser over https decides on them', () => {
  let idp: TestIdp;
  let proxy: TlsProxy;
  let browser: Browser;
  let tenant: Tenant;
  let app: TestClient;
  let ada: Credentials;
  let mallory: Credentials;

  beforeAll(async () => {
    idp = await startIdp({ environment: { PUBLIC_URL: `https://${HOST}` } });
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant);
    ({ credentials: ada } = await createUser(idp, tenant));
    ({ credentials: mallory } = await createUser(idp, tenant, { username: 'mallory' }));
    proxy = await TlsProxy.start(idp.origin, HOST, `evil.${HOST}`);
    browser = await launchBrowser({ [HOST]: proxy.place });
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await idp?.close();
  });

  function authorizeUrl(parameters: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: app.client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    });
    return `${tenant.issuer}/authorize?${query}`;
  }

  const sessionIn = async (context: BrowserContext): Promise<Cookie | undefined> =>
    (await context.cookies(tenant.issuer)).find(({ name }) => name === SESSION);

  /** What the front door says of who is there. */
  async function userAt(person: Person): Promise<string | undefined> {
    await person.open(`${tenant.issuer}/`);
    return nameIn(await person.page.innerHTML('body'));
  }

  const nameIn = (html: string): string | undefined => /signed in as (\w+)/.exec(html.replaceAll(/<[^>]*>/g, ''))?.[1];

  /** Somebody elsewhere, whose browser is not what is tried. */
  const somebody = (): HttpPerson => new HttpPerson(new HttpBrowser(fetchAt(idp.origin)));

  /** At a browser where somebody has signed in before. */
  async function signedIn(credentials: Credentials): Promise<Person> {
    const [person, before] = [await Person.at(browser), somebody()];
    await before.authorize(authorizeUrl(), credentials);
    await before.lend(person.context, tenant.issuer);
    return person;
  }

  /** A site of somebody else's, in this browser only. */
  async function site(context: BrowserContext, origin: string, body: string): Promise<void> {
    await context.route(`${origin}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Other</title>${body}` }),
    );
  }

  it('S-010 the browser keeps them for this host alone, sends them back, and shows them to no script', async () => {
    const person = await Person.at(browser);
    const callback = await person.authorize(authorizeUrl(), ada);
    expect(callback.parameters.get('code')).toMatch(/^tac_/);
    const kept = await person.context.cookies();
    expect(kept.map(({ name }) => name).sort()).toEqual(['__Host-ix.acme', SESSION]);
    for (const cookie of kept) {
      expect(cookie).toMatchObject({ domain: HOST, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' });
    }
    expect(await userAt(person)).toBe('ada');
    expect(await person.page.evaluate(() => document.cookie)).toBe('');
  });

  it('S-010 S-120 a sub-domain cannot plant a session of the attacker’s', async () => {
    const attacker = somebody();
    await attacker.authorize(authorizeUrl(), mallory);
    const planted = attacker.browser.jar.get(SESSION)!;
    const victim = await Person.at(browser);
    await site(victim.context, `https://evil.${HOST}`, '');
    await victim.open(`https://evil.${HOST}/`);
    await victim.page.evaluate(
      ([name, value, domain]) => {
        for (const more of ['', '; SameSite=None'])
          document.cookie = `${name}=${value}; Path=/; Secure; Domain=${domain}${more}`;
        document.cookie = `${name}=${value}; Path=/; Secure`;
        document.cookie = `planted=1; Path=/; Secure; Domain=${domain}`;
      },
      [SESSION, planted, HOST] as const,
    );
    // Of a name without the prefix the browser takes it.
    const atOurs = await victim.context.cookies(tenant.issuer);
    expect(atOurs.map(({ name }) => name)).toEqual(['planted']);
    expect(await userAt(victim)).toBeUndefined();
  });

  it('S-120 who signs in on a planted session leaves it, and the attacker is not in theirs', async () => {
    const attacker = somebody();
    await attacker.authorize(authorizeUrl(), mallory);
    const planted = attacker.browser.cookiesOf(tenant.issuer).find(({ name }) => name === SESSION)!;
    const victim = await Person.at(browser);
    await victim.context.addCookies([planted]);
    expect(await userAt(victim)).toBe('mallory');
    await victim.authorize(authorizeUrl({ prompt: 'login' }), ada);
    expect(await userAt(victim)).toBe('ada');
    expect((await sessionIn(victim.context))!.value).not.toBe(planted.value);
    expect(nameIn((await attacker.open(`${tenant.issuer}/`)).body)).toBeUndefined();
  });

  it('S-120 signing out leaves no reference in the browser, and none that counts', async () => {
    const person = await signedIn(ada);
    const before = (await sessionIn(person.context))!;
    await person.open(`${tenant.issuer}/logout`);
    await person.page.click('#logout-confirm');
    expect(await sessionIn(person.context)).toBeUndefined();
    const thief = somebody();
    thief.browser.jar.set(SESSION, before.value);
    expect(nameIn((await thief.open(`${tenant.issuer}/`)).body)).toBeUndefined();
  });

  it.each(['the sign-in page', 'the consent page'])(
    'S-044 OIDC Core §16.11 %s goes on only in the browser that began it',
    async (which) => {
      const mine = await Person.at(browser);
      await mine.open(authorizeUrl({ prompt: 'consent' }));
      if (which === 'the consent page') await mine.signIn(ada);
      await mine.page.waitForSelector(which === 'the consent page' ? '#consent-allow' : '#login-submit');
      const address = mine.page.url();
      const theirs = somebody();
      expect((await theirs.open(address)).status).toBe(403);
      expect(theirs.page.body).toContain('>Continue where you started</h1>');
      // Nor does it help to be at an interaction of one's own.
      await theirs.authorize(authorizeUrl(), mallory);
      expect((await theirs.open(address)).status).toBe(403);
      expect(mine.callbackCount).toBe(0);
      expect(theirs.callbackCount).toBe(1);
    },
  );

  it('S-124 another site cannot sign the browser in to an account of its own choice', async () => {
    const attacker = somebody();
    await attacker.open(authorizeUrl());
    const [action, hidden] = [...attacker.page.forms].find(([each]) => each.endsWith('/login'))!;
    expect(hidden).toEqual({ csrf: expect.stringMatching(/./) });
    const cookies = attacker.browser.cookiesOf(tenant.issuer);
    const interaction = cookies.find(({ name }) => name.startsWith('__Host-ix'))!;
    const fields = Object.entries({ ...hidden, ...mallory }).map(
      ([name, value]) => `<input name="${name}" value="${value}">`,
    );
    const victim = await Person.at(browser);
    // The worst case: the attacker's own interaction cookie is in the victim's browser too.
    await victim.context.addCookies([interaction]);
    const form = `<form method="post" action="https://${HOST}${action}">${fields.join('')}<button>Win</button></form>`;
    await site(victim.context, 'https://evil.test', form);
    await victim.open('https://evil.test/');
    const [answer] = await Promise.all([
      victim.page.waitForResponse((response) => response.url().endsWith('/login')),
      victim.page.click('button'),
    ]);
    expect(answer.status()).toBe(403);
    expect(await userAt(victim)).toBeUndefined();
  });

  it('S-124 another site cannot sign the user out', async () => {
    const victim = await signedIn(ada);
    const forms = ['logout', 'logout/confirm'].map(
      (path) => `<form method="post" action="${tenant.issuer}/${path}"><button id="${path}">Out</button></form>`,
    );
    await site(victim.context, 'https://evil.test', forms.join(''));
    for (const path of ['logout', 'logout/confirm']) {
      await victim.open('https://evil.test/');
      await victim.page.click(`[id="${path}"]`);
      // The first goes on by GET, where the browser sends its cookie: to the question, not to the end of the session.
      await victim.page.waitForURL((url) => url.href.startsWith(`${tenant.issuer}/logout`));
    }
    expect(await userAt(victim)).toBe('ada');
  });
});
