import { randomBytes } from 'node:crypto';
import { SetupService } from '@tokenidp/login';
import type { Tenant } from '@tokenidp/tenancy';
import { Client } from 'pg';
import { AssertingClients } from '../support/asserting-clients';
import { CodeFlow } from '../support/code-flow';
import { API, createApi, createClient, createUser, type TestClient } from '../support/fixtures';
import { freePort } from '../support/free-port';
import { basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { Outages, untilReady } from '../support/outages';
import { PlantedSecrets } from '../support/planted-secrets';
import { Installation, rebuild, type ServerProcess } from '../support/server-process';

jest.setTimeout(180_000);

/** A server that tells all it has to tell, secrets of every kind that reach it, and what is then in its log and database. */
describe('secrets that reach the server', () => {
  const secrets = new PlantedSecrets();
  const place = new Installation();
  let outages: Outages;
  let server: ServerProcess;
  /** another instance, to make things by */
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let flow: CodeFlow;

  beforeAll(async () => {
    rebuild();
    outages = await Outages.begin();
    const port = await freePort();
    const url = new URL(outages.url);
    url.password = secrets.plant('password of the database');
    const masterKey = secrets.keep('master key', randomBytes(32).toString('base64'));
    const environment = { PUBLIC_URL: `http://localhost:${port}` };
    idp = await startIdp({ databaseUrl: url.href, masterKey, environment });
    const link = new URL((await idp.get(SetupService).createLink())!);
    secrets.keep('set-up token', link.searchParams.get('token')!);
    server = await place.start({
      ...{ ...environment, PORT: String(port), DATABASE_URL: url.href, MASTER_KEY: masterKey, LOG_LEVEL: 'trace' },
      BOOTSTRAP_ADMIN_EMAIL: 'root@example.com',
      BOOTSTRAP_ADMIN_PASSWORD: secrets.plant('password of the first administrator'),
    });
    await server.banner();
    await send(link);
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { clientAuthFailuresPerMinute: 1000 } } });
    app = await createClient(idp, tenant, { refresh: { always: true, rotate: true } });
    await createApi(idp, tenant, [app.client], { tokenFormat: 'opaque' });
    secrets.keep('client secret', app.secret);
    flow = await CodeFlow.of(tenant, app);
  });

  afterAll(async () => {
    await idp?.close();
    await place.clear();
    await outages?.end();
  });

  const at = (path: string): string => tenant.issuer + path;
  const asApp = (path: string, form: Record<string, string>) =>
    postForm(at(path), form, basic(app.client.client_id, app.secret));

  /** One sign-in from end to end; whatever is a secret in it is kept. */
  async function liveThrough(): Promise<void> {
    const { credentials } = await createUser(idp, tenant);
    secrets.keep('password', credentials.password);
    const browser = new HttpBrowser();
    const given = await flow.request({ scope: 'openid api.read', resource: API });
    const login = await browser.open(given.url.href);
    const [[, hidden]] = [...login.forms] as [[string, Record<string, string>]];
    secrets.keep('anti-forgery value', hidden.csrf!);
    const consent = await browser.open(
      (await browser.submit(login, 'login', { ...credentials })).headers.get('location')!,
    );
    for (const [name, value] of browser.jar) secrets.keep(`cookie ${name}`, value);
    const callback = new URL(
      (await browser.submit(consent, 'consent', { decision: 'allow' })).headers.get('location')!,
    );
    const code = secrets.keep('code', callback.searchParams.get('code')!);
    secrets.keep('code verifier', given.checks.pkceCodeVerifier!);
    const { json } = await flow.redeem({ ...given, callback, code });
    for (const name of ['access_token', 'refresh_token', 'id_token']) secrets.keep(name, String(json?.[name]));
    const again = await flow.refresh(String(json?.refresh_token));
    secrets.keep('second refresh token', String(again.json?.refresh_token));
    await asApp('/introspect', { token: String(json?.access_token) });
    await asApp('/revoke', { token: String(json?.access_token) });
    expect((await flow.redeem({ ...given, callback, code })).status).toBe(400);
    await browser.get(at(`/logout?id_token_hint=${String(json?.id_token)}`));
  }

  /** Assertions of clients, the first of each good. */
  async function assert(): Promise<void> {
    const clients = await AssertingClients.of(idp, tenant);
    const [signing, macing] = [await clients.signing(), await clients.macing()];
    secrets.keep('secret of a client that signs with it', macing.secret);
    const signed = await clients.sign(clients.claims(signing));
    const maced = await clients.sign(
      clients.claims(macing),
      { alg: 'HS256', kid: undefined },
      new TextEncoder().encode(macing.secret),
    );
    const late = await clients.sign(clients.claims(signing, { exp: 1 }));
    expect((await clients.present(secrets.keep('assertion, late', late))).status).toBe(401);
    for (const [name, assertion] of Object.entries({ signed, maced })) {
      secrets.keep(`assertion, ${name}`, assertion);
      expect((await clients.present(assertion)).json?.error).not.toBe('invalid_client');
      expect((await clients.present(assertion)).status).toBe(401);
    }
  }

  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  const jwt = (random: string): string => `eyJhbGciOiJFUzI1NiJ9.${Buffer.from(random).toString('base64url')}.c2ln`;
  const tagged = (tag: string) => (random: string) => `${tag}_${random}`;

  /** Secrets of nobody's at every door, most of them wrong there. */
  const DOORS: [string, (random: string) => string, (secret: string) => Promise<unknown>][] = [
    ['secret by Basic', String, (secret) => postForm(at('/token'), {}, basic(app.client.client_id, secret))],
    ['secret in the form', String, (client_secret) => postForm(at('/token'), { client_id: 'x', client_secret })],
    ['secret in the query', String, (secret) => postForm(at(`/token?client_secret=${secret}`), {})],
    ['secret as JSON', String, (secret) => send(at('/token'), { body: JSON.stringify({ client_secret: secret }) })],
    ['credentials that are not Basic', String, (secret) => postForm(at('/token'), {}, { authorization: secret })],
    ['assertion', jwt, (client_assertion) => postForm(at('/token'), { client_assertion, client_assertion_type: 'x' })],
    ['code', tagged('tac'), (code) => asApp('/token', { grant_type: 'authorization_code', code })],
    [
      'code verifier',
      String,
      (v) => asApp('/token', { grant_type: 'authorization_code', code: 'x', code_verifier: v }),
    ],
    ['refresh token', tagged('trt'), (t) => asApp('/token', { grant_type: 'refresh_token', refresh_token: t })],
    ['password', String, (password) => asApp('/token', { grant_type: 'password', username: 'ada', password })],
    ['token to introspect', tagged('tat'), (token) => asApp('/introspect', { token })],
    ['token to revoke', tagged('trt'), (token) => asApp('/revoke', { token })],
    ['bearer token', tagged('tat'), (t) => send(at('/userinfo'), { headers: { authorization: `Bearer ${t}` } })],
    ['bearer JWT', jwt, (t) => send(at('/userinfo'), { headers: { authorization: `Bearer ${t}` } })],
    ['bearer token in the query', tagged('tat'), (t) => send(at(`/userinfo?access_token=${t}`))],
    ['bearer token in the form', tagged('tat'), (access_token) => postForm(at('/userinfo'), { access_token })],
    ['ID token as a hint', jwt, (hint) => send(at(`/logout?id_token_hint=${hint}`))],
    ['request object that is pushed', jwt, (request) => asApp('/par', { request })],
    ['request_uri that is pushed', tagged('tpr'), (request_uri) => asApp('/par', { request_uri })],
    ['request object', jwt, (request) => send(at(`/authorize?client_id=${app.client.client_id}&request=${request}`))],
    [
      'cookie',
      tagged('tss'),
      (cookie) => send(at('/'), { headers: { cookie: `sid.acme=${cookie}; ix.acme=${cookie}` } }),
    ],
    ['set-up token', tagged('tsu'), (token) => send(`${server.origin}/setup?token=${token}`)],
    ['password in a path', String, (secret) => send(at(`/${secret}`))],
    ['password in a path of no tenant', String, (secret) => send(`${server.origin}/t/nobody/x?password=${secret}`)],
    ['password in a path that cannot be read', String, (secret) => send(at(`/%ff?password=${secret}`))],
    [
      'code that came back',
      tagged('tac'),
      (code) => send(at('/'), { headers: { referer: `https://a.example/?code=${code}` } }),
    ],
    ['secret in too large a form', String, (s) => send(at('/token'), { body: s.repeat(5000), headers: FORM })],
    [
      'secret given twice',
      String,
      (s) => send(at('/token'), { body: `client_secret=${s}&client_secret=${s}`, headers: FORM }),
    ],
    ['password of nobody', String, (password) => typeInto({ username: 'nobody', password })],
    ['wrong password', String, (password) => typeInto({ username: 'ada', password })],
    ['wrong anti-forgery value', String, (csrf) => typeInto({ username: 'ada', password: 'x', csrf })],
  ];

  async function typeInto(typed: Record<string, string>): Promise<unknown> {
    const browser = new HttpBrowser();
    const page = await browser.open((await flow.request()).url.href);
    if (page.forms.size === 0) return send(at('/interaction/x/login'), { body: new URLSearchParams(typed) });
    return browser.submit(page, 'login', typed);
  }

  async function knockEverywhere(when: string): Promise<void> {
    for (const [name, shape, knock] of DOORS) await knock(secrets.plant(`${name}, ${when}`, shape));
  }

  async function dump(): Promise<Map<string, string>> {
    const client = new Client({ connectionString: outages.url });
    await client.connect();
    try {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
      );
      const texts = new Map<string, string>();
      for (const { name } of tables) {
        const { rows } = await client.query<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM "${name}" t`);
        texts.set(name, rows.map(({ text }) => text).join('\n'));
      }
      return texts;
    } finally {
      await client.end();
    }
  }

  it('are sent to it, at every door, and while its database is away', async () => {
    await liveThrough();
    await assert();
    await knockEverywhere('in good times');
    await outages.away();
    await knockEverywhere('in bad times');
    await outages.back();
    await untilReady(server.origin);
    expect(secrets.size).toBeGreaterThan(60);
    // The search itself finds what it is to find.
    expect(secrets.in(basic(app.client.client_id, app.secret).authorization)).toEqual(['client secret']);
  });

  it('S-182 are in no line of a log that tells everything', () => {
    const levels = new Set(server.said.match(/"level":\d+/g));
    expect([...levels]).toEqual(expect.arrayContaining(['"level":20', '"level":40', '"level":50']));
    expect(secrets.in(server.said)).toEqual([]);
  });

  it('S-182 are in no audit record', async () => {
    const events = (await dump()).get('audit_event')!;
    const names = [...events.matchAll(/"event":"([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'sign-in.failed',
        'token.issued',
        'token.reuse-detected',
        'token.revoked',
        'user.created',
      ]),
    );
    expect(secrets.in(events)).toEqual([]);
  });

  it('S-186 cannot be read in the database, nor can a private key', async () => {
    const tables = await dump();
    for (const table of [
      'signing_key',
      'client_secret',
      'credential',
      'session',
      'refresh_token',
      'authorization_code',
      'access_token',
    ]) {
      expect([table, tables.get(table)!.length]).toEqual([table, expect.any(Number)]);
      expect(tables.get(table)).not.toBe('');
    }
    for (const [table, text] of tables) {
      expect([table, secrets.in(text)]).toEqual([table, []]);
      expect([table, /-----BEGIN|LS0tLS1CRUdJTi|"(?:d|p|q|dp|dq|qi|k)\\?"\s*:/.exec(text)]).toEqual([table, null]);
    }
  });
});
