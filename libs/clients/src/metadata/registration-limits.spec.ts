import { DEFAULT_TENANT_SETTINGS, type RegistrationLimits } from '@tokenidp/tenancy';
import { ClientMetadataError } from './client-metadata-error';
import { isHostIn, redirectsToKnownHosts, withinLimits } from './registration-limits';

const limits: RegistrationLimits = { ...DEFAULT_TENANT_SETTINGS.registration, scopes: ['openid', 'email', 'api.read'] };
const client = {
  grant_types: ['authorization_code' as const],
  token_endpoint_auth_method: 'none' as const,
  redirect_uris: ['https://app.test/cb'],
  post_logout_redirect_uris: [] as string[],
};

function verdict(changed: Partial<typeof client> & { scope?: string }, allowed: Partial<RegistrationLimits>): string {
  try {
    return withinLimits({ ...client, ...changed }, { ...limits, ...allowed }).scope!;
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return `${error.error} ${error.member}`;
  }
}

describe('what a client registers within the limits of its tenant', () => {
  it.each<[string | undefined, string]>([
    [undefined, 'openid email api.read'],
    ['openid', 'openid'],
    ['openid profile api.read', 'openid api.read'],
    ['', ''],
    ['profile', 'invalid_client_metadata scope'],
  ])('RFC 7591 §2 of the scope %j it gets %j', (scope, expected) => {
    expect(verdict({ scope }, {})).toBe(expected);
  });

  it.each<[string, Partial<typeof client>, Partial<RegistrationLimits>, string]>([
    ['a grant', {}, { grantTypes: ['client_credentials'] }, 'invalid_client_metadata grant_types'],
    ['a method', {}, { authMethods: ['private_key_jwt'] }, 'invalid_client_metadata token_endpoint_auth_method'],
    ['a host', {}, { redirectUriHosts: ['other.test'] }, 'invalid_redirect_uri redirect_uris'],
    ['https', {}, { redirectUriSchemes: ['loopback'] }, 'invalid_redirect_uri redirect_uris'],
    [
      'the device',
      { redirect_uris: ['http://127.0.0.1/cb'] },
      { redirectUriSchemes: ['https'] },
      'invalid_redirect_uri redirect_uris',
    ],
    [
      'a scheme of its own',
      { redirect_uris: ['com.example:/cb'] },
      { redirectUriSchemes: ['https', 'loopback'] },
      'invalid_redirect_uri redirect_uris',
    ],
    [
      'a place after logout',
      { post_logout_redirect_uris: ['https://evil.test/'] },
      { redirectUriHosts: ['app.test'] },
      'invalid_client_metadata post_logout_redirect_uris',
    ],
  ])('RFC 7591 §5 %s can be kept out', (_title, changed, allowed, expected) => {
    expect(verdict(changed, {})).toBe('openid email api.read');
    expect(verdict(changed, allowed)).toBe(expected);
  });

  it('RFC 7591 §5 a list of hosts says nothing about the device', () => {
    expect(verdict({ redirect_uris: ['http://127.0.0.1/cb'] }, { redirectUriHosts: ['app.test'] })).toContain('openid');
  });

  it.each([
    ['app.test', ['app.test'], true],
    ['a.app.test', ['app.test'], false],
    ['a.app.test', ['*.app.test'], true],
    ['a.b.app.test', ['*.app.test'], true],
    ['app.test', ['*.app.test'], false],
    ['notapp.test', ['*.app.test'], false],
    ['app.test.evil', ['app.test', '*.app.test'], false],
    ['app.test', [], false],
  ])('RFC 9700 §4.11.2 the host %s is among %j: %s', (host, patterns, expected) => {
    expect(isHostIn(host, patterns)).toBe(expected);
  });

  it.each<[string[], string[], boolean]>([
    [['https://app.test/cb'], ['app.test'], true],
    [['https://app.test/cb', 'https://evil.test/cb'], ['app.test'], false],
    [['http://127.0.0.1/cb'], ['127.0.0.1'], false],
    [['https://app.test/cb'], [], false],
    [[], ['app.test'], false],
  ])('RFC 9700 §4.11.2 %j with the hosts %j are known places: %s', (uris, redirectUriHosts, expected) => {
    expect(redirectsToKnownHosts(uris, { ...limits, redirectUriHosts })).toBe(expected);
  });
});
