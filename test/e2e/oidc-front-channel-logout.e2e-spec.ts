import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import type { Browser, Request } from 'playwright-core';
import { type Credentials, launchBrowser, Person } from '../support/browser';
import { createClient, createUser, POST_LOGOUT_REDIRECT_URI } from '../support/fixtures';
import { HttpPerson } from '../support/http-person';
import { startIdp, type TestIdp } from '../support/idp';
import { obtainTokens, prepareRequest, relyingParty, type Tokens } from '../support/stock-client';

const FRAME = 'https://client.example/frontchannel_logout';

describe('OIDC Front-Channel Logout §2, §3', () => {
  let idp: TestIdp;
  let browser: Browser;
  let tenant: Tenant;
  let credentials: Credentials;
  let person: Person;
  let asked: Request[];
  let atPage = false;

  beforeAll(async () => {
    [idp, browser] = await Promise.all([startIdp(), launchBrowser()]);
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
  });

  beforeEach(() => at(true));

  afterEach(() => person.context.close());

  afterAll(async () => {
    await browser?.close();
    await idp?.close();
  });

  async function at(javaScriptEnabled: boolean): Promise<void> {
    await person?.context.close();
    person = await Person.at(browser, 'https://client.example', { javaScriptEnabled });
    asked = [];
    atPage = false;
    await person.context.route('https://other.example/**', (route) => route.fulfill({ body: 'bye' }));
    person.context.on('request', (request) => {
      if (request.url().includes('/frontchannel_logout')) asked.push(request);
    });
  }

  async function enter(metadata: Partial<NewClient>): Promise<{ config: openid.Configuration; tokens: Tokens }> {
    const app = await createClient(idp, tenant, { consent: 'implicit', ...metadata });
    const config = await relyingParty(tenant, app);
    return { config, tokens: await signIn(config) };
  }

  /** At the page, or where nobody looks; further clients of the session come in by the cookies. */
  async function signIn(config: openid.Configuration): Promise<Tokens> {
    if (atPage) return obtainTokens(person, config, { credentials });
    const visitor = await HttpPerson.like(person.context, tenant.issuer);
    const tokens = await obtainTokens(visitor, config, { credentials });
    await visitor.lend(person.context, tenant.issuer);
    return tokens;
  }

  const withSession = { frontchannel_logout_uri: FRAME, frontchannel_logout_session_required: true };

  /** Asks for the logout; returns the policy of the page that is shown first, if one is. */
  async function logout(config: openid.Configuration, parameters: Record<string, string>): Promise<string | undefined> {
    const policies: string[] = [];
    person.page.on('response', (response) => {
      if (response.request().isNavigationRequest() && response.url().startsWith(`${tenant.issuer}/logout`)) {
        policies.push(response.headers()['content-security-policy'] ?? '');
      }
    });
    await person.open(openid.buildEndSessionUrl(config, parameters)).catch(() => undefined);
    return policies[0];
  }

  const right = ({ tokens }: { tokens: Tokens }) => ({
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI,
    state: 's1',
  });

  it('oidcc-frontchannel-logout-discovery-endpoint-verification', async () => {
    const { config } = await enter({});
    expect(config.serverMetadata()).toMatchObject({
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      end_session_endpoint: `${tenant.issuer}/logout`,
    });
  });

  it.each([true, false])('oidcc-frontchannel-rp-initiated-logout (JavaScript: %s)', async (javaScriptEnabled) => {
    if (!javaScriptEnabled) await at(false);
    atPage = javaScriptEnabled;
    const app = await enter(withSession);
    const before = person.callbackCount;
    const policy = await logout(app.config, right(app));
    const { url } = await person.leavesFor(POST_LOGOUT_REDIRECT_URI);
    expect(url.href).toBe(`${POST_LOGOUT_REDIRECT_URI}?state=s1`);
    expect(person.callbackCount).toBeGreaterThan(before);

    expect(asked).toHaveLength(1);
    const frame = new URL(asked[0]!.url());
    expect(`${frame.origin}${frame.pathname}`).toBe(FRAME);
    expect(Object.fromEntries(frame.searchParams)).toEqual({
      iss: tenant.issuer,
      sid: app.tokens.claims()!.sid,
    });
    expect(asked[0]!.frame().parentFrame()).not.toBeNull();
    expect(policy).toContain('; frame-src https://client.example;');
    const silent = await prepareRequest(app.config, { prompt: 'none' });
    const same = await HttpPerson.like(person.context, tenant.issuer);
    expect((await same.authorize(silent.url)).parameters.get('error')).toBe('login_required');
  });

  it('§3 every client of the session, each at its own origin; without a place to go on the page stays', async () => {
    await enter({ ...withSession, frontchannel_logout_session_required: false });
    const elsewhere = 'https://other.example/frontchannel_logout?tenant=a';
    await enter({
      redirect_uris: ['https://client.example/callback', 'https://other.example/cb'],
      frontchannel_logout_uri: elsewhere,
      frontchannel_logout_session_required: true,
    });
    const last = await enter({});
    const policy = await logout(last.config, { id_token_hint: last.tokens.id_token! });
    await person.page.waitForLoadState('load');
    const addresses = asked.map((each) => each.url()).sort();
    const { sid } = last.tokens.claims()!;
    const query = new URLSearchParams({ tenant: 'a', iss: tenant.issuer, sid: String(sid) });
    expect(addresses).toEqual([FRAME, `https://other.example/frontchannel_logout?${query}`]);
    expect(policy).toMatch(/; frame-src https:\/\/\S+ https:\/\/\S+;/);
    expect(policy).toContain('https://other.example');
    expect(await person.page.innerText('h1')).toBe('You are signed out');
    expect(await person.page.locator('iframe:visible').count()).toBe(0);
  });

  it('§3 a client whose page never loads holds nobody up', async () => {
    const app = await enter(withSession);
    await person.context.route(`${FRAME}**`, () => undefined);
    await logout(app.config, right(app));
    const { url } = await person.leavesFor(POST_LOGOUT_REDIRECT_URI);
    expect(url.searchParams.get('state')).toBe('s1');
  });

  it('§3 after the click of a confirmation as well; S-007 no page has more frames than these', async () => {
    const app = await enter(withSession);
    await person.open(openid.buildEndSessionUrl(app.config, { post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI }));
    expect(asked).toEqual([]);
    await person.page.click('#logout-confirm');
    await person.leavesFor(POST_LOGOUT_REDIRECT_URI);
    expect(asked).toHaveLength(1);
    const home = await person.open(`${tenant.issuer}/`);
    expect(home.headers()['content-security-policy']).not.toContain('frame-src');
  });

  it('§3 a session that had ended before, and one without such clients, goes on at once', async () => {
    const app = await enter({});
    await logout(app.config, right(app));
    await person.leavesFor(POST_LOGOUT_REDIRECT_URI);
    expect(asked).toEqual([]);
  });
});
