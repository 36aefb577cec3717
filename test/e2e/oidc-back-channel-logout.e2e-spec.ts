import type { LoggerService } from '@nestjs/common';
import type { NewClient } from '@tokenidp/clients';
import { BackchannelDeliveries, SignOut } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createClient, createUser, POST_LOGOUT_REDIRECT_URI } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { LogoutReceiver } from '../support/logout-receiver';
import type { Tokens } from '../support/stock-client';

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };

describe('OIDC Back-Channel Logout §2', () => {
  let receiver: LogoutReceiver;
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let paths = 0;
  const log: string[] = [];
  const logger = Object.fromEntries(
    ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'].map((level) => [
      level,
      (...args: unknown[]) => void log.push(args.map(String).join(' ')),
    ]),
  ) as unknown as LoggerService;

  beforeAll(async () => {
    receiver = await LogoutReceiver.start();
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: receiver.host }, logger });
    tenant = await idp.createTenant({
      slug: 'acme',
      settings: { limits: { passwordPerAddressPerMinute: 1000 } },
    });
    ({ user, credentials } = await createUser(idp, tenant));
  });

  afterEach(() => idp.clock.reset());

  afterAll(async () => {
    await idp?.close();
    await receiver?.close();
  });

  interface App {
    path: string;
    flow: CodeFlow;
  }

  /** An application that hears of logouts at a path of its own. */
  async function appThatHears(metadata: Partial<NewClient> = {}): Promise<App> {
    const path = `/backchannel_logout/${(paths += 1)}`;
    const heard = { backchannel_logout_uri: receiver.url(path), backchannel_logout_session_required: true };
    return {
      path,
      flow: await CodeFlow.of(tenant, await createClient(idp, tenant, { ...heard, ...implicit, ...metadata })),
    };
  }
  const implicit = { consent: 'implicit' as const };

  async function tokensOf({ flow }: App, browser: HttpBrowser, as = credentials): Promise<Tokens> {
    return flow.tokens(await flow.code(browser, { credentials: as }));
  }

  /** RP-initiated logout in the same browser; returns where it ends. */
  async function logout({ flow }: App, browser: HttpBrowser, idToken: string): Promise<string> {
    const url = openid.buildEndSessionUrl(flow.config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI,
      state: 's1',
    });
    return callbackOf(await browser.open(url.href)).href;
  }

  /** As the library that a client has does it. */
  async function verified({ flow }: App, logoutToken: string) {
    const keys = createRemoteJWKSet(new URL(flow.config.serverMetadata().jwks_uri!));
    return jwtVerify(logoutToken, keys, {
      issuer: tenant.issuer,
      audience: flow.app.client.client_id,
      typ: 'logout+jwt',
      currentDate: idp.clock.now(),
    });
  }

  it('oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
    const { flow } = await appThatHears();
    expect(flow.config.serverMetadata()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      end_session_endpoint: `${tenant.issuer}/logout`,
    });
  });

  it.each(['ES256', 'RS256'])(
    'oidcc-backchannel-rp-initiated-logout §2.4, §2.5 S-128 a token for the session, signed by %s as the ID token was',
    async (id_token_signed_response_alg) => {
      const app = await appThatHears({ id_token_signed_response_alg });
      const browser = new HttpBrowser();
      const tokens = await tokensOf(app, browser);
      const { sub, sid } = tokens.claims()!;
      expect(sid).toEqual(expect.any(String));
      expect(await logout(app, browser, tokens.id_token!)).toBe(`${POST_LOGOUT_REDIRECT_URI}?state=s1`);

      const [token] = await receiver.tokens(app.path);
      const [call] = receiver.at(app.path);
      expect(call).toMatchObject({ method: 'POST', contentType: 'application/x-www-form-urlencoded' });
      expect([...call!.form.keys()]).toEqual(['logout_token']);
      const { payload, protectedHeader } = await verified(app, token!);
      expect(protectedHeader.alg).toBe(id_token_signed_response_alg);
      expect(payload).toEqual({
        iss: tenant.issuer,
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
    const [first, second, stranger] = [await appThatHears(), await appThatHears(), await appThatHears()];
    const silent = await CodeFlow.of(tenant, await createClient(idp, tenant, implicit));
    const browser = new HttpBrowser();
    const tokens = await tokensOf(first, browser);
    await tokensOf(second, browser);
    await silent.tokens(await silent.code(browser));
    await tokensOf(stranger, new HttpBrowser());
    await logout(first, browser, tokens.id_token!);
    const told = [...(await receiver.tokens(first.path)), ...(await receiver.tokens(second.path))].map((each) =>
      decodeJwt(each),
    );
    expect(told.map(({ aud }) => aud)).toEqual([first, second].map(({ flow }) => flow.app.client.client_id));
    expect(new Set(told.map(({ jti }) => jti)).size).toBe(2);
    await idp.get(BackchannelDeliveries).deliver();
    expect(receiver.at(stranger.path)).toEqual([]);
    expect(receiver.at(first.path)).toHaveLength(1);
  });

  describe('§2.5 whatever ends the session', () => {
    it('somebody else signs in at the same browser', async () => {
      const app = await appThatHears();
      const browser = new HttpBrowser();
      const tokens = await tokensOf(app, browser);
      const { credentials: bob } = await createUser(idp, tenant, { username: 'bob' });
      await passThrough(browser, (await app.flow.request({ prompt: 'login' })).url, bob);
      const [token] = await receiver.tokens(app.path);
      expect(decodeJwt(token!)).toMatchObject({ sub: user.id, sid: tokens.claims()!.sid });
    });

    it('S-122 the user is disabled: all of their sessions', async () => {
      const app = await appThatHears();
      const { user: eve, credentials: hers } = await createUser(idp, tenant, { username: 'eve' });
      const sids = [await tokensOf(app, new HttpBrowser(), hers), await tokensOf(app, new HttpBrowser(), hers)].map(
        (tokens) => tokens.claims()!.sid,
      );
      await idp.get(UsersService).disable(tenant, eve.id);
      const told = (await receiver.tokens(app.path, 2)).map((each) => decodeJwt(each));
      expect(told.map(({ sid }) => sid).sort()).toEqual(sids.sort());
    });

    it('S-123 the session is revoked from elsewhere, once', async () => {
      const app = await appThatHears();
      const tokens = await tokensOf(app, new HttpBrowser());
      const sid = tokens.claims()!.sid as string;
      const by = { actor: { type: 'system' as const } };
      expect(await idp.get(SignOut).revoke(tenant.id, sid, by)).toMatchObject({ id: sid, userId: user.id });
      expect(await idp.get(SignOut).revoke(tenant.id, sid, by)).toBeNull();
      expect(await receiver.tokens(app.path)).toHaveLength(1);
      expect(await app.flow.isActive(tokens.access_token)).toBe(false);
    });
  });

  describe('§2.7 a receiver that does not take it', () => {
    const deliver = () => idp.get(BackchannelDeliveries).deliver();
    const rowsOf = (app: App) =>
      idp.database.dataSource.query<{ status: string; attempts: number; lastError: string; payload: object }[]>(
        `SELECT "status", "attempts", "lastError", "payload" FROM "outbox" WHERE "key" LIKE '%${app.flow.app.client.client_id}'`,
      );

    async function signedOut(app: App): Promise<void> {
      const browser = new HttpBrowser();
      await logout(app, browser, (await tokensOf(app, browser)).id_token!);
    }

    it('gets a fresh token each time, until it takes one', async () => {
      const app = await appThatHears();
      receiver.answers.set(app.path, (response) => void response.writeHead(503).end());
      await signedOut(app);
      await receiver.tokens(app.path, 1);
      receiver.answers.delete(app.path);
      idp.clock.forward(300);
      await deliver();
      const [first, second] = (await receiver.tokens(app.path, 2)).map((each) => decodeJwt(each));
      expect(second!.iat! - first!.iat!).toBeGreaterThanOrEqual(299);
      expect(second!.jti).not.toBe(first!.jti);
      expect({ sub: second!.sub, sid: second!.sid }).toEqual({ sub: first!.sub, sid: first!.sid });
      expect(await rowsOf(app)).toEqual([]);
    });

    it('S-128 is not followed to where it redirects', async () => {
      const app = await appThatHears();
      receiver.answers.set(
        app.path,
        (response) => void response.writeHead(307, { location: receiver.url('/elsewhere') }).end(),
      );
      await signedOut(app);
      await receiver.tokens(app.path, 1);
      expect(receiver.at('/elsewhere')).toEqual([]);
      await receiver.tokens(app.path, 1);
      for (let wait = 0; wait < 100 && (await rowsOf(app))[0]?.lastError === null; wait += 1) await deliver();
      expect(await rowsOf(app)).toMatchObject([{ status: 'pending', lastError: 'the receiver answered 307' }]);
    });

    it('is given up after ten attempts, which the audit trail tells; no log has held a token', async () => {
      const app = await appThatHears();
      receiver.answers.set(app.path, (response) => void response.writeHead(500).end());
      await signedOut(app);
      for (let attempt = 2; attempt <= 12; attempt += 1) {
        await receiver.tokens(app.path, Math.min(attempt - 1, 10));
        idp.clock.forward(3600 * attempt);
        await deliver();
      }
      expect(receiver.at(app.path)).toHaveLength(10);
      expect(await rowsOf(app)).toMatchObject([{ status: 'dead', attempts: 10 }]);
      const events = await idp.database.dataSource.query<object[]>(
        `SELECT "clientId", "detail" FROM "audit_event" WHERE "event" = 'backchannel-logout.failed'`,
      );
      expect(events).toContainEqual({
        clientId: app.flow.app.client.id,
        detail: { attempts: 10, reason: 'the receiver answered 500' },
      });
      const told = JSON.stringify([log, await rowsOf(app), events]);
      expect(log.join()).toContain('was not delivered (attempt 10)');
      expect(told).not.toMatch(/eyJ/);
      expect(told).not.toContain(receiver.host);
    });

    it('§2.5 holds up no other, though it never answers and has many to hear of', async () => {
      const [dead, alive] = [await appThatHears(), await appThatHears()];
      receiver.answers.set(dead.path, () => undefined);
      const people: { browser: HttpBrowser; tokens: Tokens }[] = [];
      for (let n = 0; n < 40; n += 1) {
        const browser = new HttpBrowser();
        people.push({ browser, tokens: await tokensOf(dead, browser) });
      }
      await Promise.all(people.map(({ browser, tokens }) => logout(dead, browser, tokens.id_token!)));
      await signedOut(alive);
      await receiver.tokens(alive.path);
      // Nothing had to be waited for: the first of the calls that hang has not even been given up.
      const waiting = await rowsOf(dead);
      expect(waiting).toHaveLength(40);
      expect(waiting.filter(({ lastError }) => lastError !== null)).toEqual([]);
      expect(waiting.filter(({ attempts }) => attempts > 0).length).toBeLessThan(20);
    });
  });

  it('§2.4 S-093 a logout token is no ID token: no hint, no access token', async () => {
    const app = await appThatHears();
    const browser = new HttpBrowser();
    await logout(app, browser, (await tokensOf(app, browser)).id_token!);
    const [token] = await receiver.tokens(app.path);
    expect(decodeProtectedHeader(token!).typ).toBe('logout+jwt');
    await expect(openid.fetchUserInfo(app.flow.config, token!, user.id)).rejects.toThrow();
    const { url } = await app.flow.request({ id_token_hint: token! });
    expect(callbackOf(await browser.open(url.href)).searchParams.get('error')).toBe('invalid_request');
  });
});
