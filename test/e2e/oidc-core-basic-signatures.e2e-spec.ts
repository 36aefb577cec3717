import { RESPONSE_MODES } from '@tokenidp/kernel';
import { decodeProtectedHeader, UnsecuredJWT } from 'jose';
import { expectErrorRedirect } from '../support/conformance';
import type { ConformanceClient } from '../support/conformance-client';
import { ConformancePlan } from '../support/conformance-plan';
import { REDIRECT_URI } from '../support/fixtures';

describe('oidcc-basic-certification-test-plan: what is signed and what is not', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  /** The parameters once more, as a request object that nobody has signed. */
  const unsigned = (app: ConformanceClient, claims: object = {}): string =>
    new UnsecuredJWT({ client_id: app.clientId, response_type: 'code', scope: 'openid', ...claims })
      .setIssuer(app.clientId)
      .setAudience(plan.tenant.issuer)
      .encode();

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    it('oidcc-idtoken-signature OIDC Registration §2 RS256 by a key of the set, for a client that registered no algorithm', async () => {
      const app = await plan.registeredApp({}, mode);
      const { tokens } = await plan.login(app, plan.visitor());
      const { alg, kid } = decodeProtectedHeader(tokens.id_token!);
      expect(alg).toBe('RS256');
      expect(await plan.keys(app)).toContainEqual(expect.objectContaining({ kid, alg: 'RS256', kty: 'RSA' }));
    });

    it.each(['ES256', 'RS256'])(
      'OIDC Core §3.1.3.7 an ID token is signed as the client registered: %s',
      async (alg) => {
        const app = await plan.app({ id_token_signed_response_alg: alg }, mode);
        const { tokens } = await plan.login(app, plan.visitor());
        expect(decodeProtectedHeader(tokens.id_token!).alg).toBe(alg);
      },
    );

    it('oidcc-idtoken-unsigned OIDC Core §2 does not exist: neither announced nor registered', async () => {
      const app = await plan.app({}, mode);
      expect(app.config.serverMetadata().id_token_signing_alg_values_supported).toEqual(['ES256', 'RS256']);
      await expect(plan.app({ id_token_signed_response_alg: 'none' })).rejects.toMatchObject({
        member: 'id_token_signed_response_alg',
      });
    });

    it('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported OIDC Core §6.2 it is rejected', async () => {
      const app = await plan.app({}, mode);
      expect(app.config.serverMetadata().request_uri_parameter_supported).toBe(false);
      const request = await app.request({ request_uri: 'https://client.example/request.jwt' });
      const callback = await plan.visitor().authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'request_uri_not_supported' });
    });

    it('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported OIDC Core §6.1 it is rejected', async () => {
      const app = await plan.app({}, mode);
      expect(app.config.serverMetadata().request_object_signing_alg_values_supported).not.toContain('none');
      const request = await app.request({ request: unsigned(app, { redirect_uri: REDIRECT_URI }) });
      const callback = await plan.visitor().authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'invalid_request_object' });
    });

    it('oidcc-ensure-request-object-with-redirect-uri OIDC Core §6.1 what is in a request object leads nowhere', async () => {
      const app = await plan.app({}, mode);
      const inside = { redirect_uri: 'https://client.example/elsewhere', state: 'inside' };
      const request = await app.request({ request: unsigned(app, inside) });
      const callback = await plan.visitor().authorize(request.url);
      expect(callback.parameters.has('code')).toBe(false);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'invalid_request_object' });
    });
  });
});
