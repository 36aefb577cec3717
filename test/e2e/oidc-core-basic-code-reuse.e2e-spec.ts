import { RESPONSE_MODES } from '@tokenidp/kernel';
import * as openid from 'openid-client';
import { expectTokenError } from '../support/conformance';
import { ConformancePlan } from '../support/conformance-plan';

describe('oidcc-basic-certification-test-plan: a code is good once', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    const spent = async () => {
      const app = await plan.app({}, mode);
      const scope = 'openid offline_access';
      return { app, ...(await plan.login(app, plan.visitor(), { scope, prompt: 'consent' })) };
    };

    it('oidcc-codereuse OAuth 2.1 §4.1.3 a second use is refused', async () => {
      const { app, callback, request } = await spent();
      await expect(app.redeem(callback, request)).rejects.toMatchObject({ error: 'invalid_grant' });
      expectTokenError(app.lastAnswer, 'invalid_grant');
    });

    it('oidcc-codereuse-30seconds OAuth 2.1 §7.5.2 also half a minute later, and what it has bought is void', async () => {
      const { app, callback, request, tokens } = await spent();
      plan.idp.clock.forward(30);
      await expect(openid.fetchUserInfo(app.config, tokens.access_token, plan.user.id)).resolves.toHaveProperty('sub');
      await expect(app.redeem(callback, request)).rejects.toMatchObject({ error: 'invalid_grant' });
      expectTokenError(app.lastAnswer, 'invalid_grant');
      await expect(openid.fetchUserInfo(app.config, tokens.access_token, plan.user.id)).rejects.toThrow();
      expect(app.lastAnswer.status).toBe(401);
      expect(app.lastAnswer.headers.get('www-authenticate')).toContain('error="invalid_token"');
      await expect(openid.refreshTokenGrant(app.config, tokens.refresh_token!)).rejects.toMatchObject({
        error: 'invalid_grant',
      });
    });
  });
});
