/** RFC 8693 §3: what a token is, for the token exchange. */
export const TOKEN_TYPES = {
  accessToken: 'urn:ietf:params:oauth:token-type:access_token',
  idToken: 'urn:ietf:params:oauth:token-type:id_token',
  jwt: 'urn:ietf:params:oauth:token-type:jwt',
  refreshToken: 'urn:ietf:params:oauth:token-type:refresh_token',
} as const;

export type TokenTypeIdentifier = (typeof TOKEN_TYPES)[keyof typeof TOKEN_TYPES];
