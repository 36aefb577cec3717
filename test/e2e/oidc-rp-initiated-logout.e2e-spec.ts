import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { SignJWT } from 'jose';
import * as openid from 'openid-client';
import type { Browser } from 'playwright-core';
import { type Credentials, launchBrowser, Person } from '../support/browser';
import { newClientKey } from '../support/client-key';
import { createClient, createUser, POST_LOGOUT_REDIRECT_URI, type TestClient } from '../support/fixtures';
import { HttpPerson } from '../support/http-person';
import { startIdp, type TestIdp } from '../support/idp';
import { obtainTokens, prepareRequest, relyingParty, type Tokens } from '../support/stock-client';

describe('OIDC RP-Initiated Logout §2', () => {
  let idp: TestIdp;
  let browser: Browser;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let app: TestClient;
  let config: openid.Configuration;
  let person: Person;
  let tokens: Tokens;

  beforeAll(async () => {
    [idp, browser] = await Promise.all([startIdp(), launchBrowser()]);
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user, credentials } = await createUser(idp, tenant));
    app = await createClient(idp, tenant, { client_name: 'Photos', consent: 'implicit' });
    config = await relyingParty(tenant, app);
    person = await Person.at(browser);
  });

  // Each module logs in first; the first one does it at the page.
  beforeEach(async () => {
    const visitor = new HttpPerson();
    tokens = await obtainTokens(visitor, config, { credentials });
    await person.context.clearCookies();
    await visitor.lend(person.context, tenant.issuer);
  });

  afterAll(async () => {
    await browser?.close();
    await idp?.close();
  });

  /** Calls the end-session endpoint in the same browser. */
  async function logout(parameters: Record<string, string>): Promise<number | undefined> {
    const url = openid.buildEndSessionUrl(config, parameters);
    // The library adds the client_id by itself, which is one of the things to be tried without.
    if (!('client_id' in parameters)) url.searchParams.delete('client_id');
    const before = person.callbackCount;
    try {
      return (await person.open(url)).status();
    } catch (error) {
      // The client is a site without a server: going there is what was wanted, or it is found out below.
      if (person.callbackCount === before) throw error;
      return undefined;
    }
  }

  /** What prompt=none is answered: null is a code, so there is a session. */
  async function silentError(): Promise<string | null> {
    const { url } = await prepareRequest(config, { prompt: 'none' });
    const same = await HttpPerson.like(person.context, tenant.issuer);
    return (await same.authorize(url)).parameters.get('error');
  }

  const heading = () => person.page.innerText('h1');
  const right = () => ({ id_token_hint: tokens.id_token!, post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI });

  /** The browser is still with us, and the client has not been called. */
  async function expectStayed(callbacks: number): Promise<void> {
    await person.page.waitForTimeout(100);
    expect(person.callbackCount).toBe(callbacks);
    expect(person.page.url().startsWith(tenant.issuer)).toBe(true);
  }

  async function confirm(): Promise<void> {
    await person.page.click('#logout-confirm');
    await person.page.waitForLoadState();
  }

  describe('modules that redirect', () => {
    it('oidcc-rp-initiated-logout-discovery-endpoint-verification', () => {
      expect(config.serverMetadata().end_session_endpoint).toBe(`${tenant.issuer}/logout`);
    });

    it('oidcc-rp-initiated-logout', async () => {
      await person.context.clearCookies();
      tokens = await obtainTokens(person, config, { credentials });
      const state = openid.randomState().repeat(3).slice(0, 128);
      const before = person.callbackCount;
      await logout({ ...right(), state });
      const { url } = await person.callbackAfter(before);
      expect(url.href).toBe(`${POST_LOGOUT_REDIRECT_URI}?state=${state}`);
      expect(await silentError()).toBe('login_required');
    });

    it('oidcc-rp-initiated-logout-no-state', async () => {
      const before = person.callbackCount;
      await logout(right());
      const { url } = await person.callbackAfter(before);
      expect(url.href).toBe(POST_LOGOUT_REDIRECT_URI);
      expect(await silentError()).toBe('login_required');
    });
  });

  describe('modules that end at an error page', () => {
    /** The request is wrong: nothing happens, and no one is sent anywhere. */
    async function expectErrorPage(parameters: Record<string, string>): Promise<void> {
      const before = person.callbackCount;
      expect(await logout(parameters)).toBe(400);
      await expectStayed(before);
      expect(await person.page.locator('#request-id').count()).toBe(1);
      expect(await silentError()).toBeNull();
    }

    it('oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', () =>
      expectErrorPage({ ...right(), post_logout_redirect_uri: 'https://client.example/other', state: 's' }));

    it('oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', () =>
      expectErrorPage({ ...right(), post_logout_redirect_uri: `${POST_LOGOUT_REDIRECT_URI}?foo=bar` }));

    it('S-030 the URI of another client, by the hint of the one and by the name of the other', async () => {
      const elsewhere = 'https://client.example/elsewhere';
      const other = await createClient(idp, tenant, { post_logout_redirect_uris: [elsewhere] });
      await expectErrorPage({ ...right(), post_logout_redirect_uri: elsewhere });
      await expectErrorPage({ ...right(), client_id: other.client.client_id });
    });
  });

  describe('modules that end at a confirmation', () => {
    /** Nothing is proved, so the user is asked; then the session ends here, and the client is not called. */
    async function expectConfirmation(parameters: Record<string, string>): Promise<void> {
      const before = person.callbackCount;
      await logout(parameters);
      await expectStayed(before);
      expect(await person.page.locator('#logout-confirm').count()).toBe(1);
      expect(await silentError()).toBeNull();
      await confirm();
      await expectStayed(before);
      expect(await heading()).toBe('You are signed out');
      expect(await silentError()).toBe('login_required');
    }

    it('oidcc-rp-initiated-logout-modified-id-token-hint', async () => {
      const [, payload] = tokens.id_token!.split('.');
      const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      await expectConfirmation({ ...right(), id_token_hint: `${header}.${payload}.`, state: 's' });
    });

    it('oidcc-rp-initiated-logout-bad-id-token-hint', async () => {
      const { privateKey, kid, alg } = await newClientKey('own');
      const forged = await new SignJWT({ ...tokens.claims()!, iss: app.client.client_id, aud: tenant.issuer })
        .setProtectedHeader({ alg, kid })
        .sign(privateKey);
      await expectConfirmation({ ...right(), id_token_hint: forged, state: 's' });
    });

    it('oidcc-rp-initiated-logout-no-id-token-hint', () =>
      expectConfirmation({ post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI, state: 's' }));

    it('oidcc-rp-initiated-logout-no-params', () => expectConfirmation({}));

    it('oidcc-rp-initiated-logout-only-state', () => expectConfirmation({ state: 's' }));
  });

  it('oidcc-rp-initiated-logout-no-post-logout-redirect-uri', async () => {
    const before = person.callbackCount;
    await logout({ id_token_hint: tokens.id_token!, state: 's' });
    await expectStayed(before);
    expect(await heading()).toBe('You are signed out');
    expect(await silentError()).toBe('login_required');
  });

  describe('OIDC RP-Initiated Logout §3, §4', () => {
    it('with a client_id instead of a hint the user is asked, and then sent to where the client said', async () => {
      const before = person.callbackCount;
      const { client_id } = app.client;
      await logout({ client_id, post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI, state: 'x y&z' });
      await expectStayed(before);
      expect(await person.page.innerText('body')).toContain('Photos');
      await confirm();
      const { parameters } = await person.callbackAfter(before);
      expect([...parameters]).toEqual([['state', 'x y&z']]);
      expect(await silentError()).toBe('login_required');
    });

    it('a hint that is long past its end still counts', async () => {
      idp.clock.forward(3000);
      const before = person.callbackCount;
      await logout(right());
      expect((await person.callbackAfter(before)).url.href).toBe(POST_LOGOUT_REDIRECT_URI);
      idp.clock.reset();
    });

    it('the hint of another user than the one who is signed in is asked about first', async () => {
      const { credentials: bob } = await createUser(idp, tenant, { username: `bob-${Date.now()}` });
      const theirs = await obtainTokens(new HttpPerson(), config, { credentials: bob });
      const before = person.callbackCount;
      await logout({ ...right(), id_token_hint: theirs.id_token! });
      await expectStayed(before);
      expect(await person.page.innerText('body')).toContain(user.username);
      expect(await silentError()).toBeNull();
    });

    it('S-093 an access token is no hint', async () => {
      const before = person.callbackCount;
      await logout({ ...right(), id_token_hint: tokens.access_token });
      await expectStayed(before);
      expect(await silentError()).toBeNull();
    });

    it('by POST from the client’s site, as by GET', async () => {
      const before = person.callbackCount;
      await person.post(openid.buildEndSessionUrl(config, { ...right(), state: 'posted' }));
      expect((await person.callbackAfter(before)).parameters.get('state')).toBe('posted');
      expect(await silentError()).toBe('login_required');
    });

    it('whoever is signed out already is sent on, and asked nothing', async () => {
      await person.context.clearCookies();
      const before = person.callbackCount;
      await logout({ ...right(), state: 's' });
      expect((await person.callbackAfter(before)).parameters.get('state')).toBe('s');
    });
  });

  it('OIDC Core §11 S-076 what was granted in the session ends with it, offline access aside', async () => {
    const parameters = { scope: 'openid offline_access', prompt: 'consent' };
    const lasting = await obtainTokens(person, config, { parameters });
    const before = person.callbackCount;
    await logout(right());
    await person.callbackAfter(before);
    expect(await openid.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
    expect(await openid.tokenIntrospection(config, lasting.access_token)).toMatchObject({ active: true });
    expect((await openid.refreshTokenGrant(config, lasting.refresh_token!)).access_token).toMatch(/./);
  });
});
