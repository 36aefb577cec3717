/** @spec OAuth 2.1 §4.1.1, RFC 6749 §4.1.2.1 — without a known client there is nowhere to send an answer to (S-022). */
import { floorFault, isServed } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `client`. An unknown client and a disabled one look alike. */
export async function clientId(
  request: AuthorizationRequest,
  { tenant, clients }: AuthorizationContext,
): Promise<void> {
  const sent = request.parameters.get('client_id');
  if (sent === undefined) throw request.fault ?? new OAuthError('invalid_request', 'client_id is missing');
  const client = await clients.find(tenant.id, sent);
  if (!client || !isServed(client, tenant)) {
    throw new OAuthError('invalid_client', 'client_id names no application of this tenant', { status: 400 });
  }
  const fault = floorFault(client, tenant.settings.securityProfileFloor);
  if (fault) throw new OAuthError('unauthorized_client', fault);
  request.client = client;
}
