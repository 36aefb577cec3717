import { ClientMetadataError } from './client-metadata-error';
import type { MetadataInput } from './members';
import { isTrustedOrigin, type RegistrationPolicy } from './registration-policy';
import { validateClientMetadata } from './validate-client-metadata';

const policy: RegistrationPolicy = {
  origin: 'admin',
  issuer: 'https://id.example.com/t/acme',
  algorithms: ['ES256', 'RS256'],
  securityProfileFloor: 'baseline',
  outboundAllowedHosts: [],
};
const registered: RegistrationPolicy = { ...policy, origin: 'registered' };
const redirect_uris = ['https://app.test/cb'];
const web = { type: 'web', redirect_uris };

function refusal(input: MetadataInput, under: RegistrationPolicy): string {
  try {
    validateClientMetadata(input, under);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return `${error.error} ${error.member}`;
  }
}

describe('registration policy', () => {
  it('OAuth 2.1 §4.1.1 trusts administrators and the server itself with policy, nobody else', () => {
    expect((['admin', 'built-in', 'registered', 'metadata'] as const).filter(isTrustedOrigin)).toEqual([
      'admin',
      'built-in',
    ]);
  });

  it('ignores policy that a client gives itself', () => {
    const input = { redirect_uris, consent: 'implicit', require_pkce: false, refresh: { always: true } };
    expect(validateClientMetadata(input, registered)).toMatchObject({
      consent: 'required',
      require_pkce: true,
      refresh: { always: false },
    });
  });

  it('holds a client to the floor of its tenant', () => {
    const strict: RegistrationPolicy = { ...policy, securityProfileFloor: 'oauth21' };
    expect(validateClientMetadata(web, strict).security_profile).toBe('oauth21');
    expect(refusal({ ...web, security_profile: 'baseline' }, strict)).toBe('invalid_client_metadata security_profile');
    const portal = validateClientMetadata(web, {
      ...strict,
      securityProfileFloor: 'fapi2-security',
      origin: 'built-in',
    });
    expect(portal.security_profile).toBe('baseline');
  });

  it('lets only a built-in client live below an issuer without https', () => {
    const plain: RegistrationPolicy = { ...policy, issuer: 'http://idp:3000', origin: 'built-in' };
    const input = { type: 'spa', redirect_uris: ['http://idp:3000/admin/callback'] };
    expect(refusal(input, plain)).toBe('accepted');
    expect(refusal(input, { ...plain, origin: 'admin' })).toBe('invalid_redirect_uri redirect_uris');
  });
});
