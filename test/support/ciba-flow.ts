import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { NewClient } from '@tokenidp/clients';
import { BackchannelRequests } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { type CryptoKey, type JWTHeaderParameters, SignJWT } from 'jose';
import * as openid from 'openid-client';
import { type ClientKey, newClientKey } from './client-key';
import { createClient, type TestClient } from './fixtures';
import { type Answer, basic, postForm, type Sent } from './http';
import type { TestIdp } from './idp';
import { relyingParty } from './stock-client';

export const CIBA = 'urn:openid:params:grant-type:ciba';

/** A client that asks about users who are elsewhere, and nothing else, unless its metadata says otherwise. */
export function createAsker(idp: TestIdp, tenant: Tenant, metadata: Partial<NewClient> = {}): Promise<TestClient> {
  return createClient(idp, tenant, {
    client_name: 'Call centre',
    redirect_uris: undefined,
    post_logout_redirect_uris: undefined,
    grant_types: [CIBA, 'refresh_token'],
    backchannel_token_delivery_mode: 'poll',
    ...metadata,
  });
}

/** The flow of one client in the backchannel; its user is answered for. */
export class CibaFlow {
  private constructor(
    readonly idp: TestIdp,
    readonly tenant: Tenant,
    readonly app: TestClient,
    readonly config: openid.Configuration,
  ) {}

  static async of(idp: TestIdp, tenant: Tenant, app: TestClient): Promise<CibaFlow> {
    return new CibaFlow(idp, tenant, app, await relyingParty(tenant, app));
  }

  begin(parameters: Record<string, string>): Promise<openid.BackchannelAuthenticationResponse> {
    return openid.initiateBackchannelAuthentication(this.config, { scope: 'openid', ...parameters });
  }

  /** By hand; '' leaves a parameter out. */
  ask(parameters: Record<string, string>, via?: Sent['via']): Promise<Answer> {
    const fields = Object.entries({ scope: 'openid', ...parameters }).filter(([, value]) => value !== '');
    return postForm(`${this.tenant.issuer}/backchannel_authentication`, fields, this.credential, via);
  }

  /** One poll by hand, which the library would repeat. */
  poll(auth_req_id: string, form: Record<string, string> = {}, via?: Sent['via']): Promise<Answer> {
    return postForm(`${this.tenant.issuer}/token`, { grant_type: CIBA, auth_req_id, ...form }, this.credential, via);
  }

  async errorOf(auth_req_id: string): Promise<string> {
    const { status, json } = await this.poll(auth_req_id);
    return `${status} ${String(json?.error)}`;
  }

  /** What the user answers, as a service of the server's would say it. */
  async decide(auth_req_id: string, decision: 'allow' | 'deny' = 'allow'): Promise<boolean> {
    const id = (await this.find(auth_req_id)) ?? '';
    const context = { requestId: 'test', ip: '127.0.0.1', userAgent: 'test' };
    return this.idp.get(BackchannelRequests).decide(this.tenant, { id, decision, session: null, context });
  }

  /** The row id, while it waits for an answer. */
  find(auth_req_id: string): Promise<string | null> {
    return this.idp.get(BackchannelRequests).findByAuthReqId(this.tenant, auth_req_id);
  }

  private get credential(): Record<string, string> {
    return basic(this.app.client.client_id, this.app.secret);
  }
}

/** Signs what a client asks for; right, but for what is changed. */
export class RequestSigner {
  private constructor(
    private readonly flow: { idp: TestIdp; tenant: Tenant },
    readonly key: ClientKey,
  ) {}

  static async of(idp: TestIdp, tenant: Tenant, alg = 'PS256'): Promise<RequestSigner> {
    return new RequestSigner({ idp, tenant }, await newClientKey('signs', alg));
  }

  /** What a client registers that signs with it. */
  get metadata(): Partial<NewClient> {
    return {
      jwks: { keys: [this.key.publicJwk] },
      backchannel_authentication_request_signing_alg: this.key.alg,
    } as Partial<NewClient>;
  }

  claims({ client: { client_id } }: TestClient, changed: Record<string, unknown> = {}): Record<string, unknown> {
    const now = this.flow.idp.clock.nowSeconds();
    const about = { iss: client_id, aud: this.flow.tenant.issuer, jti: randomUUID() };
    const right = { ...about, iat: now, nbf: now, exp: now + 300, scope: 'openid', login_hint: 'ada', ...changed };
    return JSON.parse(JSON.stringify(right)) as Record<string, unknown>;
  }

  sign(
    claims: Record<string, unknown>,
    header: Partial<JWTHeaderParameters> = {},
    key: CryptoKey | Uint8Array = this.key.privateKey,
  ): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: this.key.alg, kid: this.key.kid, ...header }).sign(key);
  }
}

/** Where a client is pinged: on this machine, so the server must be told that it may go there. */
export class PingReceiver {
  readonly pings: { headers: IncomingHttpHeaders; body: string }[] = [];
  /** what is answered, in turn; the last one stays */
  answers: { status: number; headers?: Record<string, string>; body?: string }[] = [{ status: 204 }];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<PingReceiver> {
    const server = createServer();
    const receiver = new PingReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        receiver.pings.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        const answer = receiver.answers.length > 1 ? receiver.answers.shift()! : receiver.answers[0]!;
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  /** `host:port`, as in OUTBOUND_ALLOWED_HOSTS. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/ping`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
