import { Injectable } from '@nestjs/common';
import { type Client, ClientsService } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';

/** @spec OAuth 2.1 §2.4.1 — `client_id` and `client_secret` in the form, never in the URL. */
@Injectable()
export class ClientSecretPost implements ClientAuthMethod {
  readonly name = 'client_secret_post';

  constructor(private readonly clients: ClientsService) {}

  read({ parameters }: ClientAuthRequest): PresentedCredential | null {
    const secret = parameters.get('client_secret');
    if (secret === undefined) return null;
    const clientId = parameters.get('client_id');
    if (clientId === undefined) throw new OAuthError('invalid_client', 'client_secret was sent without client_id');
    return { clientId, secret };
  }

  verify({ secret }: PresentedCredential, client: Client): boolean {
    return secret !== undefined && this.clients.verifySecret(client, secret);
  }
}
