import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Tenant } from '@tokenidp/tenancy';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { type Spelled, speak, spell } from '../support/wire';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What only somebody inside knows: code, statements, versions, places. */
const INSIDE: readonly RegExp[] = [
  /\.(ts|tsx|js|mjs|cjs):\d+/,
  /\bat (async )?[\w.<>]+ \(/,
  /node_modules|\/src\/|\/dist\/|\/work\/|\/home\/|\/tmp\//,
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|RETURNING)\b/,
  /\b(relation|constraint|column|syntax error|duplicate key|pg_|postgres|typeorm|QueryFailed)\b/i,
  /\b(fastify|nestjs|node\.js|undici|FST_ERR\w*|ERR_\w+|E[A-Z]{4,}:)/i,
  /\b(TypeError|ReferenceError|SyntaxError|RangeError|Cannot read|is not a function|undefined)\b/,
];

describe('S-013 errors tell nothing from inside', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let machine: TestClient;
  let flow: CodeFlow;
  let signedIn: HttpBrowser;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant);
    machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [machine.client]);
    const { credentials } = await createUser(idp, tenant);
    flow = await CodeFlow.of(tenant, app);
    signedIn = new HttpBrowser();
    await flow.code(signedIn, { credentials });
  });

  afterAll(() => idp?.close());

  const sent = (request: Spelled): Promise<Answer> =>
    spell(idp.origin, { ...request, target: `/t/acme/${request.target}` });
  const get = (target: string, headers: Record<string, string> = {}) => sent({ target, headers });
  const post = (target: string, body: string, headers: Record<string, string> = {}) =>
    sent({ method: 'POST', target, body, headers: { ...FORM, ...headers } });
  const asApp = (): Record<string, string> => basic(app.client.client_id, app.secret);

  const errors: readonly [what: string, status: number, provoke: () => Promise<Answer>][] = [
    ['no such place', 404, () => get('nothing/here')],
    ['an address that cannot be decoded', 400, () => get('%E0%A4%A')],
    ['an address that is too long', 414, () => get('x'.repeat(9000))],
    ['a part of an address that is too long', 414, () => get(`assets/${'x'.repeat(500)}`)],
    ['a method that is off: TRACE', 404, () => sent({ method: 'TRACE', target: '' })],
    ['TRACE of an endpoint', 404, () => sent({ method: 'TRACE', target: 'token', headers: { cookie: 'a=secret' } })],
    ['a method that nobody has', 404, () => sent({ method: 'PROPFIND', target: 'userinfo' })],
    ['another method', 405, () => sent({ method: 'DELETE', target: 'token' })],
    ['another content', 415, () => post('token', '{"a":', { 'content-type': 'application/json' })],
    ['JSON that is broken', 400, () => post('nothing', '{"__proto__":', { 'content-type': 'application/json' })],
    ['a content type that is none', 415, () => post('logout/confirm', 'x', { 'content-type': ';;;' })],
    ['a body that is too large', 413, () => post('token', 'x'.repeat(70_000))],
    ['a form that cannot be decoded', 400, () => post('token', 'grant_type=%E0%A4%A', asApp())],
    ['a NUL', 400, () => post('token', 'grant_type=%00', asApp())],
    ['no credentials', 401, () => post('token', 'grant_type=client_credentials')],
    ['broken credentials', 401, () => post('token', '', { authorization: 'Basic %%%' })],
    ['a grant that there is not', 400, () => post('token', 'grant_type=password', asApp())],
    ['a code that is none', 400, () => post('token', "grant_type=authorization_code&code=' OR 1=1 --", asApp())],
    ['a refresh token that is none', 400, () => post('token', 'grant_type=refresh_token&refresh_token=x', asApp())],
    ['an assertion that is none', 401, () => post('token', 'client_assertion=a.b.c&client_assertion_type=x')],
    ['a scope that is none', 400, () => post('token', 'grant_type=client_credentials&scope=%22', basicOf(machine))],
    ['a token that is none', 401, () => get('userinfo', { authorization: 'Bearer a.b.c' })],
    ['a header that is none', 401, () => get('userinfo', { authorization: 'Bearer é' })],
    ['two tokens', 400, () => post('userinfo', 'access_token=x', { authorization: 'Bearer y' })],
    ['nobody who introspects', 401, () => post('introspect', 'token=x')],
    ['nothing to revoke', 400, () => post('revoke', '', asApp())],
    ['a client that is none', 400, () => get("authorize?client_id=' OR 1=1 --".replaceAll(' ', '+'))],
    ['a redirect that is not registered', 400, () => get(`authorize?client_id=${app.client.client_id}&redirect_uri=x`)],
    ['a hint that is none', 200, () => get('logout?id_token_hint=a.b.c')],
    ['a page that is gone', 410, () => get(`interaction/${randomUUID()}`)],
    ['a page that never was', 410, () => get("interaction/'%20OR%201=1")],
    ['a form of a page that is gone', 410, () => post(`interaction/${randomUUID()}/login`, 'username=x&password=y')],
    ['a confirmation that is made up', 400, () => post('logout/confirm', 'confirmation=e30.AAAA')],
    ['a file that there is not', 404, () => get('assets/login.css')],
    ['a tenant that there is not', 404, () => spell(idp.origin, { target: '/t/nobody/token' })],
    ['a host that nobody has', 404, () => spell(idp.origin, { target: '/', headers: { host: 'internal.example' } })],
  ];

  function basicOf({ client, secret }: TestClient): Record<string, string> {
    return basic(client.client_id, secret);
  }

  function expectNothingFromInside({ text, headers }: Answer): void {
    const said = `${text.replace(/<svg.*?<\/svg>/gs, '')}\n${[...headers].map((each) => each.join(': ')).join('\n')}`;
    expect(INSIDE.filter((pattern) => pattern.test(said)).map((pattern) => pattern.exec(said)![0])).toEqual([]);
    expect(said.split(/[^\w.+/-]+/)).not.toContain(hostname());
    expect([headers.get('server'), headers.get('x-powered-by'), headers.get('via')]).toEqual([null, null, null]);
  }

  it('there are thirty and more of them', () => {
    expect(errors.length).toBeGreaterThanOrEqual(30);
  });

  it.each(errors)('S-013 %s: %i', async (_what, status, provoke) => {
    const answer = await provoke();
    expect(answer.status).toBe(status);
    expectNothingFromInside(answer);
  });

  it('S-013 TRACE does not send back what was sent', async () => {
    const said = 'TRACE /t/acme/ HTTP/1.1\r\nHost: localhost\r\nCookie: a=planted-secret\r\nConnection: close\r\n\r\n';
    const heard = await speak(idp.origin, said.replace('localhost', new URL(idp.origin).host));
    expect(heard).toMatch(/^HTTP\/1\.1 404 /);
    expect(heard).not.toContain('planted-secret');
  });

  it('S-013 an error page names the request, so that the log can tell the rest', async () => {
    const { text } = await get('authorize');
    expect(text).toMatch(/<code id="request-id">[0-9a-f-]{36}<\/code>/);
  });

  describe('when the database itself fails', () => {
    const rename = (from: string, to: string): Promise<unknown> =>
      idp.database.dataSource.query(`ALTER TABLE "${from}" RENAME TO "${to}"`);

    /** A statement that cannot work, as after a migration that went wrong. */
    async function without<T>(table: string, work: () => Promise<T>): Promise<T> {
      await rename(table, `${table}_gone`);
      try {
        return await work();
      } finally {
        await rename(`${table}_gone`, table);
      }
    }

    it('S-013 the authorization endpoint answers 500 with a page', async () => {
      const { url } = await flow.request();
      const page = await without('interaction', () => passThrough(new HttpBrowser(), url));
      expect([page.status, page.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
      expectNothingFromInside({ ...page, text: page.body, json: undefined });
    });

    it('S-013 the token endpoint answers 500 with server_error, and the code is still good', async () => {
      const given = await flow.code(signedIn);
      const refused = await without('refresh_token', () => flow.redeem(given));
      expect([refused.status, refused.json?.error]).toEqual([500, 'server_error']);
      expectNothingFromInside(refused);
      expect((await flow.redeem(given)).status).toBe(200);
    });

    it('S-013 the pages answer 500 with a page', async () => {
      const browser = new HttpBrowser();
      const { url } = await flow.request();
      const login = await passThrough(browser, url);
      const page = await without('credential', () =>
        browser.submit(login, 'login', { username: 'ada', password: 'x' }),
      );
      expect([page.status, page.cookies]).toEqual([500, []]);
      expectNothingFromInside({ ...page, text: page.body, json: undefined });
      await without('session', async () => {
        const home = await signedIn.get(`${tenant.issuer}/`);
        expect(home.status).toBe(500);
        expectNothingFromInside({ ...home, text: home.body, json: undefined });
      });
      expect(callbackOf(await passThrough(signedIn, (await flow.request()).url)).searchParams.has('code')).toBe(true);
    });
  });
});
