/** OAuth grant types (RFC 7591 §2) that TokenIDP knows by name; the registry in libs/oauth decides what is served. */
export const GRANT_TYPES = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:openid:params:grant-type:ciba',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
] as const;

export type GrantType = (typeof GRANT_TYPES)[number];
