import { Injectable } from '@nestjs/common';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';

/**
 * @spec OAuth 2.1 §3.2.1 — a public client only says who it is; it is believed because nothing hangs on it:
 * PKCE and the redirect URI protect the exchange.
 */
@Injectable()
export class NoClientAuth implements ClientAuthMethod {
  readonly name = 'none';

  read({ authorization, parameters }: ClientAuthRequest): PresentedCredential | null {
    const clientId = parameters.get('client_id');
    const isAlone =
      authorization === undefined &&
      !parameters.has('client_secret') &&
      !parameters.has('client_assertion') &&
      !parameters.has('client_assertion_type');
    return clientId !== undefined && isAlone ? { clientId } : null;
  }

  verify(): boolean {
    return true;
  }
}
