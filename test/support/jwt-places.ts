import type { NewClient } from '@tokenidp/clients';
import { TOKEN_TYPES } from '@tokenidp/kernel';
import { Signer } from '@tokenidp/keys';
import { TenantsService } from '@tokenidp/tenancy';
import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload } from 'jose';
import { AssertingClients } from './asserting-clients';
import { callClaims, isAskable } from './backchannel-places';
import { createAsker } from './ciba-flow';
import { type ClientKey, newClientKey } from './client-key';
import { CodeFlow } from './code-flow';
import {
  createApi,
  createClient,
  createMachine,
  createUser,
  POST_LOGOUT_REDIRECT_URI,
  type TestClient,
} from './fixtures';
import { basic, postForm, send } from './http';
import { HttpBrowser } from './http-browser';
import type { Tokens } from './stock-client';
import { OutsideIssuer } from './trusted-issuer';

/** Where a JWT may be presented. */
export const PLACES = [
  'userinfo',
  'introspection',
  'id_token_hint',
  'logout',
  'assertion',
  'request',
  'subject_token',
  'subject_token (ID token)',
  'actor_token',
  'grant assertion',
  'backchannel id_token_hint',
  'backchannel request',
  'login_hint_token',
] as const;
export type Place = (typeof PLACES)[number];

/** Where access tokens of the tenant's own belong; elsewhere it is ID tokens, or JWTs of somebody else. */
export const ACCESS_TOKEN_PLACES: readonly Place[] = ['userinfo', 'introspection', 'subject_token', 'actor_token'];
export const FOREIGN_PLACES: readonly Place[] = [
  ...(['assertion', 'request', 'grant assertion', 'backchannel request', 'login_hint_token'] as const),
];

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const CIBA = 'urn:openid:params:grant-type:ciba';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

type Parties = Pick<
  JwtPlaces,
  'suite' | 'flow' | 'browser' | 'tokens' | 'keyed' | 'asking' | 'stranger' | 'outside' | 'bearer' | 'caller'
>;

/** A server with each place that takes a JWT, somebody who has signed in, and the JWTs that are right. */
export class JwtPlaces {
  readonly suite: AssertingClients;
  readonly flow: CodeFlow;
  readonly browser: HttpBrowser;
  readonly tokens: Tokens;
  readonly keyed: TestClient;
  /** an application that has to sign its requests, with the same key */
  readonly asking: TestClient;
  /** of nobody that the server knows */
  readonly stranger: ClientKey;
  /** whose assertions are grants */
  readonly outside: OutsideIssuer;
  /** presents them */
  readonly bearer: TestClient;
  /** has to sign what it asks in the backchannel, with the same key */
  readonly caller: TestClient;

  private constructor(parties: Parties) {
    ({ suite: this.suite, flow: this.flow, browser: this.browser, tokens: this.tokens } = parties);
    ({ keyed: this.keyed, asking: this.asking, caller: this.caller, bearer: this.bearer } = parties);
    ({ stranger: this.stranger, outside: this.outside } = parties);
  }

  static async start(environment: Record<string, string> = {}): Promise<JwtPlaces> {
    const suite = await AssertingClients.start(environment);
    const { idp, tenant } = suite;
    const limits = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
    await idp.get(TenantsService).updateSettings(tenant.id, { limits });
    const app = await createClient(idp, tenant, {
      grant_types: ['authorization_code', 'refresh_token', EXCHANGE, CIBA],
      backchannel_token_delivery_mode: 'poll',
      userinfo_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
    });
    await createApi(idp, tenant, [app.client]);
    const flow = await CodeFlow.of(suite.tenant, app);
    const browser = new HttpBrowser();
    const { credentials } = await createUser(suite.idp, suite.tenant);
    const tokens = await flow.tokens(await flow.code(browser, { credentials }));
    const [keyed, stranger] = [await suite.signing(), await newClientKey('stranger')];
    const asking = await createClient(idp, tenant, {
      ...{ consent: 'implicit', require_signed_request_object: true, jwks: { keys: [suite.key.publicJwk] } },
    });
    const outside = await OutsideIssuer.of(idp, tenant, { audiences: [tenant.issuer] });
    const bearer = await createMachine(idp, tenant, { grant_types: [JWT_BEARER] });
    const caller = await createAsker(idp, tenant, {
      jwks: { keys: [suite.key.publicJwk] },
      backchannel_authentication_request_signing_alg: 'ES256',
    } as Partial<NewClient>);
    return new JwtPlaces({ suite, flow, browser, tokens, keyed, asking, stranger, outside, bearer, caller });
  }

