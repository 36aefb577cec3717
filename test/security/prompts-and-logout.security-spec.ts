import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createClient, createUser, POST_LOGOUT_REDIRECT_URI } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const MUST_BE_PHR = JSON.stringify({ id_token: { acr: { essential: true, values: ['phr'] } } });
const AFTERWARDS = { post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI };

describe('who is asked what', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let flow: CodeFlow;
  let ada: { user: User; credentials: Credentials };
  let bob: { user: User; credentials: Credentials };

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    flow = await CodeFlow.of(tenant, await createClient(idp, tenant));
    ada = await createUser(idp, tenant);
    bob = await createUser(idp, tenant, { username: 'bob' });
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  /** Somebody who is signed in and has allowed the application everything, and an ID token about them. */
  async function signedIn(who = ada, at = flow): Promise<{ browser: HttpBrowser; hint: string }> {
    const browser = new HttpBrowser();
    const tokens = await at.tokens(await at.code(browser, { credentials: who.credentials }));
    return { browser, hint: tokens.id_token! };
  }

  type Asked = 'sign in' | 'consent' | 'nothing' | string;

  /** What is asked next: a page, nothing (a code), or the error that goes to the client. */
  async function asked(browser: HttpBrowser, parameters: Record<string, string>, at = flow): Promise<Asked> {
    const page = await browser.open((await at.request(parameters)).url.href);
    if (page.status === 303) return callbackOf(page).searchParams.get('error') ?? 'nothing';
    if (page.body.includes('id="login-submit"')) return 'sign in';
    return page.body.includes('id="consent-allow"') ? 'consent' : page.body;
  }

  describe('S-126 OIDC Core §3.1.2.1, §3.1.2.6', () => {
    it.each<[string, Asked, Record<string, string>]>([
      ['no wish', 'nothing', {}],
      ['prompt=none', 'nothing', { prompt: 'none' }],
      ['prompt=login', 'sign in', { prompt: 'login' }],
      ['prompt=consent', 'consent', { prompt: 'consent' }],
      ['prompt=select_account', 'sign in', { prompt: 'select_account' }],
      ['prompt=login consent', 'sign in', { prompt: 'login consent' }],
      ['prompt=none login, which is nonsense', 'invalid_request', { prompt: 'none login' }],
      ['a sign-in that is young enough', 'nothing', { max_age: '100' }],
      ['a sign-in that is too old', 'sign in', { max_age: '30' }],
      ['a sign-in that is too old, silently', 'login_required', { max_age: '30', prompt: 'none' }],
      ['max_age=0', 'sign in', { max_age: '0' }],
      ['an acr that is reached', 'nothing', { acr_values: 'urn:tokenidp:acr:single-factor' }],
      ['an acr that nobody reaches, as a wish', 'nothing', { acr_values: 'phr' }],
      ['an acr that nobody reaches, as a must', 'unmet_authentication_requirements', { claims: MUST_BE_PHR }],
    ])('S-126 %s: %s', async (_what, expected, parameters) => {
      const { browser } = await signedIn();
      idp.clock.forward(60);
      expect(await asked(browser, parameters)).toBe(expected);
    });

    it('S-126 nobody is signed in: silently an error, else a page', async () => {
      expect(await asked(new HttpBrowser(), { prompt: 'none' })).toBe('login_required');
      expect(await asked(new HttpBrowser(), {})).toBe('sign in');
    });

    it('S-126 a hint at the user who is signed in is met; at another one it never switches silently', async () => {
      const { browser, hint } = await signedIn(ada);
      const { hint: atBob } = await signedIn(bob);
      expect(await asked(browser, { id_token_hint: hint, prompt: 'none' })).toBe('nothing');
      expect(await asked(browser, { id_token_hint: atBob, prompt: 'none' })).toBe('login_required');
      expect(await asked(browser, { id_token_hint: atBob })).toBe('sign in');
      expect(await asked(browser, { claims: JSON.stringify({ id_token: { sub: { value: bob.user.id } } }) })).toBe(
        'sign in',
      );
      // Nobody has been signed out by the question.
      expect(await asked(browser, { prompt: 'none' })).toBe('nothing');
    });

    it('S-126 who signs in as somebody else than was asked for gets no code for that other user', async () => {
      const { hint: atBob } = await signedIn(bob);
      const { browser } = await signedIn(ada);
      const { url } = await flow.request({ id_token_hint: atBob });
      const wrong = callbackOf(await passThrough(browser, url, ada.credentials));
      expect([wrong.searchParams.get('error'), wrong.searchParams.has('code')]).toEqual(['login_required', false]);
      const right = await flow.code(browser, { credentials: bob.credentials, parameters: { id_token_hint: atBob } });
      expect((await flow.tokens(right)).claims()?.sub).toBe(bob.user.id);
    });

    it('S-126 S-090 a hint that is no ID token of ours for this client is an error', async () => {
      const { browser, hint } = await signedIn();
      const other = await CodeFlow.of(tenant, await createClient(idp, tenant));
      const { hint: ofOther } = await signedIn(ada, other);
      const { access_token } = await flow.tokens(await flow.code(browser));
      const [header, payload, signature] = hint.split('.') as [string, string, string];
      const none = Buffer.from('{"alg":"none"}').toString('base64url');
      const forged = [
        `${none}.${payload}.`,
        `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
        'x',
        access_token,
        ofOther,
      ];
      for (const id_token_hint of forged) {
        expect(await asked(browser, { id_token_hint })).toBe('invalid_request');
      }
    });
  });

  it('S-129 V7.6.2 a client that nobody has allowed anything gets nothing silently', async () => {
    const { browser } = await signedIn();
    const stranger = await CodeFlow.of(tenant, await createClient(idp, tenant));
    expect(await asked(browser, { prompt: 'none' }, stranger)).toBe('consent_required');
    expect(await asked(browser, {}, stranger)).toBe('consent');
    await stranger.code(browser);
    expect(await asked(browser, { prompt: 'none' }, stranger)).toBe('nothing');
    expect(await asked(browser, { prompt: 'none', scope: 'openid email' }, stranger)).toBe('consent_required');
  });

  describe('S-127 RP-Initiated Logout §2 a logout', () => {
    const leave = (browser: HttpBrowser, parameters: Record<string, string> = {}): Promise<HttpPage> =>
      browser.get(`${tenant.issuer}/logout?${new URLSearchParams(parameters)}`);
    const isSignedIn = async (browser: HttpBrowser): Promise<boolean> =>
      (await asked(browser, { prompt: 'none' })) === 'nothing';

    it.each<[string, (hint: string) => Record<string, string>]>([
      ['without anything', () => ({})],
      ['with a client alone', () => ({ client_id: flow.app.client.client_id })],
      ['with a client and where to go', () => ({ client_id: flow.app.client.client_id, ...AFTERWARDS })],
      ['with a hint that is made up', () => ({ id_token_hint: 'a.b.c' })],
      ['with a hint that was changed', (hint) => ({ id_token_hint: `${hint.slice(0, -4)}AAAA`, ...AFTERWARDS })],
      ['with the name of a user', () => ({ logout_hint: 'ada' })],
      ['with a confirmation that is made up', () => ({ confirmation: 'e30.AAAA' })],
    ])('S-127 %s asks first, and leaves the session alone', async (_what, parameters) => {
      const { browser, hint } = await signedIn();
      const page = await leave(browser, parameters(hint));
      expect([page.status, page.cookies]).toEqual([200, []]);
      expect(page.body).toContain('id="logout-confirm"');
      expect(await isSignedIn(browser)).toBe(true);
      await browser.submit(page, 'confirm');
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('S-127 with a hint at another user asks first', async () => {
      const { hint: atBob } = await signedIn(bob);
      const { browser } = await signedIn(ada);
      expect((await leave(browser, { id_token_hint: atBob })).body).toContain('id="logout-confirm"');
      expect(await isSignedIn(browser)).toBe(true);
    });

    it('S-127 with a hint at the user, an old one too, needs no click', async () => {
      const { browser, hint } = await signedIn();
      idp.clock.forward(1200);
      const page = await leave(browser, { id_token_hint: hint, ...AFTERWARDS });
      expect([page.status, page.headers.get('location')]).toEqual([303, POST_LOGOUT_REDIRECT_URI]);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('S-127 S-124 the click counts for the session that the page was made for, for a while, in its tenant', async () => {
      const [mine, theirs] = [await signedIn(ada), await signedIn(bob)];
      const [confirmation] = [...(await leave(theirs.browser)).forms.values()].map((fields) => fields.confirmation!);
      const confirm = (browser: HttpBrowser, value: string, issuer = tenant.issuer): Promise<HttpPage> =>
        browser.post(`${issuer}/logout/confirm`, { confirmation: value });
      for (const value of [confirmation!, `${confirmation!.slice(0, -2)}AA`, '', 'e30.', 'x']) {
        await confirm(mine.browser, value);
        expect(await isSignedIn(mine.browser)).toBe(true);
      }
      const globex = await idp.createTenant({ slug: 'globex' });
      expect((await confirm(theirs.browser, confirmation!, globex.issuer)).status).toBe(400);
      idp.clock.forward(1801);
      expect((await confirm(theirs.browser, confirmation!)).status).toBe(400);
      idp.clock.reset();
      expect(await isSignedIn(theirs.browser)).toBe(true);
      await confirm(theirs.browser, confirmation!);
      expect(await isSignedIn(theirs.browser)).toBe(false);
      expect(await isSignedIn(mine.browser)).toBe(true);
    });

    it('S-127 S-030 where it leads was decided when it was asked: the form cannot change it', async () => {
      const { browser } = await signedIn();
      const page = await leave(browser, { client_id: flow.app.client.client_id, ...AFTERWARDS, state: 'kept' });
      const left = await browser.submit(page, 'confirm', {
        post_logout_redirect_uri: 'https://evil.example/',
        state: 'changed',
        client_id: 'other',
      });
      expect(left.headers.get('location')).toBe(`${POST_LOGOUT_REDIRECT_URI}?state=kept`);
    });

    it('S-127 by the library: what it builds works', async () => {
      const { browser, hint } = await signedIn();
      const url = openid.buildEndSessionUrl(flow.config, { id_token_hint: hint, ...AFTERWARDS });
      expect((await browser.get(url.href)).headers.get('location')).toBe(POST_LOGOUT_REDIRECT_URI);
    });
  });
});
