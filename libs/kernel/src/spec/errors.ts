/**
 * Error codes as the IANA "OAuth Extensions Error" registry and the specifications themselves list them.
 * Status: RFC 6749 §5.2 — 400, but 401 for a client that failed to authenticate.
 */
export const OAUTH_ERRORS = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  access_denied: 400,
  unsupported_response_type: 400,
  server_error: 500,
  temporarily_unavailable: 503,
  interaction_required: 400,
  login_required: 400,
  account_selection_required: 400,
  consent_required: 400,
  unmet_authentication_requirements: 400,
  invalid_request_uri: 400,
  invalid_request_object: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  registration_not_supported: 400,
  unsupported_token_type: 400,
  invalid_redirect_uri: 400,
  invalid_client_metadata: 400,
  slow_down: 400,
  authorization_pending: 400,
  expired_token: 400,
  invalid_dpop_proof: 400,
  use_dpop_nonce: 400,
  invalid_authorization_details: 400,
  expired_login_hint_token: 400,
  unknown_user_id: 400,
  missing_user_code: 400,
  invalid_user_code: 400,
  invalid_binding_message: 400,
  invalid_software_statement: 400,
  unapproved_software_statement: 400,
} as const;

export type OAuthErrorCode = keyof typeof OAUTH_ERRORS;

/** RFC 6750 §3.1 and RFC 9470 §3: what a bearer resource answers, with its status. */
export const BEARER_ERRORS = {
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  insufficient_user_authentication: 401,
  invalid_dpop_proof: 401,
  use_dpop_nonce: 401,
} as const;

export type BearerErrorCode = keyof typeof BEARER_ERRORS;
