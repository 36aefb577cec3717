import { SECURITY_PROFILES } from '@tokenidp/tenancy';
import type { ClientMetadata } from './client';
import { floorFault, meetsFloor, profileFault, SECURITY_PROFILE_RULES } from './security-profiles';

const client = {
  token_endpoint_auth_method: 'private_key_jwt',
  id_token_signed_response_alg: 'ES256',
  dpop_bound_access_tokens: true,
} as ClientMetadata;
const fapi = SECURITY_PROFILES.filter((name) => name.startsWith('fapi'));

describe('security profiles', () => {
  it('are all in the table, each under its own name', () => {
    expect(SECURITY_PROFILES.map((name) => SECURITY_PROFILE_RULES[name].name)).toEqual(SECURITY_PROFILES);
  });

  it('baseline refuses nothing that is served', () => {
    const plain = { ...client, token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'RS256' } as const;
    expect(profileFault(plain as ClientMetadata, SECURITY_PROFILE_RULES.baseline)).toBeNull();
  });

  it.each(fapi)('FAPI 2.0 §5.3.2.1 S-078 %s lets no refresh token rotate', (name) => {
    expect(SECURITY_PROFILE_RULES[name].rotatesRefreshTokens).toBe(false);
  });

  it.each(fapi)('FAPI 2.0 §5.3.2.1 %s takes signed assertions and no shared secret', (name) => {
    const rules = SECURITY_PROFILE_RULES[name];
    expect(profileFault(client, rules)).toBeNull();
    for (const method of ['none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const) {
      const fault = profileFault({ ...client, token_endpoint_auth_method: method }, rules);
      expect(fault?.member).toBe('token_endpoint_auth_method');
      expect(fault?.detail).toContain(name);
    }
  });

  it.each(fapi)('FAPI 2.0 §5.3.2.1 %s binds access tokens, by a proof or by a certificate', (name) => {
    const rules = SECURITY_PROFILE_RULES[name];
    const bearer = { ...client, dpop_bound_access_tokens: false };
    expect(profileFault(bearer, rules)?.member).toBe('dpop_bound_access_tokens');
    expect(profileFault({ ...bearer, tls_client_certificate_bound_access_tokens: true }, rules)).toBeNull();
  });

  it.each(fapi)('FAPI-CIBA §5.2.2 %s takes signed backchannel requests alone', (name) => {
    const asking = { ...client, backchannel_token_delivery_mode: 'poll' } as const;
    const rules = SECURITY_PROFILE_RULES[name];
    expect(profileFault(asking, rules)?.member).toBe('backchannel_authentication_request_signing_alg');
    expect(profileFault({ ...asking, backchannel_authentication_request_signing_alg: 'PS256' }, rules)).toBeNull();
    const weak = { ...asking, backchannel_authentication_request_signing_alg: 'RS256' };
    expect(profileFault(weak, rules)?.detail).toMatch(name);
  });

  it.each(fapi)('FAPI-CIBA §5.2.2 %s has nothing pushed', (name) => {
    const asking = { ...client, backchannel_authentication_request_signing_alg: 'PS256' };
    const rules = SECURITY_PROFILE_RULES[name];
    for (const mode of ['poll', 'ping'] as const) {
      expect(profileFault({ ...asking, backchannel_token_delivery_mode: mode }, rules)).toBeNull();
    }
    const fault = profileFault({ ...asking, backchannel_token_delivery_mode: 'push' }, rules);
    expect(fault?.member).toBe('backchannel_token_delivery_mode');
    expect(fault?.detail).toContain(name);
  });

  it('CIBA Core §7.1 of the FAPI profiles only fapi-ciba takes the token endpoint for an audience', () => {
    const taking = fapi.filter((name) => SECURITY_PROFILE_RULES[name].takesTokenEndpointAsAudience);
    expect(taking).toEqual(['fapi-ciba']);
  });

  it.each(fapi)('FAPI 2.0 §5.4.1 %s signs nothing with RS256', (name) => {
    const rules = SECURITY_PROFILE_RULES[name];
    const members = [
      'token_endpoint_auth_signing_alg',
      'id_token_signed_response_alg',
      'userinfo_signed_response_alg',
      'request_object_signing_alg',
      'authorization_signed_response_alg',
    ] as const;
    for (const member of members) expect(profileFault({ ...client, [member]: 'RS256' }, rules)?.member).toBe(member);
  });

  it('FAPI 2.0 SP §5.3.2.2, FAPI 2.0 MS §5.3.1 requests are pushed, and with message signing signed', () => {
    for (const name of fapi)
      expect(SECURITY_PROFILE_RULES[name].fixed.require_pushed_authorization_requests).toBe(true);
    expect(SECURITY_PROFILE_RULES['fapi2-security'].fixed.require_signed_request_object).toBeUndefined();
    expect(SECURITY_PROFILE_RULES['fapi2-message-signing'].fixed.require_signed_request_object).toBe(true);
  });

  it('a floor admits what is as strict and stricter', () => {
    expect(SECURITY_PROFILES.map((name) => meetsFloor(name, 'oauth21'))).toEqual([false, true, true, true, true]);
  });

  it("a floor names both profiles to the client that is below it, and leaves the server's own clients alone", () => {
    const below = { security_profile: 'baseline', origin: 'admin' } as const;
    expect(floorFault(below, 'oauth21')).toMatch(/baseline.*oauth21/);
    expect(floorFault({ ...below, security_profile: 'oauth21' }, 'oauth21')).toBeNull();
    expect(floorFault({ ...below, origin: 'built-in' }, 'oauth21')).toBeNull();
  });
});
