import { ClientsService, type NewClient } from '@tokenidp/clients';
import type { ResponseMode } from '@tokenidp/kernel';
import type { NewTenant, Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { JWK, JWTPayload } from 'jose';
import * as openid from 'openid-client';
import type { Browser } from 'playwright-core';
import { type Callback, type Credentials, launchBrowser, Person } from './browser';
import { CLAIMS_OF_SCOPE, expectCode, expectIdToken, expectTokenAnswer, expectUserInfo } from './conformance';
import { ConformanceClient } from './conformance-client';
import { createClient, createUser, REDIRECT_URI } from './fixtures';
import { startIdp, type TestIdp } from './idp';
import type { PreparedRequest, Tokens } from './stock-client';

/** A sign-in from the request to the claims of the user, all of it looked at. */
export interface Login {
  request: PreparedRequest;
  callback: Callback;
  tokens: Tokens;
  /** of the ID token */
  claims: JWTPayload & { sub: string; auth_time: number };
  userinfo: Readonly<Record<string, unknown>>;
}

export interface LoginOptions {
  /** claims asked for by the parameter `claims` */
  requested?: { id_token?: readonly string[]; userinfo?: readonly string[] };
  /** false: a page to sign in would be a failure */
  signsIn?: boolean;
}

/** The provider with one tenant and its user, browsers, and the flows that the suite's modules are made of. */
export class ConformancePlan {
  private readonly people: Person[] = [];

  private constructor(
    readonly idp: TestIdp,
    readonly browser: Browser,
    readonly tenant: Tenant,
    private readonly ada: { user: User; credentials: Credentials },
  ) {}

  static async start(
    tenant: Partial<NewTenant> = {},
    environment: Record<string, string> = {},
  ): Promise<ConformancePlan> {
    const [idp, browser] = await Promise.all([startIdp({ environment }), launchBrowser()]);
    const created = await idp.createTenant({ slug: 'acme', ...tenant });
    return new ConformancePlan(idp, browser, created, await createUser(idp, created));
  }

  /** Who has every standard claim. */
  get user(): User {
    return this.ada.user;
  }

  get credentials(): Credentials {
    return this.ada.credentials;
  }

  /** Between two tests: no clock and no browser is left as the test has made it. */
  async tidy(): Promise<void> {
    this.idp.clock.reset();
    await Promise.all(this.people.splice(0).map(({ context }) => context.close()));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.idp.close();
  }

  /** Somebody at a browser without a cookie, where the client's site is that of the fixtures unless told. */
  async person(clientOrigin?: string): Promise<Person> {
    const person = await Person.at(this.browser, clientOrigin);
    this.people.push(person);
    return person;
  }

  /** Somebody who stays signed in from one test to the next. */
  async resident(): Promise<Person> {
    const person = await Person.at(this.browser);
    const app = await this.app({ consent: 'implicit' });
    await person.authorize((await app.request()).url, this.credentials);
    return person;
  }

  /** An application that is new to everybody, and the library that drives it. */
  async app(metadata: Partial<NewClient> = {}, responseMode?: ResponseMode): Promise<ConformanceClient> {
    return ConformanceClient.discover(this.tenant, await createClient(this.idp, this.tenant, metadata), {
      responseMode,
    });
  }

  /** The same, of a client that registered itself: standard members and standard defaults only. */
  async registeredApp(metadata: Partial<NewClient> = {}, responseMode?: ResponseMode): Promise<ConformanceClient> {
    const { client, secret = '' } = await this.idp
      .get(ClientsService)
      .create(this.tenant, { redirect_uris: [REDIRECT_URI], ...metadata }, { origin: 'registered' });
    return ConformanceClient.discover(this.tenant, { client, secret }, { responseMode });
  }

  /** Somebody else, by a name that begins like this. */
  async newUser(name: string, more: string): Promise<Credentials> {
    return (await createUser(this.idp, this.tenant, { username: `${name}.${more}` })).credentials;
  }

  /** The keys that the tenant publishes. */
  async keys(app: ConformanceClient): Promise<JWK[]> {
    const response = await fetch(app.config.serverMetadata().jwks_uri!);
    return ((await response.json()) as { keys: JWK[] }).keys;
  }

  /** The whole flow, with the checks of every step. */
  async login(
    app: ConformanceClient,
    person: Person,
    parameters: Record<string, string> = {},
    options: LoginOptions = {},
  ): Promise<Login> {
    const request = await app.request(parameters);
    const callback = await person.authorize(request.url, options.signsIn === false ? undefined : this.credentials);
    return this.finish(app, { request, callback }, options.requested);
  }

  /** From the answer of the authorization endpoint to the claims of the user. */
  async finish(
    app: ConformanceClient,
    { request, callback }: Pick<Login, 'request' | 'callback'>,
    requested: LoginOptions['requested'] = {},
  ): Promise<Login> {
    expectCode(callback, request, this.tenant.issuer);
    const tokens = await app.redeem(callback, request);
    expectTokenAnswer(app.lastAnswer);
    const claims = (await this.idToken(
      app,
      tokens,
      request.checks.expectedNonce,
      requested.id_token,
    )) as Login['claims'];
    const userinfo = await openid.fetchUserInfo(app.config, tokens.access_token, claims.sub);
    expect(app.lastAnswer.headers.get('content-type')).toMatch(/^application\/json\b/);
    const ofScopes = (tokens.scope ?? '').split(' ').flatMap((scope) => CLAIMS_OF_SCOPE[scope] ?? []);
    expectUserInfo(userinfo, { sub: claims.sub, names: [...new Set([...ofScopes, ...(requested.userinfo ?? [])])] });
    return { request, callback, tokens, claims, userinfo };
  }

  /** A request that a session does not answer: the page to sign in comes first, whatever the browser remembers. */
  async loginAgain(app: ConformanceClient, person: Person, parameters: Record<string, string>): Promise<Login> {
    const request = await app.request(parameters);
    const before = person.callbackCount;
    await person.open(request.url);
    expect(await person.page.locator('#login-submit').count()).toBe(1);
    expect(person.callbackCount).toBe(before);
    await person.signIn(this.credentials);
    return this.finish(app, { request, callback: await person.callbackAfter(before) });
  }

  /** The claims of an ID token that passed every check. */
  async idToken(
    app: ConformanceClient,
    tokens: Tokens,
    nonce?: string,
    requested?: readonly string[],
  ): Promise<JWTPayload> {
    expect(tokens.id_token).toBeDefined();
    const { issuer } = this.tenant;
    const now = this.idp.clock.now();
    const keys = await this.keys(app);
    const expected = { keys, issuer, clientId: app.clientId, nonce, accessToken: tokens.access_token, now, requested };
    return expectIdToken(tokens.id_token!, expected);
  }
}
