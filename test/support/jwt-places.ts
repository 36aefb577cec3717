import { Signer } from '@tokenidp/keys';
import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload } from 'jose';
import { AssertingClients } from './asserting-clients';
import { type ClientKey, newClientKey } from './client-key';
import { CodeFlow } from './code-flow';
import { createApi, createClient, createUser, POST_LOGOUT_REDIRECT_URI, type TestClient } from './fixtures';
import { basic, postForm, send } from './http';
import { HttpBrowser } from './http-browser';
import type { Tokens } from './stock-client';

/** Where a JWT may be presented. */
export const PLACES = ['userinfo', 'introspection', 'id_token_hint', 'logout', 'assertion', 'request'] as const;
export type Place = (typeof PLACES)[number];

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

type Parties = Pick<JwtPlaces, 'suite' | 'flow' | 'browser' | 'tokens' | 'keyed' | 'asking' | 'stranger'>;

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

  private constructor(parties: Parties) {
    this.suite = parties.suite;
    this.flow = parties.flow;
    this.browser = parties.browser;
    this.tokens = parties.tokens;
    this.keyed = parties.keyed;
    this.asking = parties.asking;
    this.stranger = parties.stranger;
  }

  static async start(environment: Record<string, string> = {}): Promise<JwtPlaces> {
    const suite = await AssertingClients.start(environment);
    const app = await createClient(suite.idp, suite.tenant, { userinfo_signed_response_alg: 'ES256' });
    await createApi(suite.idp, suite.tenant, [app.client]);
    const flow = await CodeFlow.of(suite.tenant, app);
    const browser = new HttpBrowser();
    const { credentials } = await createUser(suite.idp, suite.tenant);
    const tokens = await flow.tokens(await flow.code(browser, { credentials }));
    const [keyed, stranger] = [await suite.signing(), await newClientKey('stranger')];
    const asking = await createClient(suite.idp, suite.tenant, {
      ...{ consent: 'implicit', require_signed_request_object: true, jwks: { keys: [suite.key.publicJwk] } },
    });
    return new JwtPlaces({ suite, flow, browser, tokens, keyed, asking, stranger });
  }

  close(): Promise<void> {
    return this.suite.close();
  }

  /** What is right at each place. */
  async right(place: Place): Promise<string> {
    if (place === 'assertion') return this.suite.sign(this.suite.claims(this.keyed));
    if (place === 'request') return this.suite.sign(await this.requestClaims());
    return place === 'userinfo' || place === 'introspection' ? this.tokens.access_token : this.tokens.id_token!;
  }

  /** Whether it is taken there for what it says; fails when it is neither taken nor refused as it should be. */
  isTaken(place: Place, jwt: string): Promise<boolean> {
    if (place === 'userinfo') return this.atUserinfo(jwt);
    if (place === 'introspection') return this.atIntrospection(jwt);
    if (place === 'id_token_hint') return this.asHint(jwt);
    if (place === 'request') return this.asRequest(jwt);
    return place === 'logout' ? this.atLogout(jwt) : this.asAssertion(jwt);
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
