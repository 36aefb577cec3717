import type { NewClient } from '@tokenidp/clients';
import { JWT_BEARER_ASSERTION_TYPE } from '@tokenidp/kernel';
import type { NewTenant, Tenant, TenantSettingsPatch } from '@tokenidp/tenancy';
import { type CryptoKey, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import * as openid from 'openid-client';
import type { Credentials } from './browser';
import { type ClientKey, newClientKey } from './client-key';
import { callbackOf, passThrough } from './code-flow';
import { createClient, createUser, REDIRECT_URI, type TestClient } from './fixtures';
import { type Answer, postForm, type Sent } from './http';
import { HttpBrowser, type HttpPage } from './http-browser';
import { startIdp, type TestIdp } from './idp';
import { relyingParty } from './stock-client';

export const SECOND_REDIRECT_URI = `${REDIRECT_URI}?dummy1=lorem&dummy2=ipsum`;

const SETTINGS: TenantSettingsPatch = {
  keys: { algorithms: ['PS256', 'ES256'] },
  limits: { clientAuthFailuresPerMinute: 10_000 },
};

/** Parameters of an authorization request, and what its answer has to agree with. */
export interface Asked {
  parameters: Record<string, string>;
  checks: openid.AuthorizationCodeGrantChecks;
}

/** undefined takes a claim or parameter away */
type Changes = Record<string, unknown>;

const plain = (value: Changes): JWTPayload => JSON.parse(JSON.stringify(value)) as JWTPayload;

/** A tenant whose clients prove themselves by keys of their own, push their requests, and sign them. */
export class PushingClients {
  private constructor(
    readonly idp: TestIdp,
    readonly tenant: Tenant,
    readonly credentials: Credentials,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<PushingClients> {
    return PushingClients.in(await startIdp({ environment }));
  }

  /** In a tenant of its own at a server that is there already. */
  static async in(idp: TestIdp, { slug = 'acme', settings = {} }: Partial<NewTenant> = {}): Promise<PushingClients> {
    const tenant = await idp.createTenant({ slug, settings: { ...SETTINGS, ...settings } });
    return new PushingClients(idp, tenant, (await createUser(idp, tenant)).credentials);
  }

  close(): Promise<void> {
    return this.idp.close();
  }

  /** Has to push its requests, unless told otherwise, and is not asked about by a page. */
  async client(alg = 'PS256', metadata: Partial<NewClient> = {}): Promise<PushingClient> {
    const key = await newClientKey(`key of ${alg}`, alg);
    const registration = await createClient(this.idp, this.tenant, {
      redirect_uris: [REDIRECT_URI, SECOND_REDIRECT_URI],
      security_profile: 'oauth21',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: alg,
      id_token_signed_response_alg: 'PS256',
      require_pushed_authorization_requests: true,
      consent: 'implicit',
      jwks: { keys: [key.publicJwk] },
      ...metadata,
    } as Partial<NewClient>);
    const authentication = openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid });
    return new PushingClient(
      this,
      registration,
      key,
      await relyingParty(this.tenant, registration, { authentication }),
    );
  }
}

/** One of them, driven by openid-client, or by hand where that would not do it. */
export class PushingClient {
  constructor(
    private readonly world: PushingClients,
    readonly registration: TestClient,
    readonly key: ClientKey,
    readonly config: openid.Configuration,
  ) {}

  get id(): string {
    return this.registration.client.client_id;
  }

  /** With state, nonce and PKCE of its own. */
  async asks(changes: Changes = {}): Promise<Asked> {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const code_challenge = await openid.calculatePKCECodeChallenge(pkceCodeVerifier);
    const right = { redirect_uri: REDIRECT_URI, response_type: 'code', scope: 'openid', code_challenge };
    const own = { state: openid.randomState(), nonce: openid.randomNonce(), code_challenge_method: 'S256' };
    const parameters = plain({ ...right, ...own, ...changes }) as Record<string, string>;
    const { state, nonce } = parameters;
    return { parameters, checks: { pkceCodeVerifier, expectedState: state, expectedNonce: nonce } };
  }

