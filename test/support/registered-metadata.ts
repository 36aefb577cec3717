/** Members of RFC 8414 §2, OIDC Discovery §3, OIDC RP-Initiated Logout §2.1, RFC 9207 §3, RFC 9126 §5, RFC 9101 §10.5, RFC 9396 §10, RFC 9701 §7, JARM §4 and OIDC Prompt Create §3. */
export const REGISTERED = new Set(
  (
    'issuer authorization_endpoint token_endpoint userinfo_endpoint jwks_uri registration_endpoint scopes_supported ' +
    'response_types_supported response_modes_supported grant_types_supported acr_values_supported ' +
    'subject_types_supported id_token_signing_alg_values_supported userinfo_signing_alg_values_supported ' +
    'display_values_supported claim_types_supported claims_supported ui_locales_supported claims_parameter_supported ' +
    'request_parameter_supported request_uri_parameter_supported token_endpoint_auth_methods_supported ' +
    'token_endpoint_auth_signing_alg_values_supported revocation_endpoint revocation_endpoint_auth_methods_supported ' +
    'revocation_endpoint_auth_signing_alg_values_supported introspection_endpoint ' +
    'introspection_endpoint_auth_methods_supported introspection_endpoint_auth_signing_alg_values_supported ' +
    'introspection_signing_alg_values_supported ' +
    'code_challenge_methods_supported end_session_endpoint authorization_response_iss_parameter_supported ' +
    'backchannel_logout_supported backchannel_logout_session_supported frontchannel_logout_supported ' +
    'frontchannel_logout_session_supported id_token_encryption_alg_values_supported ' +
    'id_token_encryption_enc_values_supported userinfo_encryption_alg_values_supported ' +
    'userinfo_encryption_enc_values_supported prompt_values_supported pushed_authorization_request_endpoint require_pushed_authorization_requests ' +
    'request_object_signing_alg_values_supported require_signed_request_object ' +
    'authorization_signing_alg_values_supported require_request_uri_registration ' +
    'dpop_signing_alg_values_supported authorization_details_types_supported device_authorization_endpoint ' +
    'backchannel_authentication_endpoint backchannel_token_delivery_modes_supported ' +
    'backchannel_authentication_request_signing_alg_values_supported backchannel_user_code_parameter_supported'
  ).split(' '),
);
