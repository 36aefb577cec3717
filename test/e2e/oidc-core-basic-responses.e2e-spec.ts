import { RESPONSE_MODES } from '@tokenidp/kernel';
import { expectCode, expectErrorPage, expectErrorRedirect, expectSaneKeys } from '../support/conformance';
import { ConformancePlan } from '../support/conformance-plan';

const WITHOUT_PKCE = { code_challenge: '', code_challenge_method: '' };

describe('oidcc-basic-certification-test-plan: the answer to an authorization request', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    it('oidcc-server OIDC Core §3.1.2.5, §3.1.3.3 the whole flow, each answer with everything it must have', async () => {
      const app = await plan.app({}, mode);
      expectSaneKeys(await plan.keys(app));
      const { userinfo, claims } = await plan.login(app, await plan.person(), { scope: 'openid profile email' });
      expect(claims.sub).toBe(plan.user.id);
      expect(userinfo.email).toBe('ada@example.com');
    });

    it('oidcc-response-type-missing OIDC Core §3.1.2.6 is an error for the client', async () => {
      const app = await plan.app({}, mode);
      const request = await app.request();
      request.url.searchParams.delete('response_type');
      const callback = await plan.visitor().authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'invalid_request' });
    });

    it('oidcc-ensure-request-without-nonce-succeeds-for-code-flow OIDC Core §3.1.2.1 and the ID token has none', async () => {
      const app = await plan.app({ require_pkce: false }, mode);
      const { claims, request } = await plan.login(app, plan.visitor(), { nonce: '', ...WITHOUT_PKCE });
      expect([...request.url.searchParams.keys()]).not.toEqual(expect.arrayContaining(['code_challenge']));
      expect(claims).not.toHaveProperty('nonce');
    });

    it('oidcc-alternate-happy-flow OIDC Core §3.1.2.1 neither the order of scopes nor that of parameters matters', async () => {
      const app = await plan.app({}, mode);
      const request = await app.request({ scope: 'phone address email profile openid' });
      const parameters = [...request.url.searchParams].reverse();
      request.url.search = new URLSearchParams(parameters).toString();
      const callback = await plan.visitor().authorize(request.url, plan.credentials);
      const { userinfo } = await plan.finish(app, { request, callback });
      expect(userinfo).toMatchObject({ name: 'Ada Lovelace', phone_number: '+441632960123' });
    });

    it('oidcc-ensure-request-with-unknown-parameter-succeeds OAuth 2.1 §3.1 what is unknown is ignored', async () => {
      const app = await plan.app({}, mode);
      const { callback } = await plan.login(app, plan.visitor(), { extra: 'foobar' });
      expect(callback.parameters.has('extra')).toBe(false);
    });

    it('oidcc-ensure-registered-redirect-uri OAuth 2.1 §4.1.2.1 another redirect_uri is told to the user, never followed', async () => {
      const app = await plan.app({}, mode);
      for (const redirect_uri of ['https://client.example/other', 'https://client.example/callback?x=1']) {
        const { url } = await app.request({ redirect_uri });
        await expectErrorPage(plan.visitor(), url, 'redirect_uri is not registered');
      }
    });

    it('oidcc-ensure-post-request-succeeds OIDC Core §3.1.2.1 a form from another site is as good as an address', async () => {
      const app = await plan.app({}, mode);
      const person = await plan.person();
      const first = await app.request({ scope: 'openid email' });
      const callback = await person.authorizeByPost(first.url, plan.credentials);
      const { claims } = await plan.finish(app, { request: first, callback });
      for (const prompt of ['', 'none']) {
        const request = await app.request({ scope: 'openid email', prompt });
        const again = await plan.finish(app, { request, callback: await person.authorizeByPost(request.url) });
        expect(again.claims.auth_time).toBe(claims.auth_time);
      }
    });

    it('oidcc-ensure-post-request-succeeds OIDC Core §3.1.2.6 and one that may show no page is refused without a session', async () => {
      const app = await plan.app({}, mode);
      const request = await app.request({ prompt: 'none' });
      const callback = await (await plan.person()).authorizeByPost(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'login_required' });
    });

    it('oidcc-server-client-secret-post OIDC Core §9 the secret may come in the form', async () => {
      const app = await plan.app({ token_endpoint_auth_method: 'client_secret_post' }, mode);
      await plan.login(app, plan.visitor());
      const byForm = app.lastSent(app.config.serverMetadata().token_endpoint);
      expect(byForm.headers.authorization).toBeUndefined();
      expect(new URLSearchParams(byForm.body).get('client_secret')).toBe(app.registration.secret);
    });

    it('oidcc-ensure-request-with-valid-pkce-succeeds RFC 7636 §4.6 a verifier that fits its challenge buys tokens', async () => {
      const app = await plan.app({ require_pkce: false }, mode);
      const { request } = await plan.login(app, plan.visitor());
      expect(request.url.searchParams.get('code_challenge_method')).toBe('S256');
      expect(request.checks.pkceCodeVerifier).toMatch(/^[\w-]{43,}$/);
    });

    it('OIDC Core §3.1.2.5 without a state there is none in the answer', async () => {
      const app = await plan.app({}, mode);
      const request = await app.request({ state: '' });
      const callback = await plan.visitor().authorize(request.url, plan.credentials);
      expectCode(callback, request, plan.tenant.issuer);
      expect(callback.parameters.has('state')).toBe(false);
    });
  });
});
