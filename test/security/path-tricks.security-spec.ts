import type { Tenant } from '@tokenidp/tenancy';
import { createApi, createMachine, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { spell } from '../support/wire';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const GRANT = 'grant_type=client_credentials&scope=api.read';

/** Other spellings of one path: what a proxy, a router and a check in front of it may read differently. */
const OTHER_SPELLINGS: readonly [string, (path: string) => string][] = [
  ['a doubled slash', (path) => path.replace('/acme/', '/acme//')],
  ['a doubled slash in front', (path) => `/${path}`],
  ['a slash at the end', (path) => `${path}/`],
  ['a path parameter', (path) => `${path};x`],
  ['a path parameter before the end', (path) => path.replace('/acme/', '/acme;x/')],
  ['a dot segment', (path) => path.replace('/acme/', '/acme/./')],
  ['two dot segments', (path) => path.replace('/acme/', '/acme/x/../')],
  ['escaped dot segments', (path) => path.replace('/acme/', '/acme/x/%2e%2e/')],
  ['an escaped slash', (path) => path.replace('/acme/', '/acme%2f')],
  ['a backslash', (path) => path.replace('/acme/', '/acme\\')],
  ['an escaped tenant', (path) => path.replace('acme', '%61cme')],
  ['a tenant in capitals', (path) => path.replace('acme', 'ACME')],
  ['a NUL at the end', (path) => `${path}%00`],
  ['a line break at the end', (path) => `${path}%0a`],
  ['a file name extension', (path) => `${path}.json`],
  ['an escaped question mark', (path) => `${path}%3fx=y`],
  ['two tenants', (path) => path.replace('/t/acme/', '/t/acme/t/acme/')],
  ['the tenant behind the path', (path) => `${path.replace('/t/acme', '')}/t/acme`],
];

describe('other spellings of a path', () => {
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

  function token(target: string, headers: Record<string, string> = {}, body = GRANT): Promise<Answer> {
    const credentials = basic(machine.client.client_id, machine.secret);
    return spell(idp.origin, { method: 'POST', target, headers: { ...FORM, ...credentials, ...headers }, body });
  }

  it('S-175 the one spelling works, so that the refusals below mean something', async () => {
    expect((await token('/t/acme/token')).json).toHaveProperty('access_token');
  });

  it.each(OTHER_SPELLINGS)('S-175 RFC 8414 §3.1 %s is another place, and there is nothing', async (_name, spelled) => {
    for (const path of ['/t/acme/token', '/t/acme/userinfo', '/t/acme/authorize']) {
      const target = spelled(path);
      const answers = [await token(target), await spell(idp.origin, { target })];
      for (const answer of answers) {
        const type = answer.headers.get('content-type');
        expect(`${target} ${answer.status} ${type}`).toMatch(/ 40[04] application\/problem\+json\b/);
        expect(answer.text).not.toContain('access_token');
      }
    }
  });

  it('S-175 RFC 9112 §3.2.1 a target with a fragment is refused, and does not end there', async () => {
    for (const target of ['/t/acme/token#x', '/t/acme/token#', '/t/acme/#/../token']) {
      expect({ target, status: (await token(target)).status }).toEqual({ target, status: 400 });
    }
  });

  // D9: letters may be escaped in a path, and the router reads them; whatever guards the place must see the same.
  describe('a letter that is escaped changes nothing', () => {
    const plain = '/t/acme/token';
    const escaped = '/t/acme/%74oken';

    it.each([
      ['GET is refused', { method: 'GET' }, 405],
      ['HEAD is refused', { method: 'HEAD' }, 405],
      ['PUT is refused', { method: 'PUT' }, 405],
      ['JSON is refused', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }, 415],
      ['text is refused', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: GRANT }, 415],
      ['nobody gets a token', { method: 'POST', headers: FORM, body: GRANT }, 401],
    ])('S-015 %s', async (_name, request, status) => {
      for (const target of [plain, escaped]) {
        const answer = await spell(idp.origin, { target, ...request });
        expect([target, answer.status, answer.headers.get('cache-control')]).toEqual([target, status, 'no-store']);
      }
    });

    it('S-005 another site reads neither', async () => {
      for (const target of [plain, escaped]) {
        const answer = await token(target, { origin: 'https://evil.example' });
        expect(answer.headers.has('access-control-allow-origin')).toBe(false);
      }
    });

    it.each(['/t/acme/authorize', '/t/acme/%61uthorize'])('S-007 %s has the policy of a page', async (target) => {
      const page = await spell(idp.origin, { target });
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    });

    it('S-007 the portal has its policy under each spelling that shows it', async () => {
      const pages = await Promise.all(
        ['/t/acme/admin/', '/t/acme/%61dmin/', '/t/acme/adm%69n/', '/t/acme/admin/callback', '/admin/'].map((target) =>
          spell(idp.origin, { target }),
        ),
      );
      for (const { status, headers } of pages) {
        expect(status).toBe(200);
        expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
        expect(headers.get('cache-control')).toBe('no-store');
      }
    });
  });

  it.each(['/t/acme/authorize', '/t/acme/token', '/t/acme/userinfo', '/t/acme/logout', '/t/acme/interaction/x'])(
    'S-015 RFC 9110 §9.3.2 HEAD opens nothing that GET does not, at %s',
    async (target) => {
      const answer = await spell(idp.origin, { method: 'HEAD', target });
      expect([404, 405]).toContain(answer.status);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );

  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'S-015 %s does not make another request of it',
    async (header) => {
      const answer = await spell(idp.origin, { target: '/t/acme/token', headers: { [header]: 'POST' } });
      expect(answer.status).toBe(405);
      expect((await token('/t/acme/token?_method=GET', { [header]: 'DELETE' })).status).toBe(200);
    },
  );

  it.each(['x-original-url', 'x-rewrite-url', 'x-forwarded-prefix', 'x-forwarded-uri'])(
    'S-175 %s does not lead elsewhere',
    async (header) => {
      const answer = await spell(idp.origin, { target: '/t/nobody/', headers: { [header]: '/t/acme/' } });
      expect(answer.status).toBe(404);
    },
  );

  it.each([
    '..%2f..%2f..%2f..%2fpackage.json',
    '%2e%2e/%2e%2e/package.json',
    '..%5c..%5cpackage.json',
    '....//....//package.json',
    'index.html%00.css',
    '.env',
    '%2e%2e%2fsrc%2fmain.tsx',
  ])('S-013 %s shows no file', async (path) => {
    for (const folder of ['assets', 'admin']) {
      const answer = await spell(idp.origin, { target: `/t/acme/${folder}/${path}` });
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).not.toMatch(/tokenidp|"name"|import /i);
    }
  });
});