  close(): Promise<void> {
    return this.suite.close();
  }

  /** What is right at each place. */
  async right(place: Place): Promise<string> {
    if (place === 'assertion') return this.suite.sign(this.suite.claims(this.keyed));
    if (place === 'request') return this.suite.sign(await this.requestClaims());
    if (place === 'grant assertion') return this.outside.assertion('ada');
    if (place === 'backchannel request') return this.suite.sign(callClaims(this.suite.claims(this.caller)));
    if (place === 'login_hint_token') return this.hintToken();
    return ACCESS_TOKEN_PLACES.includes(place) ? this.tokens.access_token : this.tokens.id_token!;
  }

  /** Whether it is taken there for what it says; fails when it is neither taken nor refused as it should be. */
  isTaken(place: Place, jwt: string): Promise<boolean> {
    if (place === 'userinfo') return this.atUserinfo(jwt);
    if (place === 'introspection') return this.atIntrospection(jwt);
    if (place === 'id_token_hint') return this.asHint(jwt);
    if (place === 'request') return this.asRequest(jwt);
    if (place === 'logout') return this.atLogout(jwt);
    if (place === 'assertion') return this.asAssertion(jwt);
    if (place.startsWith('backchannel') || place === 'login_hint_token') return this.atBackchannel(place, jwt);
    return place === 'grant assertion' ? this.asGrant(jwt) : this.atExchange(place, jwt);
  }

  private async atExchange(place: Place, jwt: string): Promise<boolean> {
    const isId = place === 'subject_token (ID token)';
    const form: Record<string, string> = {
      grant_type: EXCHANGE,
      subject_token: place === 'actor_token' ? this.tokens.access_token : jwt,
      subject_token_type: isId ? TOKEN_TYPES.idToken : TOKEN_TYPES.accessToken,
      ...(place === 'actor_token' && { actor_token: jwt, actor_token_type: TOKEN_TYPES.accessToken }),
    };
    return this.atToken(form, this.flow.app, 'invalid_request');
  }

  /** Of an issuer that is trusted, and by its type good for nothing else. */
  hintToken(): Promise<string> {
    return this.outside.sign(this.outside.claims('ada'), { typ: 'login-hint+jwt' });
  }

  /** By the one client that may give such a hint, or by the one that signs. */
  private atBackchannel(place: Place, jwt: string): Promise<boolean> {
    const name = place.replace('backchannel ', '');
    return isAskable(this.suite.tenant, name === 'request' ? this.caller : this.flow.app, name, jwt);
  }

  private asGrant(assertion: string): Promise<boolean> {
    return this.atToken({ grant_type: JWT_BEARER, assertion, scope: 'openid' }, this.bearer, 'invalid_grant');
  }

  private async atToken(form: Record<string, string>, by: TestClient, refusal: string): Promise<boolean> {
    const answer = await postForm(`${this.suite.tenant.issuer}/token`, form, basic(by.client.client_id, by.secret));
    if (answer.status !== 200) expect([answer.status, answer.json?.error]).toEqual([400, refusal]);
    return answer.status === 200;
  }

  private async atUserinfo(jwt: string): Promise<boolean> {
    const headers = { authorization: `Bearer ${jwt}` };
    const answer = await send(`${this.suite.tenant.issuer}/userinfo`, { headers });
    if (answer.status !== 200) expect([answer.status, answer.json?.error]).toEqual([401, 'invalid_token']);
    return answer.status === 200;
  }

