import type { Server } from 'node:http';
import type { Tenant } from '@tokenidp/tenancy';
import { createApi, createMachine, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { type Spelled, speak, spell } from '../support/wire';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const KILOBYTE = 1024;

describe('what a request may hold', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let machine: TestClient;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [machine.client]);
  });

  afterAll(() => idp?.close());

  const sent = (request: Spelled): Promise<Answer> => spell(idp.origin, request);

  /** A token request that would succeed, with something added. */
  function tokenRequest(added: string, headers: Record<string, string> = {}): Promise<Answer> {
    return sent({
      method: 'POST',
      target: '/t/acme/token',
      headers: { ...FORM, ...basic(machine.client.client_id, machine.secret), ...headers },
      body: `grant_type=client_credentials&scope=api.read${added}`,
    });
  }

  /** Padded to a length, so that one byte makes the difference. */
  const padding = (bytes: number, before: number): string => `&pad=${'x'.repeat(bytes - before - '&pad='.length)}`;

  it('S-183 a body of 64 kB is read, one byte more is not', async () => {
    const before = 'grant_type=client_credentials&scope=api.read'.length;
    expect((await tokenRequest(padding(64 * KILOBYTE, before))).status).toBe(200);
    const refused = await tokenRequest(padding(64 * KILOBYTE + 1, before));
    expect([refused.status, refused.json?.error]).toEqual([413, 'invalid_request']);
  });

  it.each([
    'authorize',
    'logout',
    'logout/confirm',
    'userinfo',
    'revoke',
    'introspect',
    'interaction/x/login',
    'setup',
  ])('S-183 a body beyond 64 kB is refused at %s', async (path) => {
    const body = `a=${'b'.repeat(64 * KILOBYTE)}`;
    expect((await sent({ method: 'POST', target: `/t/acme/${path}`, headers: FORM, body })).status).toBe(413);
  });

  it('S-183 a body that says nothing of its length is cut at 64 kB all the same', async () => {
    const chunk = `${(16 * KILOBYTE).toString(16)}\r\n${'a'.repeat(16 * KILOBYTE)}\r\n`;
    const heard = await speak(
      idp.origin,
      'POST /t/acme/token HTTP/1.1\r\nHost: ' +
        `${new URL(idp.origin).host}\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
        `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk.repeat(5)}0\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('S-183 a hundred parameters are read, one more is not', async () => {
    const more = (count: number): string => Array.from({ length: count - 2 }, (_, n) => `&p${n}=x`).join('');
    expect((await tokenRequest(more(100))).status).toBe(200);
    const refused = await tokenRequest(more(101));
    expect(refused.json).toEqual({ error: 'invalid_request', error_description: 'Too many parameters' });
    const query = Array.from({ length: 101 }, (_, n) => `p${n}=x`).join('&');
    expect((await sent({ target: `/t/acme/authorize?${query}` })).status).toBe(400);
    expect((await sent({ target: `/t/acme/logout?${query}` })).status).toBe(400);
  });

  it.each(['authorize', 'logout', 'interaction/x', '.well-known/jwks.json', '.well-known/openid-configuration', ''])(
    'S-183 RFC 9110 §15.5.15 an address of 8 kB is read at /%s, one byte more is 414',
    async (path) => {
      const start = `/t/acme/${path}?pad=`;
      const target = start + 'x'.repeat(8 * KILOBYTE - start.length);
      expect([200, 400, 410]).toContain((await sent({ target })).status);
      const refused = await sent({ target: `${target}x` });
      expect([refused.status, refused.headers.get('cache-control')]).toEqual([414, 'no-store']);
    },
  );

  it('S-183 a refusal for length is told in the language of the place: a page, JSON, or a problem', async () => {
    const long = `?pad=${'x'.repeat(8 * KILOBYTE)}`;
    const [page, document, problem] = await Promise.all(
      ['authorize', '.well-known/jwks.json', 'nowhere'].map((path) => sent({ target: `/t/acme/${path}${long}` })),
    );
    expect(page!.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(document!.json).toMatchObject({ error: 'invalid_request' });
    expect(problem!.json).toMatchObject({ type: '/problems/uri-too-long', status: 414 });
  });

  it('S-183 RFC 9457 §3 header fields beyond 16 kB are refused by a problem of ours', async () => {
    expect((await sent({ target: '/t/acme/', headers: { 'x-pad': 'x'.repeat(15 * KILOBYTE) } })).status).toBe(200);
    const refused = await sent({ target: '/t/acme/', headers: { 'x-pad': 'x'.repeat(16 * KILOBYTE) } });
    expect(refused.json).toMatchObject({ type: '/problems/header-too-large', status: 431 });
    expect(refused.headers.get('cache-control')).toBe('no-store');
  });

  describe('in time', () => {
    const server = (): Server => idp.application.getHttpServer() as Server;
    const host = (): string => `Host: ${new URL(idp.origin).host}`;

    afterEach(() => {
      server().requestTimeout = 10_000;
      server().headersTimeout = 10_000;
    });

    it('S-183 a request has ten seconds to arrive', () => {
      expect([server().requestTimeout, server().headersTimeout]).toEqual([10_000, 10_000]);
    });

    it.each([
      [
        'a body',
        () => `${host()}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ngrant`,
      ],
      ['a header', () => `${host()}\r\nX-Slow: `],
    ])('S-183 %s that never ends is cut off', async (_name, rest) => {
      // The looks at the time are a second apart; only what is allowed is made shorter for the test.
      server().requestTimeout = 200;
      server().headersTimeout = 200;
      const heard = await speak(idp.origin, `POST /t/acme/token HTTP/1.1\r\n${rest()}`, 15_000);
      expect(heard).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
      expect(heard).toContain('"type":"/problems/request-timeout"');
    });
  });

  it.each([
    ['none', ''],
    ['two', 'Host: localhost\r\nHost: other.example\r\n'],
    ['two in other letters', 'host: localhost\r\nHOST: localhost\r\n'],
  ])('S-175 RFC 9112 §3.2 a request names one host: %s is refused', async (_name, hosts) => {
    const heard = await speak(idp.origin, `GET /t/acme/ HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).toContain('"type":"/problems/invalid-input"');
  });

  it('S-013 what is no HTTP is answered by a problem that repeats nothing of it', async () => {
    const heard = await speak(idp.origin, 'GARBAGE /etc/passwd\r\n\r\n');
    expect(heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(heard).toContain('content-type: application/problem+json');
    expect(heard).not.toContain('passwd');
  });
});
