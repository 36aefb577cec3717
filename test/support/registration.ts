import { InitialAccessTokens, type NewInitialAccessToken } from '@tokenidp/clients';
import type { Tenant, TenantSettingsPatch } from '@tokenidp/tenancy';
import * as oauth from 'oauth4webapi';
import { REDIRECT_URI } from './fixtures';
import { type Answer, send } from './http';
import type { TestIdp } from './idp';

export type Registered = oauth.Client & {
  client_secret?: string;
  client_secret_expires_at?: number;
  registration_access_token: string;
  registration_client_uri: string;
};

/** Strangers are as many as a test needs. */
export const OPEN: TenantSettingsPatch = {
  registration: { mode: 'open' },
  limits: { registrationsPerAddressPerHour: 10_000 },
};

const INSECURE = { [oauth.allowInsecureRequests]: true };
const HOUR = 3_600_000;

/** A tenant that clients register at by themselves: by oauth4webapi, or by hand for what it would not send. */
export class Registrar {
  private constructor(
    readonly idp: TestIdp,
    readonly tenant: Tenant,
    readonly server: oauth.AuthorizationServer,
  ) {}

  static async of(idp: TestIdp, tenant: Tenant): Promise<Registrar> {
    const issuer = new URL(tenant.issuer);
    const answer = await oauth.discoveryRequest(issuer, INSECURE);
    return new Registrar(idp, tenant, await oauth.processDiscoveryResponse(issuer, answer));
  }

  get endpoint(): string {
    return `${this.tenant.issuer}/register`;
  }

  /** As a stock client registers; it holds the answer to what RFC 7591 says of it. */
  async register(metadata: Record<string, unknown> = {}, initialAccessToken?: string): Promise<Registered> {
    const answer = await oauth.dynamicClientRegistrationRequest(
      this.server,
      { redirect_uris: [REDIRECT_URI], ...metadata } as Partial<oauth.Client>,
      { ...INSECURE, ...(initialAccessToken && { initialAccessToken }) },
    );
    return (await oauth.processDynamicClientRegistrationResponse(answer)) as unknown as Registered;
  }

  post(body: unknown, token?: string): Promise<Answer> {
    return sendJson(this.endpoint, 'POST', { body, token });
  }

  read({ registration_client_uri }: Registered, token: string): Promise<Answer> {
    return sendJson(registration_client_uri, 'GET', { token });
  }

  put({ registration_client_uri }: Registered, token: string, body: unknown): Promise<Answer> {
    return sendJson(registration_client_uri, 'PUT', { body, token });
  }

  remove({ registration_client_uri }: Registered, token: string): Promise<Answer> {
    return sendJson(registration_client_uri, 'DELETE', { token });
  }

  initialToken(input: Partial<NewInitialAccessToken> = {}): Promise<string> {
    const expiresAt = new Date(this.idp.clock.now().getTime() + HOUR);
    return this.idp.get(InitialAccessTokens).create(this.tenant, { name: 'partner', expiresAt, ...input });
  }
}

export function sendJson(
  url: string,
  method: string,
  { body, token }: { body?: unknown; token?: string },
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send(url, { method, headers, ...(body !== undefined && { body: text }) });
}
