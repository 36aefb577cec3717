/** @spec RFC 6749 §4.1.2, §4.1.2.1, RFC 9207 §2 — what goes back to the client: `state` and `iss` with every answer (S-027). */
import type { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { findResponseMode } from '../response-modes';
import type { AuthorizationRequest } from './authorization-request';
import type { AuthorizationOutcome, AuthorizationResponse } from './interaction';

/** The code, and nothing that was in the request but `state` (S-042). */
export function codeResponse(tenant: Tenant, request: AuthorizationRequest, code: string): AuthorizationResponse {
  return deliver(request, { code, ...common(tenant, request) });
}

export function errorResponse(tenant: Tenant, request: AuthorizationRequest, error: OAuthError): AuthorizationResponse {
  const described = { error: error.error, error_description: describable(error.description) };
  return deliver(request, { ...described, ...common(tenant, request) });
}

/**
 * @spec OAuth 2.1 §7.13.2, RFC 9700 §4.11.2 — nobody vouches for a client that registered itself, so an error alone
 * sends no browser there: the user sees a page and may go on (S-026). What the user has had a hand in goes back by itself.
 */
export function errorOutcome(
  tenant: Tenant,
  request: AuthorizationRequest,
  error: OAuthError,
  userTookPart: boolean,
): AuthorizationOutcome {
  const { client } = request;
  const response = errorResponse(tenant, request, error);
  if (userTookPart || client.origin === 'admin' || client.origin === 'built-in') return { kind: 'respond', response };
  const continueTo = response.mode === 'redirect' ? response.location : undefined;
  return { kind: 'error-page', error, client, continueTo };
}

function common({ issuer }: Tenant, { state }: AuthorizationRequest): Record<string, string> {
  return state === undefined ? { iss: issuer } : { state, iss: issuer };
}

function deliver(request: AuthorizationRequest, parameters: Record<string, string>): AuthorizationResponse {
  const delivery = findResponseMode(request.responseMode)!.deliver(request.redirectUri, parameters);
  return delivery.mode === 'form' ? { ...delivery, client: request.client } : delivery;
}

/** RFC 6749 §4.1.2.1: %x20-21 / %x23-5B / %x5D-7E. */
function describable(description: string): string {
  return description.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '');
}
