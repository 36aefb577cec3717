import { RESPONSE_MODES } from '@tokenidp/kernel';
import { CLAIMS_OF_SCOPE } from '../support/conformance';
import { ConformancePlan } from '../support/conformance-plan';
import { ADA } from '../support/fixtures';

describe('oidcc-basic-certification-test-plan: userinfo and scopes', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    const signedIn = async () => {
      const app = await plan.app({}, mode);
      const { tokens, claims } = await plan.login(app, plan.visitor(), { scope: 'openid email' });
      return {
        endpoint: app.config.serverMetadata().userinfo_endpoint!,
        token: tokens.access_token,
        expected: { sub: claims.sub, email: ADA.email, email_verified: true },
      };
    };

    it('oidcc-userinfo-get OIDC Core §5.3, RFC 6750 §2.1 answers a token in the header', async () => {
      const { endpoint, token, expected } = await signedIn();
      const response = await fetch(endpoint, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual(expected);
    });

    it('oidcc-userinfo-post-header OIDC Core §5.3.1 answers a POST without a body', async () => {
      const { endpoint, token, expected } = await signedIn();
      const response = await fetch(endpoint, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(expected);
    });

    it('oidcc-userinfo-post-body RFC 6750 §2.2 answers a token in a form, and none in an address', async () => {
      const { endpoint, token, expected } = await signedIn();
      const form = new URLSearchParams({ access_token: token });
      const response = await fetch(endpoint, { method: 'POST', body: form });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(expected);
      const byQuery = await fetch(`${endpoint}?${form.toString()}`);
      expect(byQuery.status).toBe(401);
      expect(await byQuery.text()).not.toContain(ADA.email);
    });

    it.each([
      ['oidcc-scope-profile', 'profile'],
      ['oidcc-scope-email', 'email'],
      ['oidcc-scope-address', 'address'],
      ['oidcc-scope-phone', 'phone'],
    ])('%s OIDC Core §5.4 its claims are in userinfo, all of them and no others', async (_row, scope) => {
      const app = await plan.app({}, mode);
      expect(app.config.serverMetadata().scopes_supported).toContain(scope);
      const { userinfo } = await plan.login(app, plan.visitor(), { scope: `openid ${scope}` });
      expect(Object.keys(userinfo).sort()).toEqual(['sub', ...CLAIMS_OF_SCOPE[scope]!].sort());
      expect(userinfo).toMatchObject(valuesOf(scope));
    });

    it('oidcc-scope-all OIDC Core §5.4 everything there is in one request', async () => {
      const app = await plan.app({}, mode);
      const { userinfo } = await plan.login(app, plan.visitor(), { scope: 'openid profile email address phone' });
      const all = Object.keys(CLAIMS_OF_SCOPE);
      expect(Object.keys(userinfo)).toHaveLength(1 + all.flatMap((scope) => CLAIMS_OF_SCOPE[scope]!).length);
      for (const scope of all) expect(userinfo).toMatchObject(valuesOf(scope));
    });
  });
});

/** Of the user, what the scope asks for, as far as the fixture says. */
function valuesOf(scope: string): object {
  const { address, ...profile } = ADA.claims!;
  if (scope === 'profile') return { ...profile, preferred_username: ADA.username, locale: ADA.locale };
  if (scope === 'email') return { email: ADA.email, email_verified: true };
  if (scope === 'address') return { address };
  return { phone_number: ADA.phoneNumber, phone_number_verified: true };
}
