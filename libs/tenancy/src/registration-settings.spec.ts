import { DEFAULT_REGISTRATION, type RegistrationSettings } from './registration-settings';
import { registrationLimitsProblem } from './registration-settings-rules';
import { DEFAULT_TENANT_SETTINGS, mergeSettings } from './tenant-settings';
import { TenantSettingsError, validateSettings } from './validate-settings';

const KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };

function problems(registration: unknown): string[] {
  try {
    validateSettings(
      mergeSettings(DEFAULT_TENANT_SETTINGS, { registration: registration as Partial<RegistrationSettings> }),
    );
    return [];
  } catch (error) {
    if (!(error instanceof TenantSettingsError)) throw error;
    return error.problems.map(({ member }) => member);
  }
}

describe('registration settings', () => {
  it('S-170 RFC 7591 §1 nobody registers and nobody describes themselves until a tenant says so', () => {
    expect(DEFAULT_REGISTRATION).toMatchObject({ mode: 'closed', metadataDocuments: false, requirePkce: true });
    expect(DEFAULT_REGISTRATION.grantTypes).not.toContain('client_credentials');
  });

  it.each<[Partial<RegistrationSettings>]>([
    [{ mode: 'open' }],
    [{ redirectUriHosts: ['app.test', '*.app.test'] }],
    [{ softwareIssuers: [{ issuer: 'https://a.test', jwks: { keys: [KEY] } }] }],
    [{ unusedDays: 0 }],
  ])('RFC 7591 §5 %j is fine', (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['mode', 'anybody'],
    ['grantTypes', ['password']],
    ['grantTypes', []],
    ['authMethods', ['basic']],
    ['redirectUriSchemes', ['javascript']],
    ['redirectUriHosts', ['*']],
    ['redirectUriHosts', ['*.']],
    ['redirectUriHosts', ['APP.test']],
    ['redirectUriHosts', ['https://app.test']],
    ['redirectUriHosts', 'app.test'],
    ['metadataHosts', ['a.*.test']],
    ['scopes', ['open id']],
    ['scopes', []],
    ['requirePkce', 'no'],
    ['maxClients', 0],
    ['unusedDays', -1],
    ['rotateTokens', null],
    ['metadataDocuments', 'yes'],
    ['softwareStatements', true],
    ['softwareIssuers', {}],
    ['softwareIssuers', [{ issuer: 'a' }]],
    ['softwareIssuers', [{ issuer: '', jwks: { keys: [KEY] } }]],
    ['softwareIssuers', [{ issuer: 'a', jwks: { keys: [] } }]],
    ['softwareIssuers', [{ issuer: 'a', jwks: { keys: [{ ...KEY, d: 'd' }] } }]],
    ['softwareIssuers', [{ issuer: 'a', jwks: { keys: [{ kty: 'oct', k: 'k' }] } }]],
    ['softwareIssuers', Array(2).fill({ issuer: 'a', jwks: { keys: [KEY] } })],
    ['anything', 1],
  ])('S-177 refuse a bad %s: %j', (member, value) => {
    expect(problems({ [member]: value })).toEqual([`registration.${member}`]);
  });

  it.each([
    [{}, undefined],
    [{ requirePkce: false }, undefined],
    [{ grantTypes: ['password'] }, 'grantTypes each must be one of'],
    [{ mode: 'open' }, 'mode is not a limit'],
    [JSON.parse('{"__proto__":{}}') as object, '__proto__ is not a limit'],
  ])('S-177 limits on their own: %j', (limits, problem) => {
    const found = registrationLimitsProblem(limits as Partial<Record<string, unknown>>);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });
});
