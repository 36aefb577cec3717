import { RESPONSE_MODES } from '@tokenidp/kernel';
import * as openid from 'openid-client';
import { expectTokenAnswer, expectTokenError } from '../support/conformance';
import { ConformancePlan } from '../support/conformance-plan';

const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };

describe('oidcc-basic-certification-test-plan: refresh tokens', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    it.each([
      ['that keeps its refresh token', false],
      ['whose refresh tokens rotate', true],
    ])('oidcc-refresh-token OIDC Core §12 new tokens of the same sign-in, for a client %s', async (_name, rotate) => {
      const app = await plan.app({ refresh: { rotate } }, mode);
      expect(app.config.serverMetadata().scopes_supported).toContain('offline_access');
      const { tokens, claims, request } = await plan.login(app, plan.visitor(), OFFLINE);
      plan.idp.clock.forward(5);
      const refreshed = await openid.refreshTokenGrant(app.config, tokens.refresh_token!);
      expectTokenAnswer(app.lastAnswer);
      expect(refreshed.access_token).not.toBe(tokens.access_token);
      expect(refreshed.refresh_token === tokens.refresh_token).toBe(!rotate);
      const { exp: _exp, iat, at_hash: _hash, nonce: _nonce, ...stable } = await plan.idToken(app, refreshed);
      expect(claims).toMatchObject(stable);
      expect(stable).toMatchObject({ iss: claims.iss, sub: claims.sub, aud: claims.aud, auth_time: claims.auth_time });
      expect(iat).toBeGreaterThan(claims.iat!);
      expect(claims.nonce).toBe(request.checks.expectedNonce);
      await expect(openid.fetchUserInfo(app.config, refreshed.access_token, claims.sub)).resolves.toBeDefined();
    });

    it('oidcc-refresh-token OAuth 2.1 §4.3.1 the token of one client is worth nothing in the hands of another', async () => {
      const [one, two] = [await plan.app({}, mode), await plan.app({}, mode)];
      const { tokens } = await plan.login(two, plan.visitor(), OFFLINE);
      await expect(openid.refreshTokenGrant(one.config, tokens.refresh_token!)).rejects.toMatchObject({
        error: 'invalid_grant',
      });
      expectTokenError(one.lastAnswer, 'invalid_grant');
      await expect(openid.refreshTokenGrant(two.config, tokens.refresh_token!)).resolves.toHaveProperty('access_token');
    });

    it('oidcc-refresh-token OIDC Core §11 without offline_access there is none', async () => {
      const app = await plan.app({}, mode);
      const { tokens } = await plan.login(app, plan.visitor());
      expect(tokens).not.toHaveProperty('refresh_token');
    });
  });
});
