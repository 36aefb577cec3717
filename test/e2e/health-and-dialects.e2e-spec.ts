import type { LoggerService } from '@nestjs/common';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createMachine } from '../support/fixtures';
import { type Answer, basic, postForm, send, type Sent } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const LARGE = `x=${'a'.repeat(65 * 1024)}`;

/** Endpoints by the language in which they refuse, with the methods that they have. */
const OAUTH: [string, string[]][] = [
  ['/token', ['POST']],
  ['/par', ['POST']],
  ['/revoke', ['POST']],
  ['/introspect', ['POST']],
  ['/userinfo', ['GET', 'POST']],
  ['/.well-known/jwks.json', ['GET', 'HEAD']],
  ['/.well-known/openid-configuration', ['GET', 'HEAD']],
  ['/.well-known/oauth-authorization-server', ['GET', 'HEAD']],
];
const PAGES: [string, string[]][] = [
  ['/authorize', ['GET', 'POST']],
  ['/logout', ['GET', 'POST']],
];

function expectOAuth(answer: Answer, status: number): void {
  expect({ status: answer.status, error: answer.json?.error }).toEqual({ status, error: 'invalid_request' });
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
}

function expectPage(answer: Answer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html\b/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.text).toContain('id="request-id"');
}

/** RFC 9457 §3. */
function expectProblem(answer: Answer, status: number): void {
  expect({ status: answer.status, body: answer.json }).toMatchObject({
    status,
    body: { status, title: expect.any(String), type: expect.any(String) },
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
}

describe('product §4 what is refused, in the language of the place', () => {
  let idp: TestIdp;
  let tenant: Tenant;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
  });

  afterAll(() => idp?.close());

  const at = (path: string, sent?: Sent): Promise<Answer> => send(tenant.issuer + path, sent);
  const others = (methods: string[]) =>
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !methods.includes(method));

  describe('RFC 9110 §15.5.6 a method that is not there: 405, and which ones are', () => {
    it.each(OAUTH)('%s', async (path, methods) => {
      for (const method of others(methods)) {
        const answer = await at(path, { method });
        expectOAuth(answer, 405);
        expect(answer.headers.get('allow')).toBe(methods.join(', '));
      }
      const head = await at(path, { method: 'HEAD' });
      expect(head.status).toBe(methods.includes('HEAD') ? 200 : 405);
      expect(head.text).toBe('');
    });

    it.each(PAGES)('%s', async (path, methods) => {
      for (const method of others(methods)) {
        const answer = await at(path, { method });
        expectPage(answer, 405);
        expect(answer.headers.get('allow')).toBe(methods.join(', '));
      }
    });
  });

  describe('RFC 9110 §15.5.16 content that is no form: 415', () => {
    const contents: [string, Sent][] = [
      ['JSON', { body: '{"x":1}', headers: { 'content-type': 'application/json' } }],
      ['text', { body: 'x=1', headers: { 'content-type': 'text/plain' } }],
      ['multipart', { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
      ['of no type', { body: 'x=1', headers: {} }],
    ];

    it.each(OAUTH.filter(([, methods]) => methods.includes('POST')))('%s', async (path) => {
      for (const [, sent] of contents) expectOAuth(await at(path, { method: 'POST', ...sent }), 415);
    });

    it.each(PAGES)('%s', async (path) => {
      for (const [, sent] of contents.slice(0, 3)) expectPage(await at(path, { method: 'POST', ...sent }), 415);
    });

    it('a form may say its character set, in any case', async () => {
      for (const type of ['application/x-www-form-urlencoded;charset=UTF-8', 'Application/X-WWW-Form-Urlencoded']) {
        const answer = await at('/token', { body: 'grant_type=x&client_id=y', headers: { 'content-type': type } });
        expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
      }
    });
  });

  describe('RFC 9110 §15.5.14 too much content: 413', () => {
    it.each(OAUTH.filter(([, methods]) => methods.includes('POST')))('%s', async (path) =>
      expectOAuth(await at(path, { body: LARGE, headers: FORM }), 413),
    );

    it.each(PAGES)('%s', async (path) => expectPage(await at(path, { body: LARGE, headers: FORM }), 413));
  });

  describe('RFC 9110 §15.5.5 nothing there: 404', () => {
    it('RFC 9457 §3 a problem, at a tenant', async () => {
      for (const path of ['/nothing', '/token/', '/Token', '/authorize/x', '/.well-known/', '/admin/api/v1/nothing']) {
        expectProblem(await at(path), 404);
        expectProblem(await at(path, { body: 'x=1', headers: FORM }), 404);
      }
    });

    it('RFC 9457 §3 a problem, where there is no tenant, whatever is asked for', async () => {
      for (const path of ['/token', '/authorize', '/.well-known/openid-configuration', '/', '/health/live']) {
        expectProblem(await send(`${idp.origin}/t/nobody${path}`), 404);
      }
    });

    it('at a suspended tenant, until it is resumed', async () => {
      const other = await idp.createTenant({ slug: 'globex' });
      const { client, secret } = await createMachine(idp, other);
      const ask = () =>
        postForm(`${other.issuer}/token`, { grant_type: 'client_credentials' }, basic(client.client_id, secret));
      expect((await ask()).status).toBe(200);
      await idp.get(TenantsService).suspend(other.id);
      expectProblem(await ask(), 404);
      expectProblem(await send(`${other.issuer}/authorize`), 404);
      await idp.get(TenantsService).resume(other.id);
      expect((await ask()).status).toBe(200);
    });
  });

  it('OAuth 2.1 §4.1.2.1 an authorization request that names nobody is told so on a page, with 400', async () => {
    expectPage(await at('/authorize'), 400);
    expectPage(await at('/authorize?client_id=nobody&redirect_uri=https%3A%2F%2Fevil.example'), 400);
    expectPage(await postForm(`${tenant.issuer}/authorize`, {}), 400);
  });

  it.each([...[...OAUTH, ...PAGES].map(([path]) => path), '/nothing'])(
    'S-008 %s: whatever the answer is, browsers guess nothing and tell nobody',
    async (path) => {
      for (const method of ['GET', 'PUT']) {
        const { headers } = await at(path, { method });
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
      }
    },
  );
});

describe('product §4 health', () => {
  const logged: string[] = [];
  const note = (message: unknown): void => void logged.push(String(message));
  const logger: LoggerService = { log: note, error: note, warn: note };
  let database: TestDatabase;
  let idp: TestIdp;

  beforeAll(async () => {
    database = await createTestDatabase();
    idp = await startIdp({ databaseUrl: database.url, logger });
  });

  afterAll(async () => {
    await idp?.close();
    await database?.drop();
  });

  const health = (path: string, sent?: Sent) => send(`${idp.origin}/health/${path}`, sent);

  it('is of the instance, whatever name it is asked by', async () => {
    for (const path of ['live', 'ready']) {
      for (const host of [new URL(idp.origin).host, '10.1.2.3:8080', 'pod-7.internal']) {
        const answer = await health(path, { headers: { host } });
        expect(answer).toMatchObject({ status: 200, json: { status: 'ok' } });
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
    }
  });

  it('is of no tenant', async () => {
    const { issuer } = await idp.createTenant({ slug: 'acme' });
    expectProblem(await send(`${issuer}/health/live`), 404);
    expectProblem(await health('other'), 404);
  });

  it('RFC 9110 §15.6.4 without its database the instance lives and is not ready, and tells nothing of why', async () => {
    await database.drop();
    const ready = await health('ready');
    expectProblem(ready, 503);
    expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(ready.text).not.toMatch(/postgres|database|test_|socket|at .*\.ts/i);
    expect(await health('live')).toMatchObject({ status: 200, json: { status: 'ok' } });
  });
});
