import { ADMIN_SCOPE, adminApiIdentifier, ClientsService, ResourcesService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { RolesService } from '@tokenidp/users';
import { createMachine } from './fixtures';
import { basic } from './http';
import type { TestIdp } from './idp';

export interface AdminAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** undefined where the answer is no JSON */
  readonly body: Json;
}

/** Whatever JSON the API answers; a test says what it expects by reading it. */
type Json = ReturnType<typeof JSON.parse>;

export interface AdminRequest {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A caller of one tenant's administration API. */
export class AdminApi {
  constructor(
    readonly tenant: Tenant,
    readonly token: string,
  ) {}

  async send(path: string, { method = 'GET', body, headers = {} }: AdminRequest = {}): Promise<AdminAnswer> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const content: Record<string, string> = body === undefined ? {} : { 'content-type': type };
    const answer = await fetch(`${this.tenant.issuer}/admin/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...content, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return readAnswer(answer);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<AdminAnswer> {
    return this.send(path, { headers });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<AdminAnswer> {
    return this.send(path, { method: 'POST', body, headers });
  }

  /** With the version that is there now, unless one is given. */
  async patch(path: string, body: unknown, headers?: Record<string, string>): Promise<AdminAnswer> {
    return this.send(path, { method: 'PATCH', body, headers: headers ?? (await this.ifMatch(path)) });
  }

  async delete(path: string, headers?: Record<string, string>): Promise<AdminAnswer> {
    return this.send(path, { method: 'DELETE', headers: headers ?? (await this.ifMatch(path)) });
  }

  private async ifMatch(path: string): Promise<Record<string, string>> {
    return { 'if-match': (await this.get(path)).headers.get('etag') ?? '"none"' };
  }
}

async function readAnswer(answer: Response): Promise<AdminAnswer> {
  const { status, headers } = answer;
  const text = await answer.text();
  const isJson = /^application\/(problem\+)?json\b/.test(headers.get('content-type') ?? '');
  return { status, headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** A machine of the tenant that may use its administration API, with these roles. */
export async function createAdministrator(idp: TestIdp, tenant: Tenant, roles: readonly string[] = ['owner']) {
  const machine = await createMachine(idp, tenant, { client_name: `Administrator (${roles.join(', ')})` });
  const api = await idp.get(ResourcesService).findByIdentifier(tenant.id, adminApiIdentifier(tenant));
  const scopes = { userScopes: [], clientScopes: [ADMIN_SCOPE] };
  await idp.get(ClientsService).assign(tenant, machine.client.id, api!.id, scopes);
  for (const role of roles) await idp.get(RolesService).assign(tenant, { type: 'client', id: machine.client.id }, role);
  return machine;
}

/** A token for the administration API, as any client gets one: client_credentials. */
export async function adminToken(tenant: Tenant, clientId: string, secret: string): Promise<string> {
  const answer = await fetch(`${tenant.issuer}/token`, {
    method: 'POST',
    headers: { ...basic(clientId, secret) },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: ADMIN_SCOPE,
      resource: adminApiIdentifier(tenant),
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no token for the administration API: ${answer.status}`);
  return token;
}

export async function adminApi(idp: TestIdp, tenant: Tenant, roles?: readonly string[]): Promise<AdminApi> {
  const { client, secret } = await createAdministrator(idp, tenant, roles);
  return new AdminApi(tenant, await adminToken(tenant, client.client_id, secret));
}
