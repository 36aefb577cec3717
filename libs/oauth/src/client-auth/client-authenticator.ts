import { Inject, Injectable } from '@nestjs/common';
import { type Client, ClientsService, floorFault, isDocumentAddress, isServed } from '@tokenidp/clients';
import { OAuthError, type RequestContext } from '@tokenidp/kernel';
import { ClientDocuments } from './client-documents';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';
import { ClientAuthFailures } from './client-auth-failures';
import { type CertifiedRequest, ClientCertificates } from './client-certificate';

/** The methods that are served, in the order they are looked for. */
export const CLIENT_AUTH_REGISTRY = Symbol('CLIENT_AUTH_REGISTRY');

/** A form as it came. */
export interface ClientAuthCall extends Omit<ClientAuthRequest, 'certificate'> {
  /** where a certificate may be; without it there is none */
  readonly http?: CertifiedRequest;
}

/** One credential; several methods only where the request names the client and nothing else. */
interface Presented {
  methods: readonly ClientAuthMethod[];
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
    private readonly certificates: ClientCertificates,
    private readonly documents: ClientDocuments,
  ) {}

  /** The client that sent the request. Throws `invalid_client` (401) and, after too many failures, 429. */
  async authenticate({ http, ...form }: ClientAuthCall, context: RequestContext): Promise<Client> {
    const request: ClientAuthRequest = { ...form, certificate: http && this.certificates.of(http) };
    const { methods, credential } = this.presented(request);
    this.failures.refuseBlocked(request.tenant, credential.clientId, context);
    if (isDocumentAddress(credential.clientId)) {
      await this.documents.refresh(request.tenant, credential.clientId, context);
    }
    const client = await this.clients.find(request.tenant.id, credential.clientId);
    const proven = client !== null && (await proves(client, { methods, credential }, request));
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
    const methods: ClientAuthMethod[] = [];
    let credential = null as PresentedCredential | null;
    for (const method of this.methods) {
      const read = method.isServed === false ? null : method.read(request);
      if (!read) continue;
      methods.push(method);
      credential = credential ? { ...credential, ...read } : read;
    }
    if (!credential) throw new OAuthError('invalid_client', 'client authentication is missing');
    if (methods.length > 1 && !methods.every((method) => method.isNamedOnly)) {
      throw new OAuthError('invalid_request', 'more than one client authentication method was used');
    }
    const named = request.parameters.get('client_id');
    if (named !== undefined && named !== credential.clientId) {
      throw new OAuthError('invalid_client', 'client_id is not the client that authenticates');
    }
    return { methods, credential };
  }
}

async function proves(
  client: Client,
  { methods, credential }: Presented,
  { tenant }: ClientAuthRequest,
): Promise<boolean> {
  const method = methods.find(({ name }) => name === client.token_endpoint_auth_method);
  return isServed(client, tenant) && method !== undefined && method.verify(credential, client, tenant);
}
