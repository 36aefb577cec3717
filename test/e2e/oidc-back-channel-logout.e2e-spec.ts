import { BackchannelDeliveries, SignOut } from '@tokenidp/oauth';
import { UsersService } from '@tokenidp/users';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createClient, createUser, POST_LOGOUT_REDIRECT_URI } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { type HearingApp, LogoutSuite } from '../support/logout-suite';

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };

describe('OIDC Back-Channel Logout §2', () => {
  let suite: LogoutSuite;

  beforeAll(async () => {
    suite = await LogoutSuite.start();
  });

  afterAll(() => suite?.close());

  /** As the library that a client has does it. */
  async function verified({ flow }: HearingApp, logoutToken: string) {
    const keys = createRemoteJWKSet(new URL(flow.config.serverMetadata().jwks_uri!));
    return jwtVerify(logoutToken, keys, {
      issuer: suite.tenant.issuer,
      audience: flow.app.client.client_id,
      typ: 'logout+jwt',
      currentDate: suite.idp.clock.now(),
    });
  }

  it('oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
    const { flow } = await suite.app();
    expect(flow.config.serverMetadata()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      end_session_endpoint: `${suite.tenant.issuer}/logout`,
    });
  });

  it.each(['ES256', 'RS256'])(
    'oidcc-backchannel-rp-initiated-logout §2.4, §2.5 S-128 a token for the session, signed by %s as the ID token was',
    async (id_token_signed_response_alg) => {
      const app = await suite.app({ id_token_signed_response_alg });
      const browser = new HttpBrowser();
      const tokens = await suite.enter(app, browser);
      const { sub, sid } = tokens.claims()!;
      expect(sid).toEqual(expect.any(String));
      expect(await suite.logout(app, browser, tokens.id_token!)).toBe(`${POST_LOGOUT_REDIRECT_URI}?state=s1`);

      const [token] = await suite.receiver.tokens(app.path);
      const [call] = suite.receiver.at(app.path);
      expect(call).toMatchObject({ method: 'POST', contentType: 'application/x-www-form-urlencoded' });
      expect([...call!.form.keys()]).toEqual(['logout_token']);
      const { payload, protectedHeader } = await verified(app, token!);
      expect(protectedHeader.alg).toBe(id_token_signed_response_alg);
      expect(payload).toEqual({
        iss: suite.tenant.issuer,
        aud: app.flow.app.client.client_id,
        sub,
        sid,
        iat: expect.any(Number),
        exp: payload.iat! + 120,
        jti: expect.stringMatching(/^[\w-]{20,}$/),
        events: EVENTS,
      });
      const { url } = await app.flow.request({ prompt: 'none' });
      expect(callbackOf(await browser.open(url.href)).searchParams.get('error')).toBe('login_required');
    },
  );

  it('§2.5 each client of the session is told, and none that was not in it or does not want to hear', async () => {
    const [first, second, stranger] = [await suite.app(), await suite.app(), await suite.app()];
    const silent = await CodeFlow.of(
      suite.tenant,
      await createClient(suite.idp, suite.tenant, { consent: 'implicit' }),
    );
    const browser = new HttpBrowser();
    const tokens = await suite.enter(first, browser);
    await suite.enter(second, browser);
    await silent.tokens(await silent.code(browser));
    await suite.enter(stranger, new HttpBrowser());
    await suite.logout(first, browser, tokens.id_token!);
    const told = [...(await suite.receiver.tokens(first.path)), ...(await suite.receiver.tokens(second.path))].map(
      (each) => decodeJwt(each),
    );
    expect(told.map(({ aud }) => aud)).toEqual([first, second].map(({ flow }) => flow.app.client.client_id));
    expect(new Set(told.map(({ jti }) => jti)).size).toBe(2);
    await suite.idp.get(BackchannelDeliveries).deliver();
    expect(suite.receiver.at(stranger.path)).toEqual([]);
    expect(suite.receiver.at(first.path)).toHaveLength(1);
  });

  describe('§2.5 whatever ends the session', () => {
    it('somebody else signs in at the same browser', async () => {
      const app = await suite.app();
      const browser = new HttpBrowser();
      const tokens = await suite.enter(app, browser);
      const { credentials: bob } = await createUser(suite.idp, suite.tenant, { username: 'bob' });
      await passThrough(browser, (await app.flow.request({ prompt: 'login' })).url, bob);
      const [token] = await suite.receiver.tokens(app.path);
      expect(decodeJwt(token!)).toMatchObject({ sub: suite.ada.user.id, sid: tokens.claims()!.sid });
    });

    it('S-122 the user is disabled: all of their sessions', async () => {
      const app = await suite.app();
      const { user: eve, credentials: hers } = await createUser(suite.idp, suite.tenant, { username: 'eve' });
      const sids = [
        await suite.enter(app, new HttpBrowser(), hers),
        await suite.enter(app, new HttpBrowser(), hers),
      ].map((tokens) => tokens.claims()!.sid);
      await suite.idp.get(UsersService).disable(suite.tenant, eve.id);
      const told = (await suite.receiver.tokens(app.path, 2)).map((each) => decodeJwt(each));
      expect(told.map(({ sid }) => sid).sort()).toEqual(sids.sort());
    });

    it('S-123 the session is revoked from elsewhere, once', async () => {
      const app = await suite.app();
      const tokens = await suite.enter(app, new HttpBrowser());
      const sid = tokens.claims()!.sid as string;
      const by = { actor: { type: 'system' as const } };
      expect(await suite.idp.get(SignOut).revoke(suite.tenant.id, sid, by)).toMatchObject({
        id: sid,
        userId: suite.ada.user.id,
      });
      expect(await suite.idp.get(SignOut).revoke(suite.tenant.id, sid, by)).toBeNull();
      expect(await suite.receiver.tokens(app.path)).toHaveLength(1);
      expect(await app.flow.isActive(tokens.access_token)).toBe(false);
    });
  });

  it('§2.4 S-093 a logout token is no ID token: no hint, no access token', async () => {
    const app = await suite.app();
    const browser = new HttpBrowser();
    await suite.logout(app, browser, (await suite.enter(app, browser)).id_token!);
    const [token] = await suite.receiver.tokens(app.path);
    expect(decodeProtectedHeader(token!).typ).toBe('logout+jwt');
    await expect(openid.fetchUserInfo(app.flow.config, token!, suite.ada.user.id)).rejects.toThrow();
    const { url } = await app.flow.request({ id_token_hint: token! });
    expect(callbackOf(await browser.open(url.href)).searchParams.get('error')).toBe('invalid_request');
  });
});
