import { Inject, Injectable } from '@nestjs/common';
import { type Client, ClientsService, floorFault } from '@tokenidp/clients';
import { OAuthError, type RequestContext } from '@tokenidp/kernel';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';
import { ClientAuthFailures } from './client-auth-failures';

/** The methods that are served, in the order they are looked for. */
export const CLIENT_AUTH_REGISTRY = Symbol('CLIENT_AUTH_REGISTRY');

interface Presented {
  method: ClientAuthMethod;
  credential: PresentedCredential;
}

/**
 * @spec OAuth 2.1 §2.4 — exactly one method per request, and only the one the client has registered.
 * A request that succeeds makes no query (assertions spend their `jti`).
 */
@Injectable()
export class ClientAuthenticator {
  constructor(
    @Inject(CLIENT_AUTH_REGISTRY) private readonly methods: readonly ClientAuthMethod[],
    private readonly clients: ClientsService,
    private readonly failures: ClientAuthFailures,
  ) {}

  /** The client that sent the request. Throws `invalid_client` (401) and, after too many failures, 429. */
  async authenticate(request: ClientAuthRequest, context: RequestContext): Promise<Client> {
    const { method, credential } = this.presented(request);
    this.failures.refuseBlocked(request.tenant, credential.clientId, context);
    const client = await this.clients.find(request.tenant.id, credential.clientId);
    const proven = client !== null && (await proves(client, method, credential, request));
    if (!proven) {
      await this.failures.count(request.tenant, credential.clientId, context);
      throw new OAuthError('invalid_client', 'client authentication failed');
    }
    const fault = floorFault(client, request.tenant.settings.securityProfileFloor);
    if (fault) throw new OAuthError('unauthorized_client', fault);
    this.clients.touch(client);
    return client;
  }

  private presented(request: ClientAuthRequest): Presented {
    let found: Presented | null = null;
    for (const method of this.methods) {
      const credential = method.read(request);
      if (!credential) continue;
      if (found) throw new OAuthError('invalid_request', 'more than one client authentication method was used');
      found = { method, credential };
    }
    if (!found) throw new OAuthError('invalid_client', 'client authentication is missing');
    const named = request.parameters.get('client_id');
    if (named !== undefined && named !== found.credential.clientId) {
      throw new OAuthError('invalid_client', 'client_id is not the client that authenticates');
    }
    return found;
  }
}

async function proves(
  client: Client,
  method: ClientAuthMethod,
  credential: PresentedCredential,
  { tenant }: ClientAuthRequest,
): Promise<boolean> {
  if (client.status !== 'active' || client.token_endpoint_auth_method !== method.name) return false;
  return method.verify(credential, client, tenant);
}
