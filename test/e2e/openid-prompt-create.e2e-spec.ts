import { TenantsService } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { createClient, createUser } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const REDIRECT = 'https://client.example/callback';
const PASSWORD = 'quite another long sentence';

describe('Initiating User Registration via OpenID Connect', () => {
  let idp: TestIdp;

  beforeAll(async () => {
    idp = await startIdp();
  });

  afterAll(() => idp?.close());

  async function tenantLike(slug: string, settings: object = { userRegistration: 'open' }) {
    const made = await idp.createTenant({ slug });
    const tenant = await idp.get(TenantsService).updateSettings(made.id, settings);
    const app = await createClient(idp, tenant, { redirect_uris: [REDIRECT], client_name: 'Photos' });
    const url = (parameters: Record<string, string>): string => {
      const all = {
        ...{ client_id: app.client.client_id, redirect_uri: REDIRECT, response_type: 'code', scope: 'openid' },
        ...{ state: 's', code_challenge: CHALLENGE, code_challenge_method: 'S256', ...parameters },
      };
      return `${tenant.issuer}/authorize?${new URLSearchParams(all).toString()}`;
    };
    return { tenant, url };
  }

  const typed = (changes: Record<string, string> = {}) => ({
    ...{ name: 'Ada King', username: 'ada@example.com', password: PASSWORD, passwordAgain: PASSWORD, ...changes },
  });

  const metadata = async (issuer: string): Promise<{ prompt_values_supported: string[] }> =>
    (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as never;

  /** Answers the consent page, if that is what comes, and returns what the client gets. */
  async function arrival(browser: HttpBrowser, page: HttpPage): Promise<URLSearchParams> {
    let location = page.headers.get('location')!;
    if (location.includes('/interaction/')) {
      const consent = await browser.get(new URL(location, page.url).href);
      location = (await browser.submit(consent, 'consent', { decision: 'allow' })).headers.get('location')!;
    }
    expect(location.startsWith(REDIRECT)).toBe(true);
    return new URL(location).searchParams;
  }

  it('Initiating User Registration §4.2 is off by default: not listed, and refused as invalid_request', async () => {
    const { tenant, url } = await tenantLike('closed', {});
    expect((await metadata(tenant.issuer)).prompt_values_supported).not.toContain('create');
    const page = await new HttpBrowser().get(url({ prompt: 'create' }));
    expect(new URL(page.headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
    const login = await new HttpBrowser().open(url({}));
    expect(login.body).not.toContain('login-register');
    expect((await new HttpBrowser().open(`${login.url}/register`)).body).not.toContain('register-submit');
  });

  it('Initiating User Registration §4 makes the account, signs in and goes on to the client', async () => {
    const { tenant, url } = await tenantLike('open');
    expect((await metadata(tenant.issuer)).prompt_values_supported).toContain('create');
    const browser = new HttpBrowser();
    const page = await browser.open(url({ prompt: 'create', login_hint: 'ada@example.com' }));
    expect(page.body).toContain('<h1>Create account</h1>');
    expect(page.body).toContain('value="ada@example.com"');
    const done = await browser.submit(page, 'register', typed());
    expect(done.status).toBe(303);
    expect((await arrival(browser, done)).get('code')).toMatch(/^tac_/);

    const user = await idp.get(UsersService).findByLogin(tenant.id, 'ada@example.com');
    expect(user).toMatchObject({ username: 'ada@example.com', email: 'ada@example.com', emailVerified: false });
    expect(user!.claims).toEqual({ name: 'Ada King' });
    const events = await idp.database.dataSource.query<object[]>(
      `SELECT "event", "actorType", "actorId" FROM "audit_event" WHERE "targetId" = '${user!.id}'`,
    );
    expect(events).toEqual([{ event: 'user.created', actorType: 'user', actorId: user!.id }]);
    const silent = await browser.get(url({ prompt: 'none' }));
    expect(new URL(silent.headers.get('location')!).searchParams.has('code')).toBe(true);
  });

  it('Initiating User Registration §4 shows the page to a signed-in user too, whose session ends when another begins', async () => {
    const { tenant, url } = await tenantLike('second');
    const { credentials } = await createUser(idp, tenant, { username: 'bob' });
    const browser = new HttpBrowser();
    const login = await browser.open(url({}));
    expect(login.body).toContain('id="login-register"');
    await arrival(browser, await browser.submit(login, 'login', { ...credentials }));
    const page = await browser.open(url({ prompt: 'create' }));
    expect(page.body).toContain('<h1>Create account</h1>');
    await arrival(browser, await browser.submit(page, 'register', typed({ username: 'grace' })));
    expect((await browser.get(`${tenant.issuer}/`)).body).toContain('grace');
  });

  it('Initiating User Registration §4 whoever has an account signs in instead', async () => {
    const { tenant, url } = await tenantLike('instead');
    const { credentials } = await createUser(idp, tenant, { username: 'bob' });
    const browser = new HttpBrowser();
    const page = await browser.open(url({ prompt: 'create' }));
    const signIn = /href="([^"]+\/sign-in)"/.exec(page.body)![1]!;
    const login = await browser.get(new URL(signIn, page.url).href);
    expect(login.body).toContain('<h1>Sign in</h1>');
    const wrong = await browser.submit(login, 'login', { ...credentials, password: 'something else entirely' });
    expect([wrong.status, wrong.body.includes('<h1>Sign in</h1>')]).toEqual([400, true]);
    expect((await arrival(browser, await browser.submit(wrong, 'login', { ...credentials }))).has('code')).toBe(true);
  });

  it('OIDC Core §3.1.2.1 refuses create together with none', async () => {
    const { url } = await tenantLike('mixed');
    const page = await new HttpBrowser().get(url({ prompt: 'none create' }));
    expect(new URL(page.headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
  });

  it('S-130 tells what is wrong next to the field, keeps what was typed, and writes nothing', async () => {
    const { tenant, url } = await tenantLike('wrong');
    await createUser(idp, tenant, { username: 'taken' });
    const browser = new HttpBrowser();
    const page = await browser.open(url({ prompt: 'create' }));
    const refused: [Record<string, string>, string, string][] = [
      [{ name: '' }, 'name', 'Enter your name.'],
      [{ name: 'x'.repeat(5000) }, 'name', 'This name cannot be used.'],
      [{ username: 'not a name' }, 'username', 'Enter an e-mail address, or a username'],
      [{ username: '@' }, 'username', 'Enter an e-mail address, or a username'],
      [{ username: 'TAKEN' }, 'username', 'This e-mail or username is taken.'],
      [{ password: 'short', passwordAgain: 'short' }, 'password', 'Use at least 15 characters.'],
      [{ password: 'ada king ada king', passwordAgain: 'ada king ada king' }, 'password', 'contains your name'],
      [{ passwordAgain: 'something else' }, 'passwordAgain', 'The two passwords are not the same.'],
    ];
    for (const [changes, field, words] of refused) {
      const answer = await browser.submit(page, 'register', typed(changes));
      expect([changes, answer.status]).toEqual([changes, 400]);
      expect(answer.body).toMatch(new RegExp(`id="${field}-error".*${words}`));
      expect(answer.body).not.toContain(PASSWORD);
    }
    expect(await idp.get(UsersService).findByLogin(tenant.id, 'ada@example.com')).toBeNull();
  });

  it('S-124 a form without its value, or with that of another browser, makes nobody', async () => {
    const { tenant, url } = await tenantLike('forged');
    const browser = new HttpBrowser();
    const page = await browser.open(url({ prompt: 'create' }));
    const action = `${page.url}/register`;
    const foreign = await new HttpBrowser().open(url({ prompt: 'create' }));
    const [, stolen] = [...foreign.forms].find(([each]) => each.endsWith('/register'))!;
    for (const fields of [typed(), typed({ csrf: 'x' }), typed(stolen as Record<string, string>)]) {
      expect((await browser.post(action, fields)).status).toBe(403);
    }
    expect((await new HttpBrowser().post(action, typed())).status).toBe(403);
    expect(await idp.get(UsersService).findByLogin(tenant.id, 'ada@example.com')).toBeNull();
  });

  it('S-134 asking which names are taken is limited by the address, as guessing a password is', async () => {
    const limits = { passwordPerAddressPerMinute: 3 };
    const { tenant, url } = await tenantLike('limited', { userRegistration: 'open', limits });
    const { credentials } = await createUser(idp, tenant, { username: 'taken' });
    const browser = new HttpBrowser();
    const page = await browser.open(url({ prompt: 'create' }));
    const tried = [];
    for (let at = 0; at < 4; at += 1) {
      tried.push((await browser.submit(page, 'register', typed({ username: 'taken' }))).status);
    }
    expect(tried).toEqual([400, 400, 400, 429]);
    const refused = await browser.submit(page, 'register', typed({ username: 'free' }));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await idp.get(UsersService).findByLogin(tenant.id, 'free')).toBeNull();
    const login = await browser.open(url({}));
    expect((await browser.submit(login, 'login', { ...credentials })).status).toBe(429);
  });
});
