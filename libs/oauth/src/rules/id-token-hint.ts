/** @spec OIDC Core §3.1.2.1, §3.1.2.2 — an ID token of ours for this client, expired or not, says who the user must be (S-126). */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `subject`. */
export async function idTokenHint(
  request: AuthorizationRequest,
  { tenant, verifier }: AuthorizationContext,
): Promise<void> {
  const hint = request.parameters.get('id_token_hint');
  if (hint === undefined) return;
  const audience = request.client.client_id;
  const token = await verifier.verify(tenant, hint, { type: 'JWT', audience, ignoreExpiry: true });
  const subject = token?.claims.sub;
  if (typeof subject !== 'string') {
    throw new OAuthError('invalid_request', 'id_token_hint is not an ID token of this issuer for this application');
  }
  if (request.subject !== undefined && request.subject !== subject) {
    throw new OAuthError('invalid_request', 'id_token_hint and claims name different users');
  }
  request.subject = subject;
}
