import { RESPONSE_MODES } from '@tokenidp/kernel';
import { expectErrorRedirect } from '../support/conformance';
import { ConformancePlan } from '../support/conformance-plan';

describe('oidcc-basic-certification-test-plan: single claims', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    it('oidcc-claims-locales OIDC Core §5.2 a language that there is not is no error', async () => {
      const app = await plan.app({}, mode);
      const parameters = { scope: 'openid profile', claims_locales: 'se' };
      const { userinfo } = await plan.login(app, await plan.person(), parameters);
      expect(userinfo.name).toBe('Ada Lovelace');
    });

    it('oidcc-ensure-request-with-acr-values-succeeds OIDC Core §3.1.2.1 and the sign-in has one of them', async () => {
      const app = await plan.app({}, mode);
      const supported = app.config.serverMetadata().acr_values_supported!;
      const { claims } = await plan.login(app, plan.visitor(), { acr_values: supported.join(' ') });
      expect(supported).toContain(claims.acr);
    });

    it('oidcc-ensure-request-with-acr-values-succeeds OIDC Core §5.5.1.1 values that nobody knows are a wish', async () => {
      const app = await plan.app({}, mode);
      const { claims } = await plan.login(app, plan.visitor(), { acr_values: '1 2' });
      expect(['1', '2']).not.toContain(claims.acr);
    });

    it('OIDC Core §2, RFC 8176 §2 the ID token says how the user has signed in, and no more than what happened', async () => {
      const app = await plan.app({}, mode);
      const { claims } = await plan.login(app, plan.visitor());
      expect(claims).toMatchObject({ amr: ['pwd'], acr: 'urn:tokenidp:acr:single-factor' });
    });

    it('OIDC Core §5.5.1.1 an essential acr that nobody can reach is an error, and no page is shown', async () => {
      const app = await plan.app({}, mode);
      const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:example:gold'] } } });
      const request = await app.request({ claims });
      const callback = await plan.visitor().authorize(request.url);
      const error = 'unmet_authentication_requirements';
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error });
    });

    it('oidcc-claims-essential OIDC Core §5.5 a claim of userinfo is in userinfo and not in the ID token', async () => {
      const app = await plan.app({}, mode);
      const asked = JSON.stringify({ userinfo: { name: { essential: true } } });
      const options = { requested: { userinfo: ['name'] } };
      const { userinfo, claims } = await plan.login(app, plan.visitor(), { claims: asked }, options);
      expect(userinfo).toEqual({ sub: plan.user.id, name: 'Ada Lovelace' });
      expect(claims).not.toHaveProperty('name');
    });

    it('OIDC Core §5.5 a claim of the ID token is in the ID token and not in userinfo', async () => {
      const app = await plan.app({}, mode);
      const asked = JSON.stringify({ id_token: { email: null, auth_time: { essential: true } } });
      const options = { requested: { id_token: ['email'] } };
      const { userinfo, claims } = await plan.login(app, plan.visitor(), { claims: asked }, options);
      expect(claims).toMatchObject({ email: 'ada@example.com', auth_time: expect.any(Number) });
      expect(userinfo).toEqual({ sub: plan.user.id });
    });
  });
});
