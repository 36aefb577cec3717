/** Paths below a tenant's issuer (product.md §4). */
export const TOKEN_PATH = '/token';
export const INTROSPECTION_PATH = '/introspect';
export const REVOCATION_PATH = '/revoke';
export const USERINFO_PATH = '/userinfo';
export const JWKS_PATH = '/.well-known/jwks.json';
export const OPENID_CONFIGURATION_PATH = '/.well-known/openid-configuration';
export const AUTHORIZATION_SERVER_PATH = '/.well-known/oauth-authorization-server';
export const AUTHORIZATION_PATH = '/authorize';
export const BACKCHANNEL_AUTHENTICATION_PATH = '/backchannel_authentication';
/** in tenants for tests alone */
export const BACKCHANNEL_TEST_APPROVAL_PATH = '/backchannel_authentication/test_approval';
export const DEVICE_AUTHORIZATION_PATH = '/device_authorization';
/** the page where a device's code is typed */
export const DEVICE_PATH = '/device';
export const PAR_PATH = '/par';
export const END_SESSION_PATH = '/logout';
export const CHECK_SESSION_PATH = '/session/check';
export const REGISTRATION_PATH = '/register';
/** RFC 7592 §2: where a registered client looks after itself. */
export const CLIENT_CONFIGURATION_PATH = '/register/:clientId';
