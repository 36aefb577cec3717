import { SessionsService } from '@tokenidp/login';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import type { Credentials } from '../support/browser';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const COOKIE = 'sid.acme';

describe('sessions', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let user: User;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    const settings = { lifetimes: { sessionIdleSeconds: 600, sessionAbsoluteSeconds: 3600 } };
    tenant = await idp.createTenant({ slug: 'acme', settings });
    app = await createClient(idp, tenant);
    ({ user, credentials } = await createUser(idp, tenant));
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  function authorizeUrl(parameters: Record<string, string> = {}): string {
    const url = new URL(`${tenant.issuer}/authorize`);
    const all = {
      client_id: app.client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return url.href;
  }

  async function signIn(browser: HttpBrowser, parameters: Record<string, string> = {}): Promise<HttpPage> {
    return browser.submit(await browser.open(authorizeUrl(parameters)), 'login', { ...credentials });
  }

  /** What the front door says of who is there. */
  async function isSignedIn(browser: HttpBrowser): Promise<boolean> {
    return (await browser.get(`${tenant.issuer}/`)).body.includes('You are signed in as');
  }

  it('S-010 S-120 the sign-in gives a new reference of 256 bits, whatever the browser came with', async () => {
    const planted = `tss_${'A'.repeat(43)}AAAAAA`;
    const browser = new HttpBrowser();
    browser.jar.set(COOKIE, planted);
    const answer = await signIn(browser);
    expect(answer.status).toBe(303);
    expect(answer.cookies).toEqual([
      expect.stringMatching(/^sid\.acme=tss_[A-Za-z0-9_-]{49}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(browser.jar.get(COOKIE)).not.toBe(planted);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('S-120 a reference known before the sign-in opens nothing after it', async () => {
    const [victim, attacker] = [new HttpBrowser(), new HttpBrowser()];
    await signIn(attacker);
    victim.jar.set(COOKIE, attacker.jar.get(COOKIE)!);
    await signIn(victim, { prompt: 'login' });
    expect(victim.jar.get(COOKIE)).not.toBe(attacker.jar.get(COOKIE));
    expect(await isSignedIn(victim)).toBe(true);
    expect(await isSignedIn(attacker)).toBe(false);
  });

  it('S-120 a sign-in once more goes on with the same session under another reference', async () => {
    const browser = new HttpBrowser();
    await signIn(browser);
    const before = await idp.get(SessionsService).list(tenant.id, user.id);
    const reference = browser.jar.get(COOKIE)!;
    await signIn(browser, { prompt: 'login' });
    const after = await idp.get(SessionsService).list(tenant.id, user.id);
    expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    const stolen = new HttpBrowser();
    stolen.jar.set(COOKIE, reference);
    expect(await isSignedIn(stolen)).toBe(false);
  });

  it('S-120 signing out kills the reference, not only the cookie', async () => {
    const browser = new HttpBrowser();
    await signIn(browser);
    const reference = browser.jar.get(COOKIE)!;
    await browser.submit(await browser.open(`${tenant.issuer}/logout`), 'confirm');
    expect(browser.jar.has(COOKIE)).toBe(false);
    browser.jar.set(COOKIE, reference);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S-121 NIST SP 800-63B-4 §2.2.3 a session that is not used ends', async () => {
    const browser = new HttpBrowser();
    await signIn(browser);
    idp.clock.forward(599);
    expect(await isSignedIn(browser)).toBe(true);
    idp.clock.forward(601);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S-121 NIST SP 800-63B-4 §2.2.3 a session ends however much it is used', async () => {
    const browser = new HttpBrowser();
    await signIn(browser);
    for (let minute = 0; minute < 59; minute += 1) {
      idp.clock.forward(60);
      expect(await isSignedIn(browser)).toBe(true);
      // Last use is written behind the answer.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    idp.clock.forward(61);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S-122 a disabled user has no session from then on', async () => {
    const { user: mallory, credentials: hers } = await createUser(idp, tenant, { username: 'mallory' });
    const browser = new HttpBrowser();
    await browser.submit(await browser.open(authorizeUrl()), 'login', { ...hers });
    expect(await isSignedIn(browser)).toBe(true);
    await idp.get(UsersService).disable(tenant, mallory.id);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S-123 a user’s sessions can be listed, each with where it came from', async () => {
    const { user: carol, credentials: hers } = await createUser(idp, tenant, { username: 'carol' });
    const browser = new HttpBrowser();
    const page = await browser.open(authorizeUrl());
    await browser.submit(page, 'login', { ...hers }, { 'user-agent': 'Test/1.0' });
    expect(await idp.get(SessionsService).list(tenant.id, carol.id)).toEqual([
      expect.objectContaining({ ip: '127.0.0.1', userAgent: 'Test/1.0', amr: ['pwd'] }),
    ]);
  });

  it('S-175 a reference of one tenant opens nothing at another', async () => {
    const other = await idp.createTenant({ slug: 'other' });
    const browser = new HttpBrowser();
    await signIn(browser);
    browser.jar.set('sid.other', browser.jar.get(COOKIE)!);
    expect((await browser.get(`${other.issuer}/`)).body).not.toContain('You are signed in as');
  });
});
