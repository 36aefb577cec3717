import { DEFAULT_TENANT_SETTINGS, mergeSettings, patchSettings, type TenantSettingsPatch } from './tenant-settings';
import { TenantSettingsError, validateSettings } from './validate-settings';

function problemsOf(patch: unknown): string[] {
  try {
    validateSettings(mergeSettings(DEFAULT_TENANT_SETTINGS, patch as TenantSettingsPatch));
    return [];
  } catch (error) {
    if (!(error instanceof TenantSettingsError)) throw error;
    return error.problems.map(({ member }) => member);
  }
}

describe('tenant settings', () => {
  it('S-102 S-039 have the recommended defaults, which are themselves valid', () => {
    expect(() => validateSettings(DEFAULT_TENANT_SETTINGS)).not.toThrow();
    expect(DEFAULT_TENANT_SETTINGS.lifetimes).toMatchObject({
      authorizationCodeSeconds: 60,
      accessTokenSeconds: 300,
      refreshPublicAbsoluteSeconds: 1_209_600,
    });
  });

  it('are merged member by member, lists replaced, and the base left alone', () => {
    const merged = mergeSettings(DEFAULT_TENANT_SETTINGS, {
      lifetimes: { accessTokenSeconds: 600 },
      keys: { algorithms: ['RS256'] },
    });
    expect(merged.lifetimes).toEqual({ ...DEFAULT_TENANT_SETTINGS.lifetimes, accessTokenSeconds: 600 });
    expect(merged.keys).toEqual({ ...DEFAULT_TENANT_SETTINGS.keys, algorithms: ['RS256'] });
    expect(DEFAULT_TENANT_SETTINGS.lifetimes.accessTokenSeconds).toBe(300);
  });

  it('RFC 7396 §2 are what was chosen: null takes a choice back, of a member or of a section', () => {
    const chosen: TenantSettingsPatch = {
      lifetimes: { accessTokenSeconds: 600, idTokenSeconds: 60 },
      dpop: { requireNonce: true },
    };
    expect(patchSettings(chosen, { lifetimes: { accessTokenSeconds: null } })).toEqual({
      lifetimes: { idTokenSeconds: 60 },
      dpop: { requireNonce: true },
    });
    expect(patchSettings(chosen, { lifetimes: null, dpop: { requireNonce: null } })).toEqual({});
    expect(patchSettings(chosen, { adminApiOrigins: ['https://a.example'] })).toEqual({
      ...chosen,
      adminApiOrigins: ['https://a.example'],
    });
  });

  it.each<[string, unknown]>([
    ['lifetimes.accessTokenSeconds', { lifetimes: { accessTokenSeconds: 3601 } }],
    ['lifetimes.accessTokenSeconds', { lifetimes: { accessTokenSeconds: '300' } }],
    ['lifetimes.refreshGraceSeconds', { lifetimes: { refreshGraceSeconds: 61 } }],
    ['lifetimes.sessionIdleSeconds', { lifetimes: { sessionIdleSeconds: 90_000 } }],
    ['authorizationRequests.byReference', { authorizationRequests: { byReference: 1 } }],
    ['keys.algorithms', { keys: { algorithms: [] } }],
    ['keys.algorithms', { keys: { algorithms: ['none'] } }],
    ['keys.algorithms', { keys: { algorithms: ['ES256', 'ES256'] } }],
    ['keys.rsaBits', { keys: { rsaBits: 1024 } }],
    ['limits.passwordDisableAt', { limits: { passwordDisableAt: 101 } }],
    ['locales.default', { locales: { default: 'fr' } }],
    ['locales.supported', { locales: { supported: ['en', 'no such tag'] } }],
    ['branding.accent', { branding: { accent: 'red;}' } }],
    ['branding.logoUri', { branding: { logoUri: 'javascript:alert(1)' } }],
    ['securityProfileFloor', { securityProfileFloor: 'none' }],
    ['dpop.requireNonce', { dpop: { requireNonce: 'yes' } }],
    ['lifetimes.boundAccessTokenSeconds', { lifetimes: { boundAccessTokenSeconds: 3601 } }],
    ['audit.machineTokens', { audit: { machineTokens: 'never' } }],
    ['lifetimes.', { lifetimes: null }],
    ['surprise', { surprise: { a: 1 } }],
    ['keys.surprise', { keys: { surprise: 1 } }],
    ['__proto__', JSON.parse('{"__proto__":{"polluted":true}}')],
  ])('S-177 refuse a bad %s', (member, patch) => {
    expect(problemsOf(patch)).toEqual([member]);
  });

  it('S-039 FAPI 2.0 SP §5.3.2.1 let no code live longer than a minute', () => {
    const member = 'lifetimes.authorizationCodeSeconds';
    expect(problemsOf({ lifetimes: { authorizationCodeSeconds: 60 } })).toEqual([]);
    expect(problemsOf({ lifetimes: { authorizationCodeSeconds: 61 } })).toEqual([member]);
  });

  it('S-111 FAPI 2.0 SP §5.3.2.2 let no pushed request live longer than 90 seconds', () => {
    const member = 'lifetimes.pushedRequestSeconds';
    expect(problemsOf({ lifetimes: { pushedRequestSeconds: 90 } })).toEqual([]);
    expect(problemsOf({ lifetimes: { pushedRequestSeconds: 91 } })).toEqual([member]);
    expect(problemsOf({ lifetimes: { pushedRequestSeconds: 59 } })).toEqual([member]);
  });

  it('S-130 NIST SP 800-63B §3.1.1.2 let no password be shorter than 15 where it stands alone', () => {
    expect(problemsOf({ password: { minLength: 15 } })).toEqual([]);
    expect(problemsOf({ password: { minLength: 14 } })).toEqual(['password.minLength']);
  });

  it('S-074 RFC 10017 §6.3.2.3 end the refresh tokens of browsers after 30 days at most', () => {
    const member = 'lifetimes.refreshPublicAbsoluteSeconds';
    expect(problemsOf({ lifetimes: { refreshPublicAbsoluteSeconds: 30 * 86_400 } })).toEqual([]);
    expect(problemsOf({ lifetimes: { refreshPublicAbsoluteSeconds: 31 * 86_400 } })).toEqual([member]);
  });

  it('name every bad member at once', () => {
    expect(problemsOf({ password: { minLength: 1 }, branding: { accent: 1 } })).toEqual([
      'password.minLength',
      'branding.accent',
    ]);
  });
});
