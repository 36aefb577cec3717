/** @spec OAuth 2.1 §4.1.1, §10.1, RFC 9700 §2.1.2 — a code and nothing else: no token in the front channel (S-029). */
import { OAuthError, RESPONSE_TYPES, type ResponseType } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

export function responseType({ parameters, client }: AuthorizationRequest): void {
  const sent = parameters.get('response_type');
  if (sent === undefined) throw new OAuthError('invalid_request', 'response_type is missing');
  if (!(RESPONSE_TYPES as readonly string[]).includes(sent)) {
    throw new OAuthError('unsupported_response_type', 'the only response_type is code');
  }
  if (!client.response_types.includes(sent as ResponseType) || !client.grant_types.includes('authorization_code')) {
    throw new OAuthError('unauthorized_client', 'the authorization code flow is not registered for this application');
  }
}
