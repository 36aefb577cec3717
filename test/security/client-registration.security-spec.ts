import { ClientsService } from '@tokenidp/clients';
import type { RegistrationSettings, Tenant } from '@tokenidp/tenancy';
import { generateKeyPairSync } from 'node:crypto';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { createApi, createUser, REDIRECT_URI } from '../support/fixtures';
import { postForm, send } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { KeyServer } from '../support/key-server';
import { OPEN, type Registered, Registrar } from '../support/registration';

describe('S-170 clients that register themselves', () => {
  let idp: TestIdp;
  let open: Registrar;
  let credentials: Credentials;
  let canary: KeyServer;
  let count = 0;

  beforeAll(async () => {
    canary = await KeyServer.start();
    idp = await startIdp();
    open = await registrar({});
    ({ credentials } = await createUser(idp, open.tenant));
  });

  afterAll(async () => {
    await idp?.close();
    await canary?.close();
  });

  async function registrar(registration: Partial<RegistrationSettings>): Promise<Registrar> {
    const settings = { ...OPEN, registration: { mode: 'open' as const, ...registration } };
    return Registrar.of(idp, await idp.createTenant({ slug: `tenant-${(count += 1)}`, settings }));
  }

  async function flowOf(registered: Registered, tenant: Tenant = open.tenant): Promise<CodeFlow> {
    const client = (await idp.get(ClientsService).find(tenant.id, registered.client_id))!;
    return CodeFlow.of(tenant, { client, secret: registered.client_secret ?? '' });
  }

  async function consentPage(flow: CodeFlow): Promise<HttpPage> {
    const browser = new HttpBrowser();
    const login = await browser.open((await flow.request({ scope: 'openid profile' })).url.href);
    const next = await browser.submit(login, 'login', { ...credentials });
    return browser.open(new URL(next.headers.get('location')!, login.url).href);
  }

  it('S-170 RFC 7591 §5 the user is told that nobody has checked the client', async () => {
    const { body } = await consentPage(await flowOf(await open.register({ client_name: 'Your <i>bank</i>' })));
    expect(body).toContain('This app registered itself. Nobody at');
    expect(body).toContain('Continue only if you trust client.example.');
    expect(body).not.toContain('<i>');
  });

  it.each(['consent', 'require_pkce', 'security_profile', 'vouched', 'type', 'refresh', 'default_scope', 'status'])(
    'S-170 S-177 nobody gives %s to themselves',
    async (name) => {
      const wish = { consent: 'implicit', require_pkce: false, security_profile: 'oauth21', vouched: true };
      const more = { type: 'web', refresh: { always: true }, default_scope: 'openid email', status: 'active' };
      const { client_id } = await open.register();
      const plain = (await idp.get(ClientsService).find(open.tenant.id, client_id))!;
      const registered = await open.register({ [name]: { ...wish, ...more }[name] });
      const client = (await idp.get(ClientsService).find(open.tenant.id, registered.client_id))!;
      expect(client[name as keyof typeof client]).toEqual(plain[name as keyof typeof plain]);
    },
  );

  it('S-170 S-185 addresses that are registered are not called, and never inside', async () => {
    const inside = canary.url.replace('http:', 'https:');
    const places = {
      jwks_uri: inside,
      logo_uri: inside,
      policy_uri: inside,
      tos_uri: inside,
      client_uri: inside,
      backchannel_logout_uri: inside,
      initiate_login_uri: inside,
      request_uris: [inside],
      token_endpoint_auth_method: 'private_key_jwt',
    };
    const sector = { redirect_uris: [REDIRECT_URI], subject_type: 'pairwise', sector_identifier_uri: inside };
    expect((await open.post(sector)).json?.error).toBe('invalid_client_metadata');
    const registered = await open.register(places);
    const { tenant } = open;
    const logo = await send(`${tenant.issuer}/client-logo?client_id=${registered.client_id}`);
    expect(logo.status).toBe(404);
    const header = Buffer.from('{"alg":"ES256","kid":"x"}').toString('base64url');
    const claims = { iss: registered.client_id, sub: registered.client_id };
    const client_assertion = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.AAAA`;
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const form = { grant_type: 'authorization_code', code: 'x', client_assertion, client_assertion_type };
    expect((await postForm(`${tenant.issuer}/token`, form)).status).toBe(401);
    expect(canary.connections).toBe(0);
  });

  it.each([
    'https://app.test/cb#x',
    'https://*.app.test/cb',
    'http://app.test/cb',
    'https://user@app.test/cb',
    'https://user:pass@app.test/cb',
    'myapp:/cb',
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://app.test/x',
    'https://APP.test/cb',
    'https://app.test/a/../cb',
    '/cb',
    '',
  ])('S-023 OAuth 2.1 §2.3.1 no client registers %j to be called back at', async (uri) => {
    for (const more of [{}, { token_endpoint_auth_method: 'none', application_type: 'native' }]) {
      const answer = await open.post({ redirect_uris: [uri], ...more });
      expect(answer.status).toBe(400);
      expect(answer.json?.error).toMatch(/^invalid_(redirect_uri|client_metadata)$/);
    }
  });

  it('S-100 FAPI 2.0 SP §5.4.1 weak and private keys are not registered', async () => {
    const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
    const weak = [
      rsa(1024).publicKey.export({ format: 'jwk' }),
      rsa(2048).privateKey.export({ format: 'jwk' }),
      generateKeyPairSync('ec', { namedCurve: 'P-224' }).publicKey.export({ type: 'spki', format: 'der' }),
      { kty: 'oct', k: 'c2VjcmV0' },
      { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' },
    ];
    for (const key of weak) {
      const metadata = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } };
      expect(await open.post({ redirect_uris: [REDIRECT_URI], ...metadata })).toMatchObject({
        status: 400,
        json: { error: 'invalid_client_metadata' },
      });
    }
  });

  it('S-172 a secret is told once, and no way to read tells it again', async () => {
    const registered = await open.register();
    const token = registered.registration_access_token;
    const read = await open.read(registered, token);
    expect(read.text).not.toContain(registered.client_secret);
    const sql = 'SELECT row_to_json(s)::text AS row FROM client_secret s';
    const rows = await idp.database.dataSource.query<{ row: string }[]>(sql);
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(registered.client_secret);
  });

  it('S-153 sensitive scopes are not for clients that registered themselves', async () => {
    const place = await registrar({ scopes: ['openid', 'api.read', 'api.root'] });
    const scopes = [
      { name: 'api.read', displayName: '', description: '', sensitive: false },
      { name: 'api.root', displayName: '', description: '', sensitive: true },
    ];
    await createApi(idp, place.tenant, [], { scopes });
    const { client_id } = await place.register();
    const client = (await idp.get(ClientsService).find(place.tenant.id, client_id))!;
    expect(client.assignments.map(({ userScopes, clientScopes }) => [userScopes, clientScopes])).toEqual([
      [['api.read'], []],
    ]);
  });

  it('S-175 S-176 a registration is of one tenant', async () => {
    const other = await registrar({});
    const mine = await open.register();
    const there = mine.registration_client_uri.replace(open.tenant.issuer, other.tenant.issuer);
    const headers = { authorization: `Bearer ${mine.registration_access_token}` };
    for (const method of ['GET', 'DELETE']) expect((await send(there, { method, headers })).status).toBe(401);
    expect((await open.read(mine, mine.registration_access_token)).status).toBe(200);
  });

  describe('S-026 RFC 9700 §4.11.2 who is trusted with a redirect', () => {
    const known: [string, () => Promise<[Registrar, Registered]>][] = [
      ['an initial access token stands for it', async () => [open, await open.register({}, await open.initialToken())]],
      [
        'the tenant knows the host',
        async () => {
          const place = await registrar({ redirectUriHosts: ['client.example'] });
          return [place, await place.register()];
        },
      ],
    ];

    it.each(known)('S-026 an error goes back by itself where %s', async (_title, register) => {
      const [place, registered] = await register();
      const flow = await flowOf(registered, place.tenant);
      const wrong: Record<string, string>[] = [{ prompt: 'none' }, { scope: 'unknown' }];
      for (const parameters of wrong) {
        const page = await new HttpBrowser().open((await flow.request(parameters)).url.href);
        const location = new URL(page.headers.get('location')!);
        expect({ status: page.status, to: location.origin }).toEqual({ status: 303, to: 'https://client.example' });
        expect(location.searchParams.get('error')).toMatch(/^(login_required|invalid_scope)$/);
      }
    });

    it('S-026 and where nobody does, a page comes first', async () => {
      const flow = await flowOf(await open.register());
      const page = await new HttpBrowser().open((await flow.request({ prompt: 'none' })).url.href);
      expect(page.headers.get('location')).toBeNull();
      expect(page.body).toContain('Do so only if you trust client.example.');
    });

    it('S-026 trust does not come with an update', async () => {
      const registered = await open.register();
      const body = { client_id: registered.client_id, redirect_uris: [REDIRECT_URI], vouched: true };
      expect((await open.put(registered, registered.registration_access_token, body)).status).toBe(200);
      const client = await idp.get(ClientsService).find(open.tenant.id, registered.client_id);
      expect(client).not.toHaveProperty('vouched');
    });
  });
});
