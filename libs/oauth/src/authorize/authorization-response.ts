/** @spec RFC 6749 §4.1.2, §4.1.2.1, RFC 9207 §2 — what goes back to the client: `state` and `iss` with every answer (S-027). */
import type { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { AuthorizationRequest } from './authorization-request';

/** The parameters of an answer by their names; `iss` is among them always. */
export type ResponseParameters = Readonly<Record<string, string>> & { readonly iss: string };

/** The code, and nothing that was in the request but `state` (S-042). */
export function codeParameters(
  tenant: Tenant,
  request: AuthorizationRequest,
  code: string,
  session_state?: string,
): ResponseParameters {
  return { code, ...(session_state !== undefined && { session_state }), ...common(tenant, request) };
}

export function errorParameters(tenant: Tenant, request: AuthorizationRequest, error: OAuthError): ResponseParameters {
  const described = { error: error.error, error_description: describable(error.description) };
  return { ...described, ...common(tenant, request) };
}

function common({ issuer }: Tenant, { state }: AuthorizationRequest): ResponseParameters {
  return state === undefined ? { iss: issuer } : { state, iss: issuer };
}

/** RFC 6749 §4.1.2.1: %x20-21 / %x23-5B / %x5D-7E. */
function describable(description: string): string {
  return description.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '');
}
