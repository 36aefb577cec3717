import { ClientsService, type NewClient } from '@tokenidp/clients';
import type { ResponseMode } from '@tokenidp/kernel';
import type { NewTenant, Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { JWK, JWTPayload } from 'jose';
import * as openid from 'openid-client';
import type { Browser } from 'playwright-core';
import type { Callback, Credentials, Person } from './browser';
import { CLAIMS_OF_SCOPE, expectCode, expectIdToken, expectTokenAnswer, expectUserInfo } from './conformance';
import { ConformanceClient } from './conformance-client';
import { createClient, createUser, REDIRECT_URI } from './fixtures';
import { HttpPerson, type Visitor } from './http-person';
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

/** The provider with one tenant and its user, people with a screen or without, and the flows that the suite's modules are made of. */
export class ConformancePlan {
  private readonly people: Person[] = [];
  private browser: Promise<Browser> | undefined;
  private house: ConformanceClient | undefined;

  private constructor(
    readonly idp: TestIdp,
    readonly tenant: Tenant,
    private readonly ada: { user: User; credentials: Credentials },
  ) {}

  static async start(
    tenant: Partial<NewTenant> = {},
    environment: Record<string, string> = {},
  ): Promise<ConformancePlan> {
    const idp = await startIdp({ environment });
    const created = await idp.createTenant({ slug: 'acme', ...tenant });
    return new ConformancePlan(idp, created, await createUser(idp, created));
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
    await (await this.browser)?.close();
    await this.idp.close();
  }

  /** Somebody at Chromium without a cookie, where the client's site is that of the fixtures unless told. */
  async person(clientOrigin?: string): Promise<Person> {
    const { launchBrowser, Person: Somebody } = await import('./browser.js');
    this.browser ??= launchBrowser();
    const person = await Somebody.at(await this.browser, clientOrigin);
    this.people.push(person);
    return person;
  }

  /** The same, signed in by a sign-in that nobody looked at. */
  async signedIn(clientOrigin?: string): Promise<Person> {
    const [person, resident] = await Promise.all([this.person(clientOrigin), this.resident()]);
    await resident.lend(person.context, this.tenant.issuer);
    return person;
  }

  /** Somebody without a screen and without a cookie. */
  visitor(): HttpPerson {
    return new HttpPerson();
  }

  /** Somebody without a screen, who stays signed in from one test to the next. */
  async resident(): Promise<HttpPerson> {
    const resident = this.visitor();
    this.house ??= await this.app({ consent: 'implicit' });
    await resident.authorize((await this.house.request()).url, this.credentials);
    return resident;
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
    person: Visitor,
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
  async loginAgain(app: ConformanceClient, person: Visitor, parameters: Record<string, string>): Promise<Login> {
    const request = await app.request(parameters);
    const before = person.callbackCount;
    await person.open(request.url);
    expect(await person.asksToSignIn()).toBe(true);
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
