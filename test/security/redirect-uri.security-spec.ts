import { type ClientMetadataError, type ClientOrigin, ClientsService, type NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow } from '../support/code-flow';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const WITH_QUERY = 'https://client.example/cb?tenant=1';
const ONE_HOST = 'https://client.example';

/** Many parse to what is registered, some are prefixes or extensions of it; none is spelled the same. */
const MUTATIONS: readonly string[] = [
  'https:///client.example/callback',
  'https:client.example/callback',
  'https:/client.example/callback',
  'https:\\\\client.example\\callback',
  'https://CLIENT.example/callback',
  'https://ｃlient.example/callback',
  'https://client。example/callback',
  'https://client.example:443/callback',
  'https://client.example:/callback',
  'https://client.example:8443/callback',
  'https://client.example./callback',
  'https://client.ex\tample/callback',
  'https://client.example/call\nback',
  ' https://client.example/callback',
  'https://client.example/callback ',
  'HTTPS://client.example/callback',
  'http://client.example/callback',
  '//client.example/callback',
  '/callback',
  'callback',
  'client.example/callback',
  'https://client.example',
  'https://client.example/',
  'https://client.example/Callback',
  'https://client.example/callback/',
  'https://client.example//callback',
  'https://client.example/./callback',
  'https://client.example/x/../callback',
  'https://client.example/x/%2e%2e/callback',
  'https://client.example/%63allback',
  'https://client.example/callback%00',
  'https://client.example/callback%2f',
  'https://client.example/callback;x',
  'https://client.example/callback/x',
  'https://client.example/callbackx',
  'https://client.example/callback?',
  'https://client.example/callback?x=y',
  'https://client.example/callback#',
  'https://client.example/callback#x',
  'https://client.example@evil.example/callback',
  'https://user@client.example/callback',
  'https://client.example:x@evil.example/callback',
  'https://client.example\\@evil.example/callback',
  'https://client.example.evil.example/callback',
  'https://evil.example/https://client.example/callback',
  'https://evilclient.example/callback',
  'https://sub.client.example/callback',
  'https://evil.example/callback',
  'https://client.example/cb',
  'https://client.example/cb?tenant=2',
  'https://client.example/cb?tenant=1&x=y',
  'https://client.example/cb?x=y&tenant=1',
  'https://client.example/cb?tenant=1&',
  'https://client.example/cb?TENANT=1',
  'https://client.example/cb?tenant=%31',
  `${REDIRECT_URI},${WITH_QUERY}`,
  `${REDIRECT_URI} ${WITH_QUERY}`,
  'javascript:alert(1)//https://client.example/callback',
  'data:text/html,https://client.example/callback',
  '*',
  'https://*.example/callback',
];

