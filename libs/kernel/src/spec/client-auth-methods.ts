/** OAuth token endpoint authentication methods (RFC 7591 §2, OIDC Core §9, RFC 8705 §2). */
export const CLIENT_AUTH_METHODS = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
] as const;

export type ClientAuthMethod = (typeof CLIENT_AUTH_METHODS)[number];

/** RFC 7523 §2.2: the one value of `client_assertion_type` that exists. */
export const JWT_BEARER_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
