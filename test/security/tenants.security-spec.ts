import type { Tenant } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import { CodeFlow, type GivenCode } from '../support/code-flow';
import { createClient, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import type { Tokens } from '../support/stock-client';

/** A tenant with an app and a user who are called the same in the other one. */
interface Twin {
  tenant: Tenant;
  app: TestClient;
  flow: CodeFlow;
  /** signed in */
  browser: HttpBrowser;
  tokens: Tokens;
}

let idp: TestIdp;
let acme: Twin;
let globex: Twin;

async function twin(slug: string): Promise<Twin> {
  const tenant = await idp.createTenant({ slug });
  const app = await createClient(idp, tenant, {
    ...{ client_id: 'twin-app', consent: 'implicit', refresh: { always: true, rotate: false } },
  });
  const { user, credentials } = await createUser(idp, tenant);
  const password = `only at ${slug}, and long enough`;
  await idp.get(UsersService).setPassword(tenant, user.id, password);
  const flow = await CodeFlow.of(tenant, app);
  const browser = new HttpBrowser();
  const given = await flow.code(browser, { credentials: { ...credentials, password } });
  return { tenant, app, flow, browser, tokens: await flow.tokens(given) };
}

beforeAll(async () => {
  idp = await startIdp();
  [acme, globex] = [await twin('acme'), await twin('globex')];
});

afterAll(() => idp?.close());

const at = (path: string): string => acme.tenant.issuer + path;
const atAcme = (path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
  postForm(at(path), form, { ...basic('twin-app', acme.app.secret), ...headers });

/** What acme's app asks a token with. */
const refresh = () => ({ grant_type: 'refresh_token', refresh_token: acme.tokens.refresh_token! });
/** Who issued the token that it gets. */
const issuerOf = ({ json }: Answer): unknown => decodeJwt(String(json?.access_token)).iss;

describe('S-175 what a request says of another tenant', () => {
  const headers: [string, () => string][] = [
    ['x-tenant', () => 'globex'],
    ['x-tenant-id', () => globex.tenant.id],
    ['x-tenant-slug', () => 'globex'],
    ['x-issuer', () => globex.tenant.issuer],
    ['x-forwarded-host', () => 'globex.localhost'],
    ['x-forwarded-prefix', () => '/t/globex'],
    ['x-forwarded-uri', () => '/t/globex/token'],
    ['x-original-url', () => '/t/globex/token'],
    ['x-rewrite-url', () => '/t/globex/token'],
    ['forwarded', () => 'host=globex.localhost;proto=https'],
    ['origin', () => new URL(globex.tenant.issuer).origin],
    ['referer', () => `${globex.tenant.issuer}/authorize`],
    ['cookie', () => `tenant=globex; ${cookies(globex)}`],
  ];

  it.each(headers)('in the header %s changes nothing', async (name, value) => {
    const header = { [name]: value() };
    expect(issuerOf(await atAcme('/token', refresh(), header))).toBe(acme.tenant.issuer);
    const metadata = await send(at('/.well-known/openid-configuration'), { headers: header });
    expect(metadata.json?.issuer).toBe(acme.tenant.issuer);
    const { url } = await acme.flow.request();
    const started = await send(url, { headers: header });
    expect(started.status).toBe(303);
    expect(started.headers.get('location')).toContain(`${acme.tenant.issuer}/interaction/`);
    expect(started.headers.getSetCookie().filter((cookie) => !/^\w+\.acme=/.test(cookie))).toEqual([]);
  });

  it.each(['tenant', 'tenantId', 'tenant_id', 'slug', 'issuer', 'iss', 'realm'])(
    'in the parameter %s changes nothing',
    async (name) => {
      for (const value of ['globex', globex.tenant.id, globex.tenant.issuer]) {
        expect(issuerOf(await atAcme('/token', { ...refresh(), [name]: value }))).toBe(acme.tenant.issuer);
        const query = new URLSearchParams({ [name]: value });
        expect(issuerOf(await atAcme(`/token?${query}`, refresh()))).toBe(acme.tenant.issuer);
        const { callback } = await acme.flow.code(acme.browser, { parameters: { [name]: value } });
        expect(callback.searchParams.get('iss')).toBe(acme.tenant.issuer);
      }
    },
  );

  it('in the host changes nothing, since path tenants have the one host', async () => {
    for (const host of ['globex.localhost', `globex.${new URL(idp.origin).host}`, '127.0.0.1']) {
      const answer = await atAcme('/token', refresh(), { host });
      expect({ host, status: answer.status, json: answer.json?.access_token }).toEqual({ host, status: 404 });
    }
  });
});

/** The session of one tenant under the names of the other. */
const cookies = ({ browser }: Twin, as?: string): string =>
  [...browser.jar].map(([name, value]) => `${as ? name.replace(/\w+$/, as) : name}=${value}`).join('; ');

describe('S-175 S-035 what another tenant has given, though app and user are called the same here', () => {
  let code: GivenCode;

  beforeEach(async () => {
    code = await globex.flow.code(globex.browser);
  });

  it('a code is none here, and is still good there', async () => {
    expect(await acme.flow.redeem(code)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect(await globex.flow.redeem(code, {}, acme.app)).toMatchObject({ status: 401 });
    expect((await globex.flow.redeem(code)).status).toBe(200);
  });

  it('a refresh token is none here', async () => {
    const token = globex.tokens.refresh_token!;
    expect(await acme.flow.refresh(token)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect((await globex.flow.refresh(token)).status).toBe(200);
  });

  it('an access token opens nothing here, is not described, and cannot be revoked', async () => {
    const token = globex.tokens.access_token;
    expect((await send(at('/userinfo'), { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect(await atAcme('/introspect', { token })).toMatchObject({ status: 200, text: '{"active":false}' });
    expect((await atAcme('/revoke', { token })).status).toBe(200);
    expect((await atAcme('/revoke', { token: globex.tokens.refresh_token! })).status).toBe(200);
    await expect(globex.flow.isActive(token)).resolves.toBe(true);
  });

  it('an ID token is no hint here, and signs nobody out', async () => {
    const hint = globex.tokens.id_token!;
    const silent = await acme.flow.request({ prompt: 'none', id_token_hint: hint });
    const answer = await acme.browser.get(silent.url.href);
    expect(new URL(answer.headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
    const logout = await acme.browser.get(at(`/logout?id_token_hint=${hint}`));
    expect(logout.headers.get('location')).toBeNull();
    await expect(acme.flow.code(acme.browser)).resolves.toHaveProperty('code');
  });

  it('a session is none here, under whatever name', async () => {
    for (const cookie of [cookies(globex), cookies(globex, 'acme')]) {
      const home = await send(at('/'), { headers: { cookie } });
      expect(home.status).toBe(200);
      expect(home.text).not.toContain('You are signed in as');
    }
    expect((await send(at('/'), { headers: { cookie: cookies(acme) } })).text).toContain('You are signed in as');
  });

  it('an interaction does not go on here', async () => {
    const { url } = await globex.flow.request({ prompt: 'login' });
    const page = await globex.browser.open(url.href);
    expect(page.forms.size).toBeGreaterThan(0);
    const elsewhere = page.url.replace('/t/globex/', '/t/acme/');
    expect((await send(elsewhere, { headers: { cookie: cookies(globex, 'acme') } })).status).toBe(410);
    const [[action, hidden]] = [...page.forms] as [[string, Record<string, string>]];
    const form = new URLSearchParams({ ...hidden, username: 'ada', password: 'only at acme, and long enough' });
    const target = new URL(action.replace('/t/globex/', '/t/acme/'), page.url);
    const sent = await send(target, { body: form, headers: { cookie: cookies(globex, 'acme') } });
    expect([sent.status, sent.headers.getSetCookie()]).toEqual([410, []]);
  });

  it('a password is none here', async () => {
    const browser = new HttpBrowser();
    const login = await browser.open((await acme.flow.request()).url.href);
    const typed = { username: 'ada', password: 'only at globex, and long enough' };
    expect((await browser.submit(login, 'login', typed)).status).toBe(400);
    expect((await browser.submit(login, 'login', { ...typed, password: 'only at acme, and long enough' })).status).toBe(
      303,
    );
  });
});

describe('S-175 where there is no such tenant', () => {
  const paths = [
    '/',
    '/token',
    '/par',
    '/authorize?client_id=twin-app',
    '/introspect',
    '/revoke',
    '/userinfo',
    '/logout',
    '/setup?token=tsu_x',
    '/interaction/01900000-0000-7000-8000-000000000000',
    '/.well-known/openid-configuration',
    '/.well-known/jwks.json',
    '/admin/',
    '/nothing',
  ];

  /** Every tenant that there is not, by every method: what the database was asked meanwhile. */
  async function statementsOf(path: string): Promise<string[]> {
    const asked: string[] = [];
    const stop = idp.database.observe((name) => asked.push(name));
    try {
      for (const tenant of ['nobody', 'acme-', 'system']) {
        for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
          const body = method === 'POST' ? { body: new URLSearchParams({ client_id: 'twin-app' }) } : {};
          const answer = await send(`${idp.origin}/t/${tenant}${path}`, { method, ...body });
          expect(`${tenant} ${method} ${answer.status}`).toBe(`${tenant} ${method} 404`);
          expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
          expect(answer.headers.getSetCookie()).toEqual([]);
        }
      }
    } finally {
      stop();
    }
    return asked.filter((name) => !/^tenancy\.|^database\.outbox\./.test(name));
  }

  it.each(paths)('%s is answered with 404 before any handler has asked the database anything', async (path) => {
    // What the server does by itself comes and goes; what a request asks for is asked each time.
    let asked = await statementsOf(path);
    for (let again = 0; again < 20 && asked.length > 0; again += 1) asked = await statementsOf(path);
    expect(asked).toEqual([]);
  });
});
