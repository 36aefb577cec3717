import { generateKeyPairSync } from 'node:crypto';
import { ClientMetadataError } from './client-metadata-error';
import type { MetadataInput } from './members';
import type { RegistrationPolicy } from './registration-policy';
import { validateClientMetadata } from './validate-client-metadata';

const policy: RegistrationPolicy = {
  origin: 'admin',
  issuer: 'https://id.example.com/t/acme',
  algorithms: ['ES256', 'RS256'],
  securityProfileFloor: 'baseline',
  outboundAllowedHosts: ['localhost:9000'],
};
const registered: RegistrationPolicy = { ...policy, origin: 'registered' };
const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const redirect_uris = ['https://app.test/cb'];
const web = { type: 'web', redirect_uris };
const fapi = { ...web, security_profile: 'fapi2-security' };
const spa = { type: 'spa', redirect_uris };
const machine = { type: 'machine' };

function refusal(input: MetadataInput, under = policy): string {
  try {
    validateClientMetadata(input, under);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return `${error.error} ${error.member}`;
  }
}

describe('validateClientMetadata', () => {
  it.each([web, spa, machine])(
    'OAuth 2.1 §2.1, RFC 7591 §2 takes what it made, as a change of one member sends it: %p',
    (input) => {
      const made = validateClientMetadata(input, policy);
      expect(validateClientMetadata({ ...made } as MetadataInput, policy)).toEqual(made);
    },
  );

  it('OAuth 2.1 §2.1, RFC 7591 §2 fills in what each type means', () => {
    expect(validateClientMetadata(web, policy)).toMatchObject({
      type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      application_type: 'web',
      id_token_signed_response_alg: 'ES256',
      require_pkce: true,
      refresh: { rotate: false, always: false },
      security_profile: 'baseline',
      consent: 'required',
    });
    expect(validateClientMetadata(spa, policy)).toMatchObject({
      token_endpoint_auth_method: 'none',
      refresh: { rotate: true, always: false },
    });
    expect(validateClientMetadata(machine, policy)).toMatchObject({
      grant_types: ['client_credentials'],
      response_types: [],
      response_modes: [],
      redirect_uris: [],
    });
  });

  it('RFC 7591 §3.1 understands a client that knows only the standard members', () => {
    const type = (input: MetadataInput) => validateClientMetadata(input, registered).type;
    expect(type({ redirect_uris })).toBe('web');
    expect(type({ redirect_uris, token_endpoint_auth_method: 'none' })).toBe('spa');
    expect(type({ redirect_uris, token_endpoint_auth_method: 'none', application_type: 'native' })).toBe('native');
    expect(type({ grant_types: ['client_credentials'] })).toBe('machine');
  });

  it('OIDC Registration §2 gives RS256 to a registered client that names no algorithm', () => {
    expect(validateClientMetadata({ redirect_uris }, registered).id_token_signed_response_alg).toBe('RS256');
  });

  it('RFC 7591 §2 ignores what it does not know, and takes null for absent', () => {
    const validated = validateClientMetadata(
      { ...web, surprise: 1, logo_uri: null, __proto__: { scope: 'x' } },
      policy,
    );
    expect(validated).not.toHaveProperty('surprise');
    expect(validated).not.toHaveProperty('logo_uri');
    expect(validated).not.toHaveProperty('scope');
  });

  it('takes its own output again', () => {
    const first = validateClientMetadata({ ...web, default_max_age: 0, 'client_name#de': 'Anwendung' }, policy);
    expect(validateClientMetadata({ ...first, ...first.localized }, policy)).toEqual(first);
    expect(first.localized).toEqual({ 'client_name#de': 'Anwendung' });
  });

  it.each<[string, MetadataInput, string]>([
    ['S-060 client_credentials of a spa', { ...spa, grant_types: ['client_credentials'] }, 'grant_types'],
    [
      'S-060 client_credentials of a native client',
      { ...spa, type: 'native', grant_types: ['client_credentials'] },
      'grant_types',
    ],
    ['S-059 the password grant', { ...web, grant_types: ['password'] }, 'grant_types'],
    ['S-059 the implicit grant', { ...web, grant_types: ['authorization_code', 'implicit'] }, 'grant_types'],
    ['S-059 code of a machine', { ...machine, grant_types: ['authorization_code'] }, 'grant_types'],
    ['refresh_token alone', { ...web, grant_types: ['refresh_token'] }, 'grant_types'],
    ['no grant', { ...web, grant_types: [] }, 'grant_types'],
    ['S-029 response type token', { ...web, response_types: ['token'] }, 'response_types'],
    ['S-029 response type code id_token', { ...web, response_types: ['code id_token'] }, 'response_types'],
    ['RFC 7591 §2.1 code without its grant', { ...machine, response_types: ['code'] }, 'response_types'],
    ['RFC 7591 §2.1 the grant without code', { ...web, response_types: [] }, 'response_types'],
    ['S-028 no response mode', { ...web, response_modes: [] }, 'response_modes'],
    ['S-028 response mode fragment', { ...web, response_modes: ['fragment'] }, 'response_modes'],
    [
      'S-053 a secret of a public client',
      { ...spa, token_endpoint_auth_method: 'client_secret_basic' },
      'token_endpoint_auth_method',
    ],
    [
      'S-052 a web client without authentication',
      { ...web, token_endpoint_auth_method: 'none' },
      'token_endpoint_auth_method',
    ],
    [
      'S-060 a machine without authentication',
      { ...machine, token_endpoint_auth_method: 'none' },
      'token_endpoint_auth_method',
    ],
    ['an unknown method', { ...web, token_endpoint_auth_method: 'password' }, 'token_endpoint_auth_method'],
    [
      'S-058 alg none for assertions',
      {
        ...machine,
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [jwk] },
        token_endpoint_auth_signing_alg: 'none',
      },
      'token_endpoint_auth_signing_alg',
    ],
    [
      'S-058 HS256 with a private key',
      {
        ...machine,
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [jwk] },
        token_endpoint_auth_signing_alg: 'HS256',
      },
      'token_endpoint_auth_signing_alg',
    ],
    [
      'S-058 RS256 with a secret',
      { ...machine, token_endpoint_auth_method: 'client_secret_jwt', token_endpoint_auth_signing_alg: 'RS256' },
      'token_endpoint_auth_signing_alg',
    ],
    ['private_key_jwt without keys', { ...machine, token_endpoint_auth_method: 'private_key_jwt' }, 'jwks'],
    ['RFC 7591 §2 jwks and jwks_uri', { ...web, jwks: { keys: [jwk] }, jwks_uri: 'https://app.test/jwks' }, 'jwks'],
    ['jwks_uri over http', { ...web, jwks_uri: 'http://app.test/jwks' }, 'jwks_uri'],
    ['jwks_uri with a user', { ...web, jwks_uri: 'https://u@app.test/jwks' }, 'jwks_uri'],
    ['RFC 9700 §2.1.1 S-032 PKCE off for a spa', { ...spa, require_pkce: false }, 'require_pkce'],
    [
      'S-032 PKCE off in the profile oauth21',
      { ...web, require_pkce: false, security_profile: 'oauth21' },
      'require_pkce',
    ],
    ['a profile that is not served', { ...web, security_profile: 'fapi3' }, 'security_profile'],
    ['FAPI 2.0 §5.3.2.1 a secret', fapi, 'token_endpoint_auth_method'],
    [
      'FAPI 2.0 §5.3.2.1 tokens that anybody may use',
      { ...fapi, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } },
      'dpop_bound_access_tokens',
    ],
    ['RFC 9700 §4.14.2 S-071 a public client without rotation', { ...spa, refresh: { rotate: false } }, 'refresh'],
    [
      'S-074 a spa with a refresh token of a year',
      { ...spa, refresh: { absoluteSeconds: 31_536_000 } },
      'absoluteSeconds',
    ],
    ['idle beyond absolute', { ...web, refresh: { idleSeconds: 200, absoluteSeconds: 100 } }, 'refresh'],
    ['S-102 a spa with tokens of 10 minutes', { ...spa, access_token_seconds: 600 }, 'access_token_seconds'],
    ['S-102 tokens of two hours', { ...web, access_token_seconds: 7200 }, 'access_token_seconds'],
    ['an algorithm without a key', { ...web, id_token_signed_response_alg: 'PS256' }, 'id_token_signed_response_alg'],
    ['S-003 alg none for ID tokens', { ...web, id_token_signed_response_alg: 'none' }, 'id_token_signed_response_alg'],
    ['alg none for userinfo', { ...web, userinfo_signed_response_alg: 'none' }, 'userinfo_signed_response_alg'],
    ['a subject type of its own', { ...web, subject_type: 'private' }, 'subject_type'],
    ['a negative max age', { ...web, default_max_age: -1 }, 'default_max_age'],
    ['a max age of text', { ...web, default_max_age: '10' }, 'default_max_age'],
    [
      'oidcc-3rd_party-init-login-nohttps',
      { ...web, initiate_login_uri: 'http://app.test/login' },
      'initiate_login_uri',
    ],
    ['a javascript logo', { ...web, logo_uri: 'javascript:alert(1)' }, 'logo_uri'],
    ['terms over http', { ...web, tos_uri: 'http://app.test/tos' }, 'tos_uri'],
    [
      'S-030 logout to http',
      { ...web, post_logout_redirect_uris: ['http://app.test/bye'] },
      'post_logout_redirect_uris',
    ],
    [
      'front-channel logout elsewhere',
      { ...web, frontchannel_logout_uri: 'https://other.test/out' },
      'frontchannel_logout_uri',
    ],
    [
      'back-channel logout over http',
      { ...web, backchannel_logout_uri: 'http://app.test/out' },
      'backchannel_logout_uri',
    ],
    ['a malformed scope', { ...web, scope: 'openid  profile' }, 'scope'],
    ['a quoted scope', { ...web, scope: 'a"b' }, 'scope'],
    ['a scope twice', { ...web, scope: 'openid openid' }, 'scope'],
    ['S-151 a name that turns direction', { ...web, client_name: 'Bank\u202Eevil' }, 'client_name'],
    ['an empty name', { ...web, client_name: ' ' }, 'client_name'],
    ['a translation to no language', { ...web, 'client_name#!': 'x' }, 'client_name#!'],
    ['contacts that are no addresses', { ...web, contacts: ['me'] }, 'contacts'],
    ['an application type that contradicts', { ...web, application_type: 'native' }, 'application_type'],
    ['an unknown type', { ...web, type: 'robot' }, 'type'],
    ['a device that is redirected to', { type: 'device', grant_types: ['authorization_code'] }, 'grant_types'],
    ['a device with refresh tokens alone', { type: 'device', grant_types: ['refresh_token'] }, 'grant_types'],
    ['list for text', { ...web, client_name: ['x'] }, 'client_name'],
    ['text for a list', { ...web, grant_types: 'authorization_code' }, 'grant_types'],
  ])('refuses %s', (_name, input, member) => {
    expect(refusal(input)).toBe(`invalid_client_metadata ${member}`);
  });

  it.each<[string, MetadataInput]>([
    ['oidcc-redirect-uri-regfrag: a fragment', { ...web, redirect_uris: ['https://app.test/cb#x'] }],
    ['none at all', { type: 'web' }],
    ['an empty list', { ...web, redirect_uris: [] }],
    ['one for a machine', { ...machine, redirect_uris }],
  ])('RFC 7591 §3.2.2 answers invalid_redirect_uri to %s', (_name, input) => {
    expect(refusal(input)).toBe('invalid_redirect_uri redirect_uris');
  });

  it.each<[string, MetadataInput]>([
    ['PKCE off for a confidential client of the baseline', { ...web, require_pkce: false }],
    ['private_key_jwt by value', { ...machine, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } }],
    [
      'private_key_jwt by reference',
      { ...machine, token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://app.test/jwks' },
    ],
    ['http to a host that the deployment names', { ...web, jwks_uri: 'http://localhost:9000/jwks' }],
    ['front-channel logout beside the redirect URI', { ...web, frontchannel_logout_uri: 'https://app.test/out?x=1' }],
    ['an empty scope', { ...web, scope: '' }],
    ['refresh tokens', { ...spa, grant_types: ['authorization_code', 'refresh_token'] }],
  ])('accepts %s', (_name, input) => {
    expect(refusal(input)).toBe('accepted');
  });
});
