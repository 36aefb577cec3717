import { Injectable } from '@nestjs/common';
import { type Client, ClientsService } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';

const SCHEME = /^basic +/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
// RFC 7617 §2: neither part may hold a control character
const CONTROL = /\p{Cc}/u;
const MAX_LENGTH = 4096;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @spec OAuth 2.1 §2.4.1, RFC 7617 §2 — both parts are form-urlencoded, then joined by a colon, then base64.
 * Decoded strictly: what could be read in two ways is refused.
 */
@Injectable()
export class ClientSecretBasic implements ClientAuthMethod {
  readonly name = 'client_secret_basic';

  constructor(private readonly clients: ClientsService) {}

  read({ authorization }: ClientAuthRequest): PresentedCredential | null {
    if (authorization === undefined) return null;
    const scheme = SCHEME.exec(authorization);
    const pair = scheme && decodePair(authorization.slice(scheme[0].length));
    if (!pair) throw new OAuthError('invalid_client', 'the Authorization header holds no valid Basic credentials');
    return pair;
  }

  verify({ secret }: PresentedCredential, client: Client): boolean {
    return secret !== undefined && this.clients.verifySecret(client, secret);
  }
}

function decodePair(encoded: string): { clientId: string; secret: string } | null {
  if (encoded.length > MAX_LENGTH || !BASE64.test(encoded)) return null;
  try {
    const text = utf8.decode(Buffer.from(encoded, 'base64'));
    const colon = text.indexOf(':');
    if (colon < 1 || CONTROL.test(text)) return null;
    const clientId = formDecode(text.slice(0, colon));
    const secret = formDecode(text.slice(colon + 1));
    return clientId && secret && !CONTROL.test(clientId + secret) ? { clientId, secret } : null;
  } catch {
    return null;
  }
}

/** Throws on a stray `%` and on bytes that are not UTF-8. */
function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
