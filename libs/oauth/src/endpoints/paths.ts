/** Paths below a tenant's issuer (product.md §4). */
export const TOKEN_PATH = '/token';
export const INTROSPECTION_PATH = '/introspect';
export const REVOCATION_PATH = '/revoke';
export const USERINFO_PATH = '/userinfo';
export const JWKS_PATH = '/.well-known/jwks.json';
export const OPENID_CONFIGURATION_PATH = '/.well-known/openid-configuration';
export const AUTHORIZATION_SERVER_PATH = '/.well-known/oauth-authorization-server';
export const AUTHORIZATION_PATH = '/authorize';
export const PAR_PATH = '/par';
export const END_SESSION_PATH = '/logout';
export const CHECK_SESSION_PATH = '/session/check';
export const REGISTRATION_PATH = '/register';
/** RFC 7592 §2: where a registered client looks after itself. */
export const CLIENT_CONFIGURATION_PATH = '/register/:clientId';
