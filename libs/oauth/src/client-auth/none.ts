import { Injectable } from '@nestjs/common';
import { loneClientId } from './certificate-credential';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';

/**
 * @spec OAuth 2.1 §3.2.1 — a public client only says who it is; it is believed because nothing hangs on it:
 * PKCE and the redirect URI protect the exchange.
 */
@Injectable()
export class NoClientAuth implements ClientAuthMethod {
  readonly name = 'none';
  readonly isNamedOnly = true;

  read(request: ClientAuthRequest): PresentedCredential | null {
    const clientId = loneClientId(request);
    return clientId === undefined ? null : { clientId };
  }

  verify(): boolean {
    return true;
  }
}