  private async atIntrospection(jwt: string): Promise<boolean> {
    const { client, secret } = this.flow.app;
    const url = `${this.suite.tenant.issuer}/introspect`;
    const answer = await postForm(url, { token: jwt }, basic(client.client_id, secret));
    expect(answer.status).toBe(200);
    if (answer.json?.active !== true) expect(answer.text).toBe('{"active":false}');
    return answer.json?.active === true;
  }

  private async asHint(jwt: string): Promise<boolean> {
    const { url } = await this.flow.request({ prompt: 'none' });
    const form = { ...Object.fromEntries(url.searchParams), id_token_hint: jwt };
    const page = await this.browser.post(url.origin + url.pathname, form);
    const answered = new URL(page.headers.get('location') ?? 'about:blank').searchParams;
    if (!answered.has('code')) expect([page.status, answered.get('error')]).toEqual([303, 'invalid_request']);
    return answered.has('code');
  }

  /** What the application says in a request object. */
  async requestClaims(): Promise<JWTPayload> {
    const { url } = await this.flow.request();
    const { client_id } = this.asking.client;
    const { sub: _sub, ...about } = this.suite.claims(this.asking);
    return { ...about, ...Object.fromEntries(url.searchParams), client_id, nbf: about.iat };
  }

  private async asRequest(request: string): Promise<boolean> {
    const form = { client_id: this.asking.client.client_id, request };
    const page = await this.browser.post(`${this.suite.tenant.issuer}/authorize`, form);
    const answered = new URL(page.headers.get('location') ?? 'about:blank').searchParams;
    if (!answered.has('code')) expect([page.status, answered.get('error')]).toEqual([303, 'invalid_request_object']);
    return answered.has('code');
  }

  /** Somebody who is not signed in is sent back at once, at the word of whoever may say so. */
  private async atLogout(jwt: string): Promise<boolean> {
    const form = { id_token_hint: jwt, post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI };
    const page = await new HttpBrowser().post(`${this.suite.tenant.issuer}/logout`, form);
    expect([200, 303, 400]).toContain(page.status);
    return page.headers.get('location')?.startsWith(POST_LOGOUT_REDIRECT_URI) ?? false;
  }

  private async asAssertion(jwt: string): Promise<boolean> {
    const answer = await this.suite.present(jwt);
    if (answer.status !== 200) expect([answer.status, answer.json?.error]).toEqual([401, 'invalid_client']);
    return answer.status === 200;
  }

  /** The public key that verifies it. */
  async publicKey(jwt: string): Promise<JWK> {
    const { kid } = decodeProtectedHeader(jwt);
    if (kid === this.suite.key.kid) return this.suite.key.publicJwk;
    if (kid === this.outside.key.kid) return this.outside.key.publicJwk;
    const { json } = await send(`${this.suite.tenant.issuer}/.well-known/jwks.json`);
    return (json!.keys as JWK[]).find((each) => each.kid === kid)!;
  }

  /** The same claims under another header; signed by the stranger unless told how. */
  async forge(jwt: string, header: object, sign?: (input: string) => string): Promise<string> {
    const claims = { ...decodeJwt(jwt), jti: randomUUID() };
    const protectedHeader = { ...decodeProtectedHeader(jwt), ...header };
    if (!sign) return this.suite.sign(claims, protectedHeader as { alg: string }, this.stranger.privateKey);
    const input = `${encode(protectedHeader)}.${encode(claims)}`;
    return `${input}.${sign(input)}`;
  }

  /** By the tenant's own key. */
  signed(type: 'JWT' | 'at+jwt' | 'logout+jwt', claims: object): Promise<string> {
    return this.suite.idp.get(Signer).sign(this.suite.tenant, { algorithm: 'ES256', type, claims });
  }
}
