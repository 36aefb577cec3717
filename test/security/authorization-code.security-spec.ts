import { createHash } from 'node:crypto';
import { ClientsService, type NewClient } from '@tokenidp/clients';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { decodeProtectedHeader } from 'jose';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, type GivenCode, passThrough } from '../support/code-flow';
import { createClient, createUser, type TestClient } from '../support/fixtures';
import type { Answer } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const OFFLINE = { scope: 'openid offline_access' };

describe('the authorization code', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let app: TestClient;
  let flow: CodeFlow;
  let credentials: Credentials;
  let browser: HttpBrowser;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    app = await createClient(idp, tenant);
    ({ credentials } = await createUser(idp, tenant));
    flow = await CodeFlow.of(tenant, app);
    browser = new HttpBrowser();
    await flow.code(browser, { credentials, parameters: OFFLINE });
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  const newFlow = async (metadata: Partial<NewClient> = {}): Promise<CodeFlow> =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));

  function expectInvalidGrant({ status, json }: Answer): void {
    expect({ status, error: json?.error }).toEqual({ status: 400, error: 'invalid_grant' });
    expect(json).not.toHaveProperty('access_token');
  }

  /** The error of the answer to the client; null when there is a code. */
  async function errorOf(at: CodeFlow, parameters: Record<string, string>): Promise<string | null> {
    const { url } = await at.request({ ...AT_LOOPBACK[at.app.client.type], ...parameters });
    return callbackOf(await passThrough(browser, url, credentials)).searchParams.get('error');
  }

  const AT_LOOPBACK: Record<string, Record<string, string>> = { native: { redirect_uri: 'http://127.0.0.1:1/cb' } };

  describe.each([
    ['a web application', { type: 'web' }],
    ['a browser application', { type: 'spa', post_logout_redirect_uris: undefined }],
    ['a native application', { type: 'native', redirect_uris: ['http://127.0.0.1/cb'] }],
  ])('S-032 OAuth 2.1 §4.1.1 PKCE of %s', (_name, metadata) => {
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

    it.each([
      ['no challenge', { code_challenge: '', code_challenge_method: '' }],
      ['a method without a challenge', { code_challenge: '', code_challenge_method: 'S256' }],
      ['no method, which would mean plain', { code_challenge: challenge, code_challenge_method: '' }],
      ['plain', { code_challenge: challenge, code_challenge_method: 'plain' }],
      ['a method in other letters', { code_challenge: challenge, code_challenge_method: 's256' }],
      ['another method', { code_challenge: challenge, code_challenge_method: 'S512' }],
    ])('S-032 %s: invalid_request', async (_what, parameters) => {
      expect(await errorOf(await newFlow(metadata as Partial<NewClient>), parameters)).toBe('invalid_request');
    });
  });

  it.each([
    ['42 characters', 'a'.repeat(42)],
    ['129 characters', 'a'.repeat(129)],
    ['padding', `${'a'.repeat(43)}=`],
    ['plus and slash', `${'a'.repeat(42)}+/`],
    ['a space', `${'a'.repeat(43)} `],
    ['letters that are not ASCII', `${'a'.repeat(43)}é`],
  ])('S-034 OAuth 2.1 §12.17 a challenge or a verifier of %s is none', async (_what, text) => {
    expect(await errorOf(flow, { code_challenge: text })).toBe('invalid_request');
    const given = await flow.code(browser);
    expectInvalidGrant(await flow.redeem(given, { code_verifier: text }));
    expect((await flow.redeem(given)).status).toBe(200);
  });

  it('S-033 RFC 9700 §4.8.2 a verifier if and only if there was a challenge', async () => {
    const loose = await newFlow({ require_pkce: false });
    const without = { code_challenge: '', code_challenge_method: '' };
    const [sent, asked] = [await loose.code(browser, { credentials }), { parameters: without }];
    expectInvalidGrant(await loose.redeem(sent, { code_verifier: '' }));
    expect((await loose.redeem(sent)).status).toBe(200);
    expectInvalidGrant(await loose.redeem(await loose.code(browser, asked)));
    expect((await loose.redeem(await loose.code(browser, asked), { code_verifier: '' })).status).toBe(200);
  });

  it('S-033 OAuth 2.1 §4.1.3 a code without a challenge is worth nothing where PKCE is required', async () => {
    const { client, secret } = await createClient(idp, tenant, { require_pkce: false });
    const loose = await CodeFlow.of(tenant, { client, secret });
    const parameters = { code_challenge: '', code_challenge_method: '' };
    const given = await loose.code(browser, { credentials, parameters });
    await idp.get(ClientsService).update(tenant, client.id, { require_pkce: true });
    expectInvalidGrant(await loose.redeem(given, { code_verifier: '' }));
  });

  describe('S-035 OAuth 2.1 §4.1.3 is bound', () => {
    it('S-035 to the client: another one with the right verifier gets nothing', async () => {
      const given = await flow.code(browser);
      const spa = await createClient(idp, tenant, { type: 'spa', post_logout_redirect_uris: undefined });
      for (const other of [await createClient(idp, tenant), spa]) {
        expectInvalidGrant(await flow.redeem(given, {}, other));
      }
      expect((await flow.redeem(given)).status).toBe(200);
    });

    it('S-035 S-175 to the tenant: a client of the same name in another gets nothing', async () => {
      const globex = await idp.createTenant({ slug: 'globex' });
      const twin = await createClient(idp, globex, { client_id: app.client.client_id });
      const elsewhere = await CodeFlow.of(globex, twin);
      const given = await flow.code(browser);
      expectInvalidGrant(await elsewhere.redeem(given));
      expect((await flow.redeem(given)).status).toBe(200);
    });

    it('S-035 RFC 6819 §4.4.1.13 to the session of the user: not after a logout', async () => {
      const person = new HttpBrowser();
      const given = await flow.code(person, { credentials });
      await person.submit(await person.open(`${tenant.issuer}/logout`), 'confirm');
      expectInvalidGrant(await flow.redeem(given));
    });

    it('S-035 S-122 to the user: not once they are disabled', async () => {
      const { user, credentials: hers } = await createUser(idp, tenant, { username: 'eve' });
      const given = await flow.code(new HttpBrowser(), { credentials: hers });
      await idp.get(UsersService).disable(tenant, user.id);
      expectInvalidGrant(await flow.redeem(given));
    });
  });

  async function bought(given: GivenCode): Promise<{ access: string; refresh: string }> {
    const { json } = await flow.redeem(given);
    return { access: json!.access_token as string, refresh: json!.refresh_token as string };
  }

  it.each([0, 30, 3600])(
    'S-037 OAuth 2.1 §7.5.2 a second right use, %i s later, takes back all of the first',
    async (later) => {
      const given = await flow.code(browser, { parameters: OFFLINE });
      const tokens = await bought(given);
      expect([await flow.isActive(tokens.access), await flow.isActive(tokens.refresh)]).toEqual([true, true]);
      idp.clock.forward(later);
      expectInvalidGrant(await flow.redeem(given));
      expect([await flow.isActive(tokens.access), await flow.isActive(tokens.refresh)]).toEqual([false, false]);
      expectInvalidGrant(await flow.refresh(tokens.refresh));
    },
  );

  /** Uses that are not right, by the form or by who sends it. */
  const wrongUses: readonly [string, () => Promise<{ form?: Record<string, string>; by?: TestClient }>][] = [
    ['another verifier', () => Promise.resolve({ form: { code_verifier: 'x'.repeat(43) } })],
    ['no verifier', () => Promise.resolve({ form: { code_verifier: '' } })],
    ['another redirect_uri', () => Promise.resolve({ form: { redirect_uri: 'https://client.example/other' } })],
    ['another client', async () => ({ by: await createClient(idp, tenant) })],
  ];

  it.each(wrongUses)(
    'S-038 OAuth 2.1 §7.5.2 %s: refused, before and after, and takes nothing away',
    async (_what, use) => {
      const given = await flow.code(browser, { parameters: OFFLINE });
      const { form, by } = await use();
      expectInvalidGrant(await flow.redeem(given, form, by));
      const tokens = await bought(given);
      expectInvalidGrant(await flow.redeem(given, form, by));
      expect([await flow.isActive(tokens.access), await flow.isActive(tokens.refresh)]).toEqual([true, true]);
      expect((await flow.refresh(tokens.refresh)).status).toBe(200);
    },
  );

  it('S-038 wrong credentials of the client take nothing away either', async () => {
    const given = await flow.code(browser);
    const refused = await flow.redeem(given, {}, { secret: 'wrong' });
    expect([refused.status, refused.json?.error]).toEqual([401, 'invalid_client']);
    expect((await flow.redeem(given)).status).toBe(200);
  });

  it('S-039 FAPI 2.0 SP §5.3.2.1 a code lives for a minute', async () => {
    const [early, late] = [await flow.code(browser), await flow.code(browser)];
    idp.clock.forward(58);
    expect((await flow.redeem(early)).status).toBe(200);
    idp.clock.forward(3);
    expectInvalidGrant(await flow.redeem(late));
  });

  it('S-039 no tenant makes it longer', async () => {
    const lifetimes = { authorizationCodeSeconds: 61 };
    await expect(idp.get(TenantsService).updateSettings(tenant.id, { lifetimes })).rejects.toThrow();
  });

  it('S-045 OIDC Core §3.1.3.6 the ID token says what happened: when, how, and for which token', async () => {
    const person = new HttpBrowser();
    const at = idp.clock.nowSeconds();
    const first = await flow.tokens(await flow.code(person, { credentials, parameters: { acr_values: 'mfa phr' } }));
    expect(first.claims()).toMatchObject({ amr: ['pwd'], acr: 'urn:tokenidp:acr:single-factor' });
    expect(Math.abs(Number(first.claims()!.auth_time) - at)).toBeLessThanOrEqual(5);
    const { alg } = decodeProtectedHeader(first.id_token!);
    const digest = createHash(`sha${alg!.slice(2)}`)
      .update(first.access_token)
      .digest();
    expect(first.claims()!.at_hash).toBe(digest.subarray(0, digest.length / 2).toString('base64url'));
    idp.clock.forward(20);
    const silent = await flow.code(person, { parameters: { prompt: 'none' } });
    expect(await authTimeOf(silent)).toBe(first.claims()!.auth_time);
    const again = await flow.code(person, { credentials, parameters: { prompt: 'login' } });
    expect(await authTimeOf(again)).toBeGreaterThanOrEqual(Number(first.claims()!.auth_time) + 20);
  });

  async function authTimeOf(given: GivenCode): Promise<number> {
    return Number((await flow.tokens(given)).claims()!.auth_time);
  }
});
