import { randomBytes } from 'node:crypto';
import type { ResponseMode } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import type { Callback } from './browser';
import type { TestClient } from './fixtures';
import { type PreparedRequest, prepareRequest, relyingParty, type Tokens } from './stock-client';

/** What the provider answered the library, before the library made something of it. */
export interface Answer {
  url: string;
  status: number;
  headers: Headers;
  body: string;
}

/** What the library sent. */
export interface SentRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface ConformanceClientOptions {
  /** sent with every request; none is sent when absent */
  responseMode?: ResponseMode;
  authentication?: openid.ClientAuth;
}

interface Traffic {
  readonly sent: SentRequest[];
  readonly answers: Answer[];
}

/** 128 characters: whoever cuts it is found. */
export function longState(): string {
  return randomBytes(96).toString('base64url');
}

/** A stock client that remembers what it was answered. */
export class ConformanceClient {
  private constructor(
    readonly registration: TestClient,
    readonly config: openid.Configuration,
    private readonly traffic: Traffic,
    private readonly responseMode: ResponseMode | undefined,
  ) {}

  /** Reads the metadata of the tenant's issuer, as an application does when it starts. */
  static async discover(
    tenant: Tenant,
    registration: TestClient,
    { responseMode, authentication }: ConformanceClientOptions = {},
  ): Promise<ConformanceClient> {
    const traffic: Traffic = { sent: [], answers: [] };
    const config = await relyingParty(tenant, registration, {
      authentication,
      fetch: async (url, init) => {
        traffic.sent.push({ url, headers: init.headers, body: String(init.body ?? '') });
        const response = await fetch(url, init as RequestInit);
        const { status, headers } = response;
        traffic.answers.push({ url, status, headers, body: await response.clone().text() });
        return response;
      },
    });
    return new ConformanceClient(registration, config, traffic, responseMode);
  }

  get clientId(): string {
    return this.registration.client.client_id;
  }

  get lastAnswer(): Answer {
    return this.traffic.answers.at(-1)!;
  }

  /** What was sent to the endpoint last. */
  lastSent(url: string | undefined): SentRequest {
    return this.traffic.sent.findLast((each) => each.url === url)!;
  }

  /** With a long state, nonce and PKCE of its own; anything can be changed, and left out by ''. */
  async request(parameters: Record<string, string> = {}): Promise<PreparedRequest> {
    const mode: Record<string, string> = this.responseMode ? { response_mode: this.responseMode } : {};
    const { url, checks } = await prepareRequest(this.config, { state: longState(), ...mode, ...parameters });
    const sent = url.searchParams;
    if (!sent.has('code_challenge')) delete checks.pkceCodeVerifier;
    if (sent.has('max_age')) checks.maxAge = Number(sent.get('max_age'));
    return { url, checks };
  }

  /** Trades the code for tokens; the library holds the answers to state, nonce, iss, max_age and the signature. */
  redeem(
    callback: Callback,
    { checks }: PreparedRequest,
    parameters?: Record<string, string> | URLSearchParams,
  ): Promise<Tokens> {
    return openid.authorizationCodeGrant(this.config, callback.asUrl, checks, parameters);
  }
}
