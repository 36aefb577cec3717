import { sha256 } from '@tokenidp/kernel';
import { SessionExpiry } from '@tokenidp/login';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createClient, createUser } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, startSibling, type TestIdp } from '../support/idp';
import { fetchAt } from '../support/wire';

let users = 0;
const newName = (): string => `user-${(users += 1)}`;
const HOUR = 3600;
const OFFLINE = { scope: 'openid offline_access' };

/** Waits for what is written behind an answer. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 500 && !(await isSo()); look += 1) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('sessions on two instances', () => {
  let one: TestIdp;
  let two: TestIdp;
  let instances: TestIdp[];
  let tenant: Tenant;
  let flow: CodeFlow;

  beforeAll(async () => {
    one = await startIdp();
    two = await startSibling(one);
    instances = [one, two];
    tenant = await one.createTenant({ slug: 'acme' });
    flow = await CodeFlow.of(tenant, await createClient(one, tenant));
  });

  afterEach(() => one.clock.reset());

  afterAll(async () => {
    await two?.close();
    await one?.close();
  });

  /** The browser as it would be if its next request went to that instance. */
  function at(instance: TestIdp, browser: HttpBrowser): HttpBrowser {
    const same = new HttpBrowser(fetchAt(instance.origin));
    for (const [name, value] of browser.jar) same.jar.set(name, value);
    return same;
  }

  /** What a silent request gets at each instance: an error, or null where there is a code. */
  async function silently(browser: HttpBrowser): Promise<(string | null)[]> {
    const { url } = await flow.request({ prompt: 'none' });
    const pages = await Promise.all(instances.map((instance) => passThrough(at(instance, browser), url)));
    return pages.map((page) => callbackOf(page).searchParams.get('error'));
  }

  const signIn = async (credentials: Credentials): Promise<HttpBrowser> => {
    const browser = new HttpBrowser();
    await flow.code(browser, { credentials, parameters: OFFLINE });
    return browser;
  };

  const LIVE = [null, null];
  const GONE = ['login_required', 'login_required'];

  describe('S-121 NIST SP 800-63B-4 §2.2.3', () => {
    let browser: HttpBrowser;

    beforeEach(async () => {
      const { credentials } = await createUser(one, tenant, { username: newName() });
      browser = await signIn(credentials);
    });

    it('S-121 an hour without use ends a session, on whichever instance one comes back', async () => {
      one.clock.forward(HOUR - 60);
      expect(await silently(browser)).toEqual(LIVE);
      // The use at one instance counts at the other; it is written behind the answer.
      await until(async () => (await lastSeen(browser)) > one.clock.now().getTime() - 60_000);
      one.clock.forward(HOUR - 60);
      expect(await silently(browser)).toEqual(LIVE);
      one.clock.forward(HOUR + 5);
      expect(await silently(browser)).toEqual(GONE);
    });

    it('S-121 a day after the sign-in it ends however much it is used, and an older tab with it', async () => {
      for (let halfHour = 1; halfHour < 48; halfHour += 1) {
        one.clock.forward(HOUR / 2);
        expect(await silently(browser)).toEqual(LIVE);
        await until(async () => (await lastSeen(browser)) > one.clock.now().getTime() - 60_000);
      }
      one.clock.forward(HOUR / 2 + 5);
      expect(await silently(browser)).toEqual(GONE);
    });

    it('S-075 S-121 OIDC Core §11 with it ends what was granted without offline_access, and nothing else', async () => {
      const { credentials } = await createUser(one, tenant, { username: newName() });
      const jar = new HttpBrowser();
      const tokensWith = async (scope: string) => {
        const metadata = { refresh: { rotate: false, always: true }, consent: 'implicit' } as const;
        const own = await CodeFlow.of(tenant, await createClient(one, tenant, metadata));
        return { own, tokens: await own.tokens(await own.code(jar, { credentials, parameters: { scope } })) };
      };
      const [present, offline] = [await tokensWith('openid'), await tokensWith(OFFLINE.scope)];
      const isGood = async ({ own, tokens }: typeof present) =>
        (await own.refresh(tokens.refresh_token!)).status === 200;
      expect([await isGood(present), await isGood(offline)]).toEqual([true, true]);
      one.clock.forward(HOUR + 5);
      await one.get(SessionExpiry).run();
      expect([await isGood(present), await isGood(offline)]).toEqual([false, true]);
    });

    /** Of the session of the browser, in milliseconds. */
    async function lastSeen({ jar }: HttpBrowser): Promise<number> {
      const [row] = await one.database.dataSource.query<{ lastSeenAt: Date }[]>(
        `SELECT "lastSeenAt" FROM "session" WHERE "hash" = $1`,
        [sha256(jar.get('sid.acme')!)],
      );
      return row!.lastSeenAt.getTime();
    }
  });

  describe('S-122 V7.4.2 a user who is disabled', () => {
    let user: User;
    let credentials: Credentials;
    let browser: HttpBrowser;
    let access: string;
    let refresh: string;

    beforeEach(async () => {
      ({ user, credentials } = await createUser(one, tenant, { username: newName() }));
      browser = await signIn(credentials);
      const tokens = await flow.tokens(await flow.code(browser, { parameters: OFFLINE }));
      access = tokens.access_token;
      refresh = tokens.refresh_token!;
      // Both instances have seen them, and have in memory what they keep there.
      expect(await silently(browser)).toEqual(LIVE);
      expect(await userinfo()).toEqual([200, 200]);
    });

    const userinfo = async (): Promise<number[]> => {
      const headers = { authorization: `Bearer ${access}` };
      const asked = instances.map((via) => send(`${tenant.issuer}/userinfo`, { headers, via }));
      return (await Promise.all(asked)).map(({ status }) => status);
    };

    const introspected = async (token: string): Promise<unknown[]> => {
      const client = basic(flow.app.client.client_id, flow.app.secret);
      const url = `${tenant.issuer}/introspect`;
      const answers = await Promise.all(instances.map((via) => postForm(url, { token }, client, via)));
      return answers.map(({ json }) => json?.active);
    };

    const refreshed = async (): Promise<unknown[]> => {
      const answers = [];
      for (const via of instances) answers.push(await flow.refresh(refresh, {}, { via }));
      return answers.map(({ json }) => json?.error ?? 'refreshed');
    };

    const disable = (): Promise<User> => one.get(UsersService).disable(tenant, user.id);

    it('S-122 has no session, no token and no way in, at once and on both instances', async () => {
      const code = await flow.code(browser);
      await disable();
      expect(await silently(browser)).toEqual(GONE);
      expect(await userinfo()).toEqual([401, 401]);
      expect(await introspected(access)).toEqual([false, false]);
      expect(await introspected(refresh)).toEqual([false, false]);
      expect(await refreshed()).toEqual(['invalid_grant', 'invalid_grant']);
      for (const via of instances) expect((await flow.redeem(code, {}, { via })).json?.error).toBe('invalid_grant');
      for (const instance of instances) {
        const stranger = at(instance, new HttpBrowser());
        const login = await passThrough(stranger, (await flow.request()).url);
        const answer = await stranger.submit(login, 'login', { ...credentials });
        expect([answer.status, answer.cookies]).toEqual([400, []]);
      }
    });

    it('S-122 who was disabled in the middle of a sign-in does not get through it', async () => {
      const login = await browser.open((await flow.request({ prompt: 'login' })).url.href);
      const consent = await browser.open((await flow.request({ prompt: 'consent' })).url.href);
      await disable();
      const allowed = await browser.submit(consent, 'consent', { decision: 'allow' });
      expect(allowed.headers.get('location') ?? '').not.toContain('code=');
      const signedIn = await browser.submit(login, 'login', { ...credentials });
      expect([signedIn.status, signedIn.cookies]).toEqual([400, []]);
    });

    it('S-122 and is enabled again begins anew: what was ended stays ended', async () => {
      await disable();
      await one.get(UsersService).enable(tenant, user.id);
      expect(await silently(browser)).toEqual(GONE);
      expect(await userinfo()).toEqual([401, 401]);
      expect(await refreshed()).toEqual(['invalid_grant', 'invalid_grant']);
      expect(await silently(await signIn(credentials))).toEqual(LIVE);
    });

    it('S-076 is the same for one whose password somebody else has set: who came in by the old one is out', async () => {
      const password = 'another quite long sentence';
      await one.get(UsersService).setPassword(tenant, user.id, password);
      expect(await silently(browser)).toEqual(GONE);
      expect(await userinfo()).toEqual([401, 401]);
      expect(await introspected(refresh)).toEqual([false, false]);
      expect(await refreshed()).toEqual(['invalid_grant', 'invalid_grant']);
      expect(await silently(await signIn({ ...credentials, password }))).toEqual(LIVE);
    });

    it('S-122 leaves everybody else alone', async () => {
      const { credentials: others } = await createUser(one, tenant, { username: newName() });
      const other = await signIn(others);
      await disable();
      expect(await silently(other)).toEqual(LIVE);
    });
  });
});
