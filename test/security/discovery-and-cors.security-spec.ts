import { ClientsService } from '@tokenidp/clients';
import { DomainRecords, type Tenant, TenantDomainsService } from '@tokenidp/tenancy';
import { passThrough } from '../support/code-flow';
import { createClient, type TestClient } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { type Spelled, spell } from '../support/wire';

const DOMAIN = 'login.globex.test';
const SPA = 'https://spa.example';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const corsOf = ({ headers }: Answer): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

describe('documents and their readers', () => {
  let idp: TestIdp;
  let host: string;
  let acme: Tenant;
  let globex: Tenant;
  let customer: Tenant;

  beforeAll(async () => {
    idp = await startIdp();
    host = new URL(idp.origin).host;
    acme = await idp.createTenant({ slug: 'acme' });
    globex = await idp.createTenant({ slug: 'globex' });
    customer = await atItsDomain(await idp.createTenant({ slug: 'customer' }));
  });

  afterAll(() => idp?.close());

  async function atItsDomain({ id }: Tenant): Promise<Tenant> {
    const domains = idp.get(TenantDomainsService);
    const { recordValue } = await domains.claim(id, DOMAIN);
    jest.spyOn(idp.get(DomainRecords), 'read').mockResolvedValue([recordValue]);
    return domains.verify(id, DOMAIN);
  }

  const sent = (request: Spelled): Promise<Answer> =>
    spell(idp.origin, { ...request, headers: { host, ...request.headers } });

  describe('S-002 RFC 8414 §3.3, OIDC Discovery §4.3 a document is served where its issuer says, and nowhere else', () => {
    /** Every name of the document of a tenant in a path, and at a host of its own. */
    const names = (path: string): string[] => [
      `${path}/.well-known/openid-configuration`,
      `${path}/.well-known/oauth-authorization-server`,
      `/.well-known/openid-configuration${path}`,
      `/.well-known/oauth-authorization-server${path}`,
    ];

    it('each form of each tenant has the issuer of its address, and addresses below it', async () => {
      for (const [tenant, at, path] of [
        [acme, host, '/t/acme'],
        [globex, host, '/t/globex'],
        [customer, DOMAIN, ''],
      ] as const) {
        for (const target of names(path)) {
          const { status, json } = await sent({ target, headers: { host: at } });
          expect([target, status, json?.issuer]).toEqual([target, 200, tenant.issuer]);
          const addresses = Object.entries(json!).filter(([name]) => /_endpoint$|_uri$/.test(name));
          expect(addresses.length).toBeGreaterThanOrEqual(8);
          expect(addresses.filter(([, address]) => !String(address).startsWith(`${tenant.issuer}/`))).toEqual([]);
        }
      }
    });

    it.each([
      ['a tenant in a path, at the host of another', DOMAIN, '/t/acme'],
      ['a tenant with a host of its own, in the path it had', '', '/t/customer'],
      ['a host that nobody has', 'login.nobody.test', ''],
      ['a host like the one of a tenant', `${DOMAIN}.evil.test`, ''],
      ['a host below the one of a tenant', `x.${DOMAIN}`, ''],
      ['another port', `${DOMAIN}:8443`, ''],
      ['a tenant that there is not', '', '/t/nobody'],
      ['the host of a tenant with its path', DOMAIN, '/t/customer'],
    ])('%s: 404', async (_name, at, path) => {
      for (const target of [...names(path), `${path}/token`, `${path}/authorize`, `${path}/`]) {
        expect([target, (await sent({ target, headers: { host: at || host } })).status]).toEqual([target, 404]);
      }
    });
  });

  it('S-003 RFC 9700 §2.1.1 it promises S256, iss and algorithms that sign, and nothing that proves nothing', async () => {
    const { json } = await sent({ target: '/t/acme/.well-known/openid-configuration' });
    expect(json).toMatchObject({
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      authorization_response_iss_parameter_supported: true,
    });
    const listed = (kind: RegExp) =>
      Object.entries(json!).flatMap(([name, value]) => (kind.test(name) ? (value as string[]) : []));
    const signing = listed(/_signing_alg_/);
    expect(new Set(signing).size).toBeGreaterThan(5);
    for (const each of signing) expect(each).toMatch(/^(ES|PS|RS|HS)(256|384|512)$|^Ed(DSA|25519)$/);
    const encryption = listed(/_encryption_alg_/);
    expect(encryption.length).toBeGreaterThan(1);
    for (const each of encryption) expect(each).toMatch(/^RSA-OAEP-(256|384|512)$|^ECDH-ES(\+A(128|192|256)KW)?$/);
    expect(json?.grant_types_supported).not.toEqual(expect.arrayContaining(['password']));
    expect(json?.grant_types_supported).not.toEqual(expect.arrayContaining(['implicit']));
    expect(json?.introspection_endpoint_auth_methods_supported).not.toContain('none');
  });

  describe('CORS', () => {
    let app: TestClient;
    let spa: TestClient;

    beforeAll(async () => {
      app = await createClient(idp, acme);
      spa = await createClient(idp, acme, { type: 'spa', redirect_uris: [`${SPA}/callback`] });
      await createClient(idp, globex, { type: 'spa', redirect_uris: ['https://globex.example/callback'] });
    });

    it.each(['', 'authorize', 'logout', 'logout/confirm', 'admin/', 'setup', 'introspect', 'interaction/x/login'])(
      'S-004 RFC 9700 §2.6 no script of another site is let in at /%s, whoever it belongs to',
      async (path) => {
        const headers = { origin: SPA, 'access-control-request-method': 'POST' };
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const target = `/t/acme/${path}`;
          const answer = await sent({ method, target, headers: { ...headers, ...(method === 'POST' ? FORM : {}) } });
          expect({ method, cors: corsOf(answer) }).toEqual({ method, cors: {} });
        }
      },
    );

    it('S-004 nor at the pages of a request', async () => {
      const url = new URL(`${acme.issuer}/authorize`);
      const query = { client_id: spa.client.client_id, response_type: 'code', scope: 'openid' };
      const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
      url.search = new URLSearchParams({ ...query, ...pkce }).toString();
      const login = await passThrough(new HttpBrowser(), url);
      const target = new URL(login.url).pathname;
      const answers = [
        await sent({ target, headers: { origin: SPA } }),
        await sent({ method: 'OPTIONS', target, headers: { origin: SPA } }),
        await sent({ method: 'OPTIONS', target: `${target}/login`, headers: { origin: SPA } }),
        await sent({ method: 'POST', target: `${target}/login`, headers: { origin: SPA, ...FORM }, body: 'a=b' }),
      ];
      expect(answers.map(corsOf)).toEqual([{}, {}, {}, {}]);
    });

    const places: readonly [string, (origin: string) => Promise<Answer>][] = [
      ['discovery', (origin) => sent({ target: '/t/acme/.well-known/openid-configuration', headers: { origin } })],
      ['JWKS', (origin) => sent({ target: '/t/acme/.well-known/jwks.json', headers: { origin } })],
      ['userinfo', (origin) => sent({ target: '/t/acme/userinfo', headers: { origin } })],
      ['token', (origin) => posted('token', origin)],
      ['revoke', (origin) => posted('revoke', origin)],
    ];

    function posted(path: string, origin: string): Promise<Answer> {
      const headers = { origin, ...FORM, ...basic(app.client.client_id, app.secret) };
      return sent({ method: 'POST', target: `/t/acme/${path}`, headers, body: 'token=x' });
    }

    it.each(places)('S-005 %s: the origin of a browser application may read, without cookies', async (_name, ask) => {
      const answer = await ask(SPA);
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': SPA,
        'access-control-expose-headers': 'www-authenticate, dpop-nonce, retry-after, etag',
      });
      expect(answer.headers.get('vary')).toMatch(/\borigin\b/i);
    });

    it.each(places)('S-005 RFC 10017 §6.3.3.4 %s: nobody else may', async (_name, ask) => {
      const others = [
        'null',
        'https://spa.example.evil.test',
        'https://evilspa.example',
        'http://spa.example',
        'https://spa.example:8443',
        'https://SPA.example',
        'https://spa.example/',
        'https://sub.spa.example',
        'https://globex.example',
        'https://client.example',
        '*',
        '',
      ];
      for (const origin of others) {
        const answer = await ask(origin);
        expect({ origin, cors: corsOf(answer) }).toEqual({ origin, cors: {} });
        expect(answer.headers.get('vary')).toMatch(/\borigin\b/i);
      }
    });

    it('S-005 a preflight says which methods and headers, to the same origins, and never that cookies are welcome', async () => {
      const preflight = (origin: string): Promise<Answer> => {
        const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'dpop' };
        return sent({ method: 'OPTIONS', target: '/t/acme/token', headers });
      };
      expect(corsOf(await preflight(SPA))).toEqual({
        'access-control-allow-origin': SPA,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type, dpop',
        'access-control-max-age': '600',
      });
      expect(corsOf(await preflight('https://evil.example'))).toEqual({});
    });

    it('S-005 a client that is disabled takes its origin with it', async () => {
      const origin = 'https://short.example';
      const { client } = await createClient(idp, acme, { type: 'spa', redirect_uris: [`${origin}/cb`] });
      const target = '/t/acme/.well-known/jwks.json';
      expect(corsOf(await sent({ target, headers: { origin } }))).toHaveProperty('access-control-allow-origin', origin);
      await idp.get(ClientsService).disable(acme, client.id);
      expect(corsOf(await sent({ target, headers: { origin } }))).toEqual({});
    });
  });
});
