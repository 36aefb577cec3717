/** @spec RFC 9101 §10.5, FAPI 2.0 MS §5.3.1 — where requests have to be signed, plain parameters are refused (S-113). */
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/** What was pushed has been looked at then. */
export function requireSignedRequestObject(
  { client, arrival, isSigned, pushedRequestId }: AuthorizationRequest,
  { tenant }: AuthorizationContext,
): void {
  if (arrival === 'interaction' || isSigned || pushedRequestId !== undefined) return;
  if (mustSign(client, tenant))
    throw new OAuthError('invalid_request', 'the request has to be a signed request object');
}

/** By its own registration, or because the tenant wants it of all. */
export function mustSign(client: Client, { settings }: Tenant): boolean {
  return client.require_signed_request_object === true || settings.authorizationRequests.requireSigned;
}
