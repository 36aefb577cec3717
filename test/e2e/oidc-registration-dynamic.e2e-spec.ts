import { KeysService } from '@tokenidp/keys';
import { decodeProtectedHeader, jwtVerify, createRemoteJWKSet } from 'jose';
import * as openid from 'openid-client';
import type { Person } from '../support/browser';
import { newClientKey } from '../support/client-key';
import { ConformanceClient } from '../support/conformance-client';
import type { ConformancePlan } from '../support/conformance-plan';
import { DynamicPlan } from '../support/dynamic-plan';
import { REDIRECT_URI } from '../support/fixtures';
import { KeyServer } from '../support/key-server';
import { Registrar, sendJson } from '../support/registration';
import { WebSite } from '../support/web-site';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
/** As the suite sends it. */
const NO_PKCE = { code_challenge: '', code_challenge_method: '' };

describe('OIDC Registration §3 oidcc-dynamic-certification-test-plan', () => {
  let dynamic: DynamicPlan;
  let plan: ConformancePlan;
  let keyServer: KeyServer;
  let site: WebSite;

  beforeAll(async () => {
    [keyServer, site] = await Promise.all([KeyServer.start(), WebSite.start()]);
    dynamic = await DynamicPlan.start({}, { OUTBOUND_ALLOWED_HOSTS: `${keyServer.host},${site.host}` });
    ({ plan } = dynamic);
  });

  afterEach(() => plan.tidy());

  afterAll(async () => {
    await plan?.close();
    await Promise.all([keyServer?.close(), site?.close()]);
  });

  it('DCR OIDC Registration §3.2 the answer has what the suite looks for, and deletion answers with 204', async () => {
    const { registered } = await dynamic.app();
    expect(registered).toMatchObject({ client_id: expect.any(String) });
    expect(registered).not.toHaveProperty('error');
    expect(registered).not.toHaveProperty('client_secret');
    const place = { token: String(registered.registration_access_token) };
    expect((await sendJson(String(registered.registration_client_uri), 'DELETE', place)).status).toBe(204);
  });

  it('DCR with client.initial_access_token', async () => {
    const registrar = await Registrar.of(plan.idp, plan.tenant);
    const { registered } = await dynamic.app({}, await registrar.initialToken());
    expect(registered.client_id).toBeDefined();
  });

  it('DCR OIDC Registration §2 without scope the client may ask for every standard one', async () => {
    const { app } = await dynamic.app();
    const scope = 'openid profile email address phone offline_access';
    const { tokens } = await plan.login(app, plan.visitor(), { scope, prompt: 'consent' });
    expect(tokens.scope).toBe(scope);
    expect(tokens.refresh_token).toBeDefined();
  });

  it('oidcc-idtoken-rs256: the algorithm that was registered signs', async () => {
    const { app, registered } = await dynamic.app({ id_token_signed_response_alg: 'RS256' });
    expect(registered.id_token_signed_response_alg).toBe('RS256');
    const { tokens } = await plan.login(app, plan.visitor());
    expect(decodeProtectedHeader(tokens.id_token!).alg).toBe('RS256');
  });

  it('oidcc-userinfo-rs256: OIDC Core §5.3.2 userinfo is a JWT of that algorithm, with iss and aud', async () => {
    const { app } = await dynamic.app({ userinfo_signed_response_alg: 'RS256' });
    const { userinfo_signing_alg_values_supported } = app.config.serverMetadata();
    expect(userinfo_signing_alg_values_supported).toContain('RS256');
    const request = await app.request({ scope: 'openid profile' });
    const tokens = await app.redeem(await plan.visitor().authorize(request.url, plan.credentials), request);
    const answer = await openid.fetchProtectedResource(
      app.config,
      tokens.access_token,
      new URL(app.config.serverMetadata().userinfo_endpoint!),
      'GET',
    );
    expect(answer.headers.get('content-type')).toMatch(/^application\/jwt\b/);
    const keys = createRemoteJWKSet(new URL(app.config.serverMetadata().jwks_uri!));
    const expected = { issuer: plan.tenant.issuer, audience: app.clientId, algorithms: ['RS256'] };
    const { payload } = await jwtVerify(await answer.text(), keys, expected);
    expect(payload).toMatchObject({ sub: tokens.claims()!.sub, name: 'Ada Lovelace' });
    expect(payload).not.toHaveProperty('nonce');
  });

  it('oidcc-ensure-redirect-uri-in-authorization-request: two are registered and none is sent: a page', async () => {
    const { app } = await dynamic.app({ redirect_uris: [REDIRECT_URI, `${REDIRECT_URI}2`] });
    await expectPage(app, { redirect_uri: '' });
  });

  it('oidcc-redirect-uri-query-OK, oidcc-redirect-uri-query-mismatch, oidcc-redirect-uri-query-added', async () => {
    const { app } = await dynamic.app({ redirect_uris: [`${REDIRECT_URI}?foo=bar`] });
    const request = await app.request({ redirect_uri: `${REDIRECT_URI}?foo=bar` });
    const callback = await plan.visitor().authorize(request.url, plan.credentials);
    expect(callback.parameters.get('foo')).toBe('bar');
    expect(callback.parameters.get('code')).toBeTruthy();
    await expectPage(app, { redirect_uri: `${REDIRECT_URI}?foo=baz` });
    const plain = await dynamic.app();
    await expectPage(plain.app, { redirect_uri: `${REDIRECT_URI}?foo=bar` });
  });

  it('oidcc-redirect-uri-regfrag: a fragment cannot be registered', async () => {
    const registrar = await Registrar.of(plan.idp, plan.tenant);
    const answer = await registrar.post({ redirect_uris: [`${REDIRECT_URI}#foobar`] });
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_redirect_uri' } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
  });

  it('oidcc-server: private_key_jwt, without PKCE where the tenant lets that be', async () => {
    const { app } = await dynamic.app();
    const { claims } = await plan.login(app, plan.visitor(), NO_PKCE);
    expect(claims.aud).toBe(app.clientId);
  });

  it('oidcc-ensure-client-assertion-with-iss-aud-succeeds, and oidcc-server with the token endpoint as audience', async () => {
    for (const aud of [plan.tenant.issuer, `${plan.tenant.issuer}/token`]) {
      const { app, key } = await dynamic.app();
      const options = {
        [openid.modifyAssertion]: (_header: unknown, claims: Record<string, unknown>) => void (claims.aud = aud),
      };
      const authentication = openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid }, options);
      const own = await ConformanceClient.discover(plan.tenant, app.registration, { authentication });
      const { claims } = await plan.login(own, plan.visitor(), NO_PKCE);
      expect(claims.sub).toBe(plan.user.id);
    }
  });

  it('oidcc-registration-logo-uri: the page shows the logo, which comes from us', async () => {
    site.files.set('/logo.png', { headers: { 'content-type': 'image/png' }, body: PIXEL });
    const { app, registered } = await dynamic.app({ logo_uri: site.url('/logo.png') });
    expect(registered.logo_uri).toBe(site.url('/logo.png'));
    const page = await consentPage(app, await plan.person());
    const logo = page.locator('#client-logo');
    expect(await logo.getAttribute('src')).toMatch(/^\/t\/acme\/client-logo\?/);
    expect(await logo.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
    expect(site.requests.filter((path) => path === '/logo.png')).toHaveLength(1);
  });

  it('oidcc-registration-policy-uri, oidcc-registration-tos-uri: the page links to them', async () => {
    const policy_uri = 'https://client.example/policy';
    const tos_uri = 'https://client.example/terms';
    const { app, registered } = await dynamic.app({ policy_uri, tos_uri });
    expect(registered).toMatchObject({ policy_uri, tos_uri });
    const page = await consentPage(app, await plan.signedIn());
    for (const uri of [policy_uri, tos_uri]) expect(await page.locator(`a[href="${uri}"]`).count()).toBe(1);
  });

  it('oidcc-registration-jwks-uri: the keys of the client are fetched', async () => {
    keyServer.keys = [dynamic.key];
    const { app } = await dynamic.app({ jwks_uri: `${keyServer.url}?registration` });
    expect(keyServer.requests).toBe(0);
    await plan.login(app, plan.visitor(), NO_PKCE);
    expect(keyServer.requests).toBe(1);
  });

  it('oidcc-server-rotate-keys: the next key signs, the one before stays in the key set', async () => {
    const { app } = await dynamic.app();
    const before = await plan.login(app, plan.visitor());
    const first = decodeProtectedHeader(before.tokens.id_token!).kid;
    await plan.idp.get(KeysService).rotate(plan.tenant, 'RS256', { force: true });
    const again = await dynamic.app();
    const after = await plan.login(again.app, plan.visitor());
    const second = decodeProtectedHeader(after.tokens.id_token!).kid;
    expect(second).not.toBe(first);
    const kids = (await plan.keys(again.app)).map(({ kid }) => kid);
    expect(kids).toEqual(expect.arrayContaining([first, second]));
  });

  it('oidcc-refresh-token-rp-key-rotation: a minute later the next key of the client is known', async () => {
    const [old, next] = [await newClientKey('old', 'RS256'), await newClientKey('next', 'RS256')];
    keyServer.keys = [old];
    const { app } = await dynamic.app({ jwks_uri: `${keyServer.url}?rotation` });
    // The library's clock does not go forward with the server's.
    const later = (_header: unknown, claims: Record<string, unknown>) => {
      for (const name of ['iat', 'nbf', 'exp']) claims[name] = Number(claims[name]) + 60;
    };
    const as = (key: typeof old, options?: openid.ModifyAssertionOptions) =>
      ConformanceClient.discover(plan.tenant, app.registration, {
        authentication: openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid }, options),
      });
    const parameters = { scope: 'openid offline_access', prompt: 'consent' };
    const { tokens } = await plan.login(await as(old), plan.visitor(), parameters);
    keyServer.keys = [next];
    plan.idp.clock.forward(60);
    const refreshed = await openid.refreshTokenGrant(
      (await as(next, { [openid.modifyAssertion]: later })).config,
      tokens.refresh_token!,
    );
    expect(refreshed.access_token).not.toBe(tokens.access_token);
  });

  it('oidcc-refresh-token: of a registered client', async () => {
    const { app } = await dynamic.app();
    const parameters = { scope: 'openid offline_access', prompt: 'consent' };
    const { tokens, claims } = await plan.login(app, plan.visitor(), parameters);
    const refreshed = await openid.refreshTokenGrant(app.config, tokens.refresh_token!);
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    expect(refreshed.claims()).toMatchObject({ iss: claims.iss, sub: claims.sub, aud: claims.aud });
    const other = await dynamic.app();
    await expect(openid.refreshTokenGrant(other.app.config, tokens.refresh_token!)).rejects.toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });

  it('oidcc-3rd_party-init-login: initiate_login_uri comes back, and is read again', async () => {
    const initiate_login_uri = 'https://client.example/start';
    const { registered } = await dynamic.app({ initiate_login_uri });
    expect(registered.initiate_login_uri).toBe(initiate_login_uri);
    const token = String(registered.registration_access_token);
    const read = await sendJson(String(registered.registration_client_uri), 'GET', { token });
    expect(read).toMatchObject({ status: 200, json: { initiate_login_uri } });
  });

  it('oidcc-3rd_party-init-login-nohttps: only https is registered', async () => {
    const registrar = await Registrar.of(plan.idp, plan.tenant);
    const answer = await registrar.post({
      redirect_uris: [REDIRECT_URI],
      initiate_login_uri: 'http://client.example/start',
    });
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_client_metadata' } });
  });

  async function expectPage(app: ConformanceClient, parameters: Record<string, string>): Promise<void> {
    const visitor = plan.visitor();
    const { status, body } = await visitor.open((await app.request(parameters)).url);
    expect({ status, callbacks: visitor.callbackCount }).toEqual({ status: 400, callbacks: 0 });
    expect(body.replaceAll(/<[^>]*>/g, '')).toContain('invalid_redirect_uri');
  }

  async function consentPage(app: ConformanceClient, person: Person) {
    await person.open((await app.request({ scope: 'openid profile' })).url);
    if (await person.asksToSignIn()) await person.signIn(plan.credentials);
    await person.page.waitForSelector('#consent-allow');
    return person.page;
  }
});