  /** As the library pushes it; the address to open. */
  pushed({ parameters }: Asked): Promise<URL> {
    return openid.buildAuthorizationUrlWithPAR(this.config, parameters);
  }

  /** As the library signs it, and then pushes it. */
  async signedAndPushed({ parameters }: Asked): Promise<URL> {
    const key = { key: this.key.privateKey, kid: this.key.kid };
    const url = await openid.buildAuthorizationUrlWithJAR(this.config, parameters, key);
    return openid.buildAuthorizationUrlWithPAR(this.config, url.searchParams);
  }

  /** By hand; what is pushed, and how the client proves itself, may be anything. */
  async push(form: Record<string, string>, proof: Changes = {}, via?: Sent['via']): Promise<Answer> {
    return postForm(`${this.world.tenant.issuer}/par`, { ...form, ...(await this.proof(proof)) }, {}, via);
  }

  /** The form fields of an assertion, with claims that are changed. */
  async proof(changed: Changes = {}, header: Partial<JWTHeaderParameters> = {}): Promise<Record<string, string>> {
    const now = this.world.idp.clock.nowSeconds();
    const right = {
      iss: this.id,
      sub: this.id,
      aud: this.world.tenant.issuer,
      jti: randomUUID(),
      iat: now,
      exp: now + 60,
    };
    const client_assertion = await this.sign({ ...right, ...changed }, header);
    return { client_id: this.id, client_assertion_type: JWT_BEARER_ASSERTION_TYPE, client_assertion };
  }

  /** A request object by hand, everything right but for what is changed. */
  request(
    asked: Asked,
    changed: Changes = {},
    header: Partial<JWTHeaderParameters> = {},
    by?: CryptoKey,
  ): Promise<string> {
    const now = this.world.idp.clock.nowSeconds();
    const about = {
      iss: this.id,
      aud: this.world.tenant.issuer,
      client_id: this.id,
      nbf: now,
      iat: now,
      exp: now + 60,
    };
    return this.sign({ ...about, jti: randomUUID(), ...asked.parameters, ...changed }, header, by);
  }

  /** The address that opens a request by its reference, with whatever else. */
  address(parameters: Record<string, string>): URL {
    const url = new URL(`${this.world.tenant.issuer}/authorize`);
    url.search = new URLSearchParams({ client_id: this.id, ...parameters }).toString();
    return url;
  }

  /** Where the client is called in the end; somebody signs in who has not. */
  async callback(url: URL, browser = new HttpBrowser()): Promise<URL> {
    return callbackOf(await this.open(url, browser));
  }

  open(url: URL, browser = new HttpBrowser()): Promise<HttpPage> {
    return passThrough(browser, url, this.world.credentials);
  }

  /** As the library does it, with all of its checks. */
  redeem(callback: URL, { checks }: Asked, parameters?: Record<string, string>) {
    return openid.authorizationCodeGrant(this.config, callback, checks, parameters);
  }

  /** By hand, at the token endpoint. */
  async token(form: Record<string, string>, proof?: Record<string, string>): Promise<Answer> {
    return postForm(`${this.world.tenant.issuer}/token`, { ...form, ...(proof ?? (await this.proof())) });
  }

  private sign(claims: Changes, header: Partial<JWTHeaderParameters>, by: CryptoKey = this.key.privateKey) {
    const { alg, kid } = this.key;
    return new SignJWT(plain(claims)).setProtectedHeader({ alg, kid, ...header }).sign(by);
  }
}

/** The detail that the page of an error tells, with its status. */
export function pageOf({ status, body }: HttpPage): { status: number; detail: string } {
  return { status, detail: /class="request-detail"[^>]*>(.*?)<\//s.exec(body)?.[1]?.replace(/<[^>]+>/g, '') ?? body };
}
