import type { NewClient } from '@tokenidp/clients';
import { JWT_BEARER_ASSERTION_TYPE } from '@tokenidp/kernel';
import { BackchannelRequests } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import * as openid from 'openid-client';
import { type Certificate, selfIssued } from './certificate';
import { jwkOf, SUBJECT, SUBJECT_DN } from './certified-clients';
import { CIBA, createAsker } from './ciba-flow';
import { type ClientKey, newClientKey } from './client-key';
import { createUser, type TestClient } from './fixtures';
import { TlsIdp } from './tls-idp';
import { newKeyPair } from './x509';

export const FAPI_CIBA_METHODS = ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'] as const;
type Method = (typeof FAPI_CIBA_METHODS)[number];
type Form = Record<string, string | undefined>;

export interface Told {
  status: number;
  json: Record<string, unknown>;
  headers: Headers;
}

/** A server that speaks TLS, and clients of the profile fapi-ciba in a tenant of it. */
export class FapiCibaClients {
  private constructor(
    readonly tls: TlsIdp,
    readonly tenant: Tenant,
  ) {}

  static async start(): Promise<FapiCibaClients> {
    const tls = await TlsIdp.start();
    const limits = {
      ...{ backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 },
      clientAuthFailuresPerMinute: 1000,
    };
    // What the tenant allows is still not for clients of this profile.
    const tenant = await tls.idp.createTenant({ slug: 'acme', settings: { limits, backchannel: { push: true } } });
    await createUser(tls.idp, tenant);
    return new FapiCibaClients(tls, tenant);
  }

  close(): Promise<void> {
    return this.tls.close();
  }

  async client(method: Method, metadata: Partial<NewClient> = {}): Promise<FapiCibaClient> {
    const key = await newClientKey('signs', 'PS256');
    const isVouched = method === 'tls_client_auth';
    const shown = isVouched
      ? this.tls.authority.issue({ subject: SUBJECT })
      : selfIssued({ subject: SUBJECT }, newKeyPair('rsa'));
    const keys = method === 'self_signed_tls_client_auth' ? [key.publicJwk, jwkOf(shown)] : [key.publicJwk];
    const registered = await createAsker(this.tls.idp, this.tenant, {
      security_profile: 'fapi-ciba',
      token_endpoint_auth_method: method,
      ...(isVouched && { tls_client_auth_subject_dn: SUBJECT_DN }),
      ...(method === 'private_key_jwt' && { token_endpoint_auth_signing_alg: 'PS256' }),
      jwks: { keys },
      tls_client_certificate_bound_access_tokens: true,
      backchannel_authentication_request_signing_alg: 'PS256',
      ...metadata,
    } as Partial<NewClient>);
    return new FapiCibaClient(this, method, { registered, key, shown });
  }

  /** What the user answers. */
  async decide(auth_req_id: string, decision: 'allow' | 'deny' = 'allow'): Promise<boolean> {
    const requests = this.tls.idp.get(BackchannelRequests);
    const id = (await requests.findByAuthReqId(this.tenant, auth_req_id)) ?? '';
    const context = { requestId: 'test', ip: '127.0.0.1', userAgent: 'test' };
    return requests.decide(this.tenant, { id, decision, session: null, context });
  }
}

export class FapiCibaClient {
  constructor(
    private readonly world: FapiCibaClients,
    readonly method: Method,
    private readonly kept: { registered: TestClient; key: ClientKey; shown: Certificate },
  ) {}

  get id(): string {
    return this.kept.registered.client.client_id;
  }

  get shown(): Certificate {
    return this.kept.shown;
  }

  /** The library, with the certificate. */
  stock(): Promise<openid.Configuration> {
    const { privateKey, kid } = this.kept.key;
    const byKey = this.method === 'private_key_jwt';
    const authentication = byKey ? openid.PrivateKeyJwt({ key: privateKey, kid }) : openid.TlsClientAuth();
    const metadata = { id_token_signed_response_alg: 'ES256' };
    return openid.discovery(new URL(this.world.tenant.issuer), this.id, metadata, authentication, {
      [openid.customFetch]: this.world.tls.fetchWith(this.shown) as openid.CustomFetch,
    });
  }

  /** A signed request, right but for what is changed. */
  request(changed: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const now = this.world.tls.idp.clock.nowSeconds();
    const about = {
      iss: this.id,
      aud: this.world.tenant.issuer,
      jti: randomUUID(),
      iat: now,
      nbf: now,
      exp: now + 300,
    };
    return this.sign({ ...about, scope: 'openid', login_hint: 'ada', ...changed }, header);
  }

  /** A client assertion, right but for what is changed; signed by another key where one is given. */
  assertion(changed: JWTPayload = {}, key: ClientKey = this.kept.key): Promise<string> {
    const now = this.world.tls.idp.clock.nowSeconds();
    const about = {
      iss: this.id,
      sub: this.id,
      aud: this.world.tenant.issuer,
      jti: randomUUID(),
      iat: now,
      exp: now + 50,
    };
    return this.sign({ ...about, ...changed }, {}, key);
  }

  /** By hand, as the client proves itself; what the form says wins, and undefined leaves a parameter out. */
  async ask(form: Form = {}, shown: Certificate | null = this.shown): Promise<Told> {
    return this.post('backchannel_authentication', { request: await this.request(), ...form }, shown);
  }

  poll(auth_req_id: string, form: Form = {}, shown: Certificate | null = this.shown): Promise<Told> {
    return this.post('token', { grant_type: CIBA, auth_req_id, ...form }, shown);
  }

  private async post(path: string, form: Form, shown: Certificate | null): Promise<Told> {
    const byKey = this.method === 'private_key_jwt' && {
      ...{ client_assertion_type: JWT_BEARER_ASSERTION_TYPE, client_assertion: await this.assertion() },
    };
    const fields = Object.entries({ client_id: this.id, ...byKey, ...form });
    const sent = fields.filter((field): field is [string, string] => field[1] !== undefined);
    const body = new URLSearchParams(sent);
    const answer = await this.world.tls.fetchWith(shown ?? undefined)(`${this.world.tenant.issuer}/${path}`, {
      method: 'POST',
      body,
    });
    return {
      status: answer.status,
      headers: answer.headers,
      json: (await answer.json()) as Record<string, unknown>,
    };
  }

  private sign(claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}, key: ClientKey = this.kept.key) {
    const said = JSON.parse(JSON.stringify(claims)) as JWTPayload;
    return new SignJWT(said).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
  }
}
