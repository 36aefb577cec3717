import { SessionsService } from '@tokenidp/login';
import type { Tenant } from '@tokenidp/tenancy';
import { passThrough } from '../support/code-flow';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, startSibling, type TestIdp } from '../support/idp';
import { spell } from '../support/wire';

/** What a proxy would add, said by whoever likes to. */
const FORWARDED: Record<string, string> = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '8443',
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-prefix': '/t/globex',
  'x-real-ip': '203.0.113.9',
  'x-forwarded-server': 'evil.example',
  forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
  'x-client-cert': 'MIIB',
  'x-ssl-client-verify': 'SUCCESS',
};

describe('S-012 RFC 9700 §4.13 forwarded headers', () => {
  let direct: TestIdp;
  let behindProxy: TestIdp;
  let tenant: Tenant;
  let app: TestClient;

  beforeAll(async () => {
    direct = await startIdp();
    const environment = { TRUSTED_PROXIES: '127.0.0.1' };
    behindProxy = await startSibling(direct, environment);
    const settings = { limits: { clientAuthFailuresPerMinute: 3 } };
    tenant = await direct.createTenant({ slug: 'acme', settings });
    await direct.createTenant({ slug: 'globex' });
    app = await createClient(direct, tenant);
  });

  afterEach(() => direct.clock.forward(61));

  afterAll(async () => {
    await behindProxy?.close();
    await direct?.close();
  });

  const host = (): string => new URL(direct.origin).host;

  /** A token request by wrong credentials. */
  function guess(at: TestIdp, headers: Record<string, string>): Promise<Answer> {
    const form = { 'content-type': 'application/x-www-form-urlencoded', host: host() };
    const credentials = basic(app.client.client_id, 'wrong');
    const all = { ...form, ...credentials, ...headers };
    return spell(at.origin, { method: 'POST', target: '/t/acme/token', headers: all, body: 'grant_type=x' });
  }

  /** The address that the session of somebody who signs in with these headers is kept with. */
  async function addressOf(at: TestIdp, username: string, headers: Record<string, string>): Promise<string> {
    const { user, credentials } = await createUser(direct, tenant, { username });
    const { url, browser } = await loginPage(at, headers);
    const login = await browser.get(url, headers);
    await browser.submit(login, 'login', { ...credentials }, headers);
    const [session] = await direct.get(SessionsService).list(tenant.id, user.id);
    return session!.ip!;
  }

  async function loginPage(at: TestIdp, headers: Record<string, string>) {
    // The public URL is the first instance's: to get to the second one, only the connection goes elsewhere.
    const browser = new HttpBrowser((input, init) => {
      const { pathname, search } = new URL(input as string);
      return fetchFrom(at, `${pathname}${search}`, init);
    });
    const query = new URLSearchParams({
      client_id: app.client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    const started = await browser.get(`${tenant.issuer}/authorize?${query}`, headers);
    return { browser, url: started.headers.get('location')! };
  }

  async function fetchFrom(at: TestIdp, target: string, init: RequestInit = {}): Promise<Response> {
    const headers: Record<string, string> = { ...(init.headers as Record<string, string>), host: host() };
    if (init.body) headers['content-type'] = 'application/x-www-form-urlencoded';
    const body = init.body ? String(init.body as URLSearchParams) : undefined;
    const answer = await spell(at.origin, { method: init.method, target, headers, body });
    return new Response(answer.text, { status: answer.status, headers: answer.headers });
  }

  describe('of anybody count for nothing', () => {
    it.each(Object.entries(FORWARDED))('S-012 %s: issuer, addresses and pages stay', async (name, value) => {
      const headers = { [name]: value };
      const target = '/t/acme/.well-known/openid-configuration';
      const plain = await spell(direct.origin, { target });
      expect((await spell(direct.origin, { target, headers })).json).toEqual(plain.json);
      const { url } = await loginPage(direct, headers);
      expect(url).toMatch(new RegExp(`^${tenant.issuer}/interaction/`));
      const page = await spell(direct.origin, { target: '/t/acme/', headers });
      expect(page.text).not.toMatch(/evil\.example|globex|8443/);
      expect(page.headers.has('strict-transport-security')).toBe(false);
    });

    it('S-012 S-054 an attacker who names another address each time is still one', async () => {
      const statuses: number[] = [];
      for (let n = 1; n <= 5; n += 1) {
        const address = `203.0.113.${n}`;
        const claimed = { ...FORWARDED, 'x-forwarded-for': address, 'x-real-ip': address };
        statuses.push((await guess(direct, claimed)).status);
      }
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
    });

    it('S-012 a session is kept with the address of the connection', async () => {
      expect(await addressOf(direct, 'grace', FORWARDED)).toBe('127.0.0.1');
    });

    it('S-012 a certificate in a header authenticates nobody', async () => {
      const form = { 'content-type': 'application/x-www-form-urlencoded', ...FORWARDED };
      const body = `grant_type=authorization_code&code=x&client_id=${app.client.client_id}`;
      const answer = await spell(direct.origin, { method: 'POST', target: '/t/acme/token', headers: form, body });
      expect([answer.status, answer.json?.error]).toEqual([401, 'invalid_client']);
    });
  });

  describe('of a proxy that is configured', () => {
    it('S-012 say where somebody comes from', async () => {
      expect(await addressOf(behindProxy, 'joan', { 'x-forwarded-for': '203.0.113.9' })).toBe('203.0.113.9');
    });

    it('S-012 only its own word counts: what came before it in the list is hearsay', async () => {
      const said = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' };
      expect(await addressOf(behindProxy, 'ada', said)).toBe('203.0.113.9');
    });

    it('S-012 S-054 two addresses are two, each with failures of its own', async () => {
      const statuses: number[] = [];
      for (const address of ['203.0.113.1', '203.0.113.2']) {
        for (let n = 0; n < 4; n += 1) {
          statuses.push((await guess(behindProxy, { 'x-forwarded-for': address })).status);
        }
      }
      expect(statuses).toEqual([401, 401, 401, 429, 401, 401, 401, 429]);
    });

    it('S-012 do not say which tenant or host is meant', async () => {
      const target = '/t/acme/.well-known/openid-configuration';
      const headers = { host: host(), 'x-forwarded-host': 'evil.example', 'x-forwarded-prefix': '/t/globex' };
      expect((await spell(behindProxy.origin, { target, headers })).json?.issuer).toBe(tenant.issuer);
      const elsewhere = { host: 'evil.example', 'x-forwarded-host': host() };
      expect((await spell(behindProxy.origin, { target, headers: elsewhere })).status).toBe(404);
    });
  });

  it('S-012 the address in an audit record is the one that the proxy tells', async () => {
    const { browser, url } = await loginPage(behindProxy, {});
    const page = await passThrough(browser, url);
    const credentials = { username: 'mary', password: 'not the password of mary' };
    await browser.submit(page, 'login', credentials, { 'x-forwarded-for': '203.0.113.77' });
    const rows = await direct.database.dataSource.query<{ ip: string }[]>(
      `SELECT "ip" FROM "audit_event" WHERE "event" = 'sign-in.failed' AND "tenantId" = $1`,
      [tenant.id],
    );
    expect(rows).toEqual([{ ip: '203.0.113.77' }]);
  });
});