describe('redirect URIs', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let credentials: Credentials;
  let browser: HttpBrowser;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant, { redirect_uris: [REDIRECT_URI, WITH_QUERY] });
    ({ credentials } = await createUser(idp, tenant));
    browser = new HttpBrowser();
    await (await CodeFlow.of(tenant, app)).code(browser, { credentials });
  });

  afterAll(() => idp?.close());

  /** A request by somebody who is signed in and has consented: only the redirect URI can be in the way. */
  async function ask(of: TestClient, parameters: Record<string, string>): Promise<HttpPage> {
    const query = {
      ...{ client_id: of.client.client_id, response_type: 'code', scope: 'openid', state: 'x' },
      ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' },
      ...parameters,
    };
    return browser.get(`${tenant.issuer}/authorize?${new URLSearchParams(query)}`);
  }

  /** "Expect page": an error of ours, and the browser is sent nowhere. */
  function expectPage({ status, headers, body }: HttpPage): void {
    expect([status, headers.get('location'), headers.get('refresh')]).toEqual([400, null, null]);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(body).not.toContain('client.example');
    expect(body).not.toMatch(/http-equiv|code=/);
  }

  it('S-020 there are forty and more of them, each once, and the registered ones work', async () => {
    expect(new Set(MUTATIONS).size).toBe(MUTATIONS.length);
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(40);
    for (const redirect_uri of [REDIRECT_URI, WITH_QUERY]) {
      expect(callbackOf(await ask(app, { redirect_uri })).searchParams.has('code')).toBe(true);
    }
  });

  it.each(MUTATIONS)('S-020 OAuth 2.1 §2.3.1 %j is not one of the registered strings', async (redirect_uri) => {
    expectPage(await ask(app, { redirect_uri }));
    expectPage(await ask(app, { redirect_uri, prompt: 'none', response_mode: 'form_post' }));
  });

  describe('S-021 RFC 8252 §7.3 a native application', () => {
    let native: TestClient;
    const redirect_uris = ['http://127.0.0.1/cb', 'http://[::1]:49152/cb?x=y', 'com.example.app:/cb'];

    beforeAll(async () => {
      native = await createClient(idp, tenant, { type: 'native', redirect_uris, post_logout_redirect_uris: undefined });
    });

    it.each([
      ...['http://127.0.0.1:1/cb', 'http://127.0.0.1:65535/cb', 'http://127.0.0.1/cb', 'http://127.0.0.1:80/cb'],
      ...['http://[::1]/cb?x=y', 'http://[::1]:8080/cb?x=y', 'com.example.app:/cb'],
    ])('S-021 may use %s', async (redirect_uri) => {
      const page = await ask(native, { redirect_uri });
      expect([page.status, page.headers.get('location')]).toEqual([303, expect.stringContaining('/interaction/')]);
    });

    it.each([
      ...['http://127.0.0.2:49152/cb', 'http://localhost:49152/cb', 'http://localhost/cb', 'http://127.1:49152/cb'],
      ...['http://2130706433:49152/cb', 'http://0x7f.0.0.1/cb', 'http://127.0.0.1.evil.example:49152/cb'],
      ...['http://127.0.0.1:49152/cb2', 'http://127.0.0.1:49152/', 'http://127.0.0.1:49152/cb?x=y'],
      ...['http://127.0.0.1:49152/cb#x', 'https://127.0.0.1:49152/cb', 'http://127.0.0.1:0/cb'],
      ...['http://127.0.0.1:65536/cb', 'http://127.0.0.1:099/cb', 'http://127.0.0.1:/cb', 'http://127.0.0.1:a/cb'],
      ...['http://127.0.0.1:80@evil.example/cb', 'http://u@127.0.0.1:80/cb', 'http://127.0.0.1:80:80/cb'],
      ...['http://[::1]:8080/cb', 'http://[::1]:8080/cb?x=z', 'http://[0:0:0:0:0:0:0:1]:8080/cb?x=y'],
      ...['http://[::ffff:127.0.0.1]:8080/cb', 'com.example.app:/cb2', 'com.example.app:///cb', 'COM.example.app:/cb'],
    ])('S-021 may not use %s', async (redirect_uri) => {
      const page = await ask(native, { redirect_uri });
      expect([page.status, page.headers.get('location')]).toEqual([400, null]);
    });

    it('S-021 a web application has no such freedom', async () => {
      const web = await createClient(idp, tenant, { redirect_uris: ['http://127.0.0.1:3000/cb'] });
      expect((await ask(web, { redirect_uri: 'http://127.0.0.1:3000/cb' })).status).toBe(303);
      expectPage(await ask(web, { redirect_uri: 'http://127.0.0.1:3001/cb' }));
    });
  });

  it('S-022 OAuth 2.1 §4.1.2.1 an error about the client is a page, whatever else is right or wrong', async () => {
    const elsewhere = await createClient(idp, await idp.createTenant({ slug: 'globex' }));
    const disabled = await createClient(idp, tenant);
    await idp.get(ClientsService).disable(tenant, disabled.client.id);
    const clients = ['', 'unknown', elsewhere.client.client_id, disabled.client.client_id, `${app.client.client_id} `];
    const rests: Record<string, string>[] = [
      {},
      { prompt: 'none' },
      { response_type: 'token' },
      { scope: '"' },
      { request: 'x' },
    ];
    for (const client_id of clients) {
      for (const rest of rests) expectPage(await ask(app, { client_id, redirect_uri: REDIRECT_URI, ...rest }));
    }
  });

  it.each<Record<string, string>>([
    { response_type: 'token' },
    { prompt: 'none login' },
    { scope: 'x' },
    { request_uri: 'https://x' },
  ])('S-022 RFC 6819 §4.2.4 with a redirect_uri of somebody else’s, %j goes nowhere', async (rest) => {
    expectPage(await ask(app, { redirect_uri: 'https://evil.example/callback', ...rest }));
  });

  it('S-024 OAuth 2.1 §4.1.1 of several registered ones, the request says which', async () => {
    const page = await ask(app, {});
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
    expect((await ask(app, { redirect_uri: '' })).status).toBe(400);
    const single = await createClient(idp, tenant);
    expect((await ask(single, {})).headers.get('location')).toContain('/interaction/');
  });

  it.each([
    ...['https://client.example/other', 'https://client.example/cb?tenant=1', 'https://client.example/callback/'],
    ...['https://CLIENT.example/callback', 'https://evil.example/', ONE_HOST],
  ])('S-025 RFC 6819 §4.4.1.7 a code for one URI is worth nothing with %s, and is not spent', async (redirect_uri) => {
    const flow = await CodeFlow.of(tenant, app);
    const given = await flow.code(browser, { credentials });
    const refused = await flow.redeem(given, { redirect_uri });
    expect([refused.status, refused.json?.error]).toEqual([400, 'invalid_grant']);
    expect((await flow.redeem(given)).status).toBe(200);
  });

  const REFUSED: readonly string[] = [
    ...[
      'https://client.example/cb#x',
      'https://client.example/cb#',
      'https://*.example/cb',
      'https://client.example/*',
    ],
    ...['http://client.example/cb', 'https://user:pw@client.example/cb', 'https://@client.example/cb', 'myapp:/cb'],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://x/y',
      'about:blank',
    ],
    ...['/cb', 'client.example', '', 'https://CLIENT.example/cb', 'https://client.example:443/cb'],
    ...[
      'https://client.example/a/../cb',
      'https://client.example/c\tb',
      'https:///client.example/cb',
      'http://10.0.0.1/',
    ],
  ];

  it.each(REFUSED)('S-023 OAuth 2.1 §2.3, RFC 8252 §7.1 nobody registers %j', async (uri) => {
    const kinds: NewClient[] = [{ type: 'web' }, { type: 'spa' }, { type: 'native' }].map((kind) => kind as NewClient);
    for (const kind of kinds) {
      for (const origin of ['admin', 'registered'] as ClientOrigin[]) {
        for (const member of ['redirect_uris', 'post_logout_redirect_uris']) {
          const metadata = { ...kind, redirect_uris: [REDIRECT_URI], [member]: [uri] } as NewClient;
          const refused = idp.get(ClientsService).create(tenant, metadata, { origin });
          await expect(refused).rejects.toMatchObject<Partial<ClientMetadataError>>({ member });
        }
      }
    }
  });
});
