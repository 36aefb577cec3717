import { tenant } from '../../test/samples';
import { providerMetadata, type ServedFeatures } from './metadata';

const served: ServedFeatures = {
  grantTypes: ['authorization_code'],
  responseModes: ['query'],
  clientAuthMethods: ['none', 'private_key_jwt'],
  clientAuthAlgorithms: ['ES256'],
  signingAlgorithms: ['ES256', 'RS256'],
  authorizationDetailsTypes: ['payment'],
  dpopAlgorithms: ['ES256'],
  acrValues: ['urn:acr:single'],
  requestObjectAlgorithms: ['ES256', 'PS256'],
};
const metadata = providerMetadata(tenant, served);

describe('RFC 8414 §2, OIDC Discovery §3, RFC 8628 §4, CIBA Core §4, RFC 9207 §3 S-003 the metadata of a tenant', () => {
  it('S-002 has the tenant as issuer, and every address below it', () => {
    expect(metadata.issuer).toBe(tenant.issuer);
    const addresses = Object.entries(metadata).filter(([name]) => /(_endpoint|_uri)$/.test(name));
    expect(addresses.length).toBeGreaterThanOrEqual(8);
    for (const [, address] of addresses) expect(address).toMatch(new RegExp(`^${tenant.issuer}/`));
  });

  it('says what is served', () => {
    expect(metadata).toMatchObject({
      grant_types_supported: served.grantTypes,
      response_modes_supported: served.responseModes,
      token_endpoint_auth_methods_supported: served.clientAuthMethods,
      token_endpoint_auth_signing_alg_values_supported: served.clientAuthAlgorithms,
      id_token_signing_alg_values_supported: served.signingAlgorithms,
      dpop_signing_alg_values_supported: served.dpopAlgorithms,
      acr_values_supported: served.acrValues,
      authorization_details_types_supported: served.authorizationDetailsTypes,
      introspection_signing_alg_values_supported: served.signingAlgorithms,
      ui_locales_supported: tenant.settings.locales.supported,
    });
  });

  it('RFC 8414 §3.2 leaves out a list that would be empty', () => {
    const none = providerMetadata(tenant, { ...served, authorizationDetailsTypes: [] });
    expect(none).not.toHaveProperty('authorization_details_types_supported');
  });

  it('promises code, S256 and iss, and request objects by value alone', () => {
    expect(metadata).toMatchObject({
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: false,
      subject_types_supported: ['public', 'pairwise'],
    });
  });

  it('RFC 9126 §5, RFC 9101 §10.5, JARM §4 says how requests may come, as the tenant wants it', () => {
    const { authorizationRequests } = tenant.settings;
    expect(metadata).toMatchObject({
      pushed_authorization_request_endpoint: `${tenant.issuer}/par`,
      require_pushed_authorization_requests: false,
      require_signed_request_object: false,
      request_object_signing_alg_values_supported: served.requestObjectAlgorithms,
      authorization_signing_alg_values_supported: served.signingAlgorithms,
    });
    const all = { ...authorizationRequests, requirePushed: true, requireSigned: true, byReference: true };
    const strict = { ...tenant, settings: { ...tenant.settings, authorizationRequests: all } };
    expect(providerMetadata(strict, served)).toMatchObject({
      require_pushed_authorization_requests: true,
      require_signed_request_object: true,
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
    });
  });

  it('OIDC Session Management §3.3 names the page only where it is there: by https, and when the tenant wants it', () => {
    const settings = { ...tenant.settings, sessions: { checkSessionIframe: true } };
    const page = (changes: object) => providerMetadata({ ...tenant, ...changes }, served).check_session_iframe;
    expect(page({ settings })).toBe(`${tenant.issuer}/session/check`);
    expect(page({})).toBeUndefined();
    expect(page({ settings, secureCookies: false })).toBeUndefined();
  });

  it('OIDC Back-Channel Logout §2.1, Front-Channel Logout §3 tells clients of logouts', () => {
    const members = ['backchannel_logout', 'frontchannel_logout'].flatMap((each) => [
      `${each}_supported`,
      `${each}_session_supported`,
    ]);
    expect(members.map((member) => metadata[member])).toEqual([true, true, true, true]);
  });

  it('S-081 lets nobody introspect without a credential', () => {
    expect(metadata.introspection_endpoint_auth_methods_supported).toEqual(['private_key_jwt']);
  });

  it('has no algorithm that does not sign', () => {
    const algorithms = Object.entries(metadata).filter(([name]) => name.includes('_alg_'));
    expect(algorithms.flatMap(([, values]) => values)).not.toContain('none');
  });
});
