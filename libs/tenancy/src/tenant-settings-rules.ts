/** @spec FAPI 2.0 SP §5.3.2.1, NIST SP 800-63B §3.1.1.2, RFC 10017 §6.3.2.3 — the limits within which a tenant may set its policy. */
import { REGISTRATION_RULES } from './registration-settings-rules';
import { between, listOf, matching, oneOf, optional, type SettingRule, trueOrFalse } from './setting-rule';
import { KEY_ALGORITHMS, SECURITY_PROFILES, type TenantSettings } from './tenant-settings';

const HOUR = 3600;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const languageTag: SettingRule = (value) => {
  try {
    return typeof value === 'string' && Intl.getCanonicalLocales(value)[0] === value ? undefined : LANGUAGE_PROBLEM;
  } catch {
    return LANGUAGE_PROBLEM;
  }
};
const LANGUAGE_PROBLEM = 'must be a language tag such as en or pt-BR';

const httpsUrl: SettingRule = (value) => {
  const url = typeof value === 'string' && value.length <= 2048 ? URL.parse(value) : null;
  return url?.protocol === 'https:' && !url.username && !url.password ? undefined : 'must be an https URL';
};

type Rules = {
  [S in keyof TenantSettings]: TenantSettings[S] extends string
    ? SettingRule
    : { [M in keyof TenantSettings[S]]-?: SettingRule };
};

export const SETTING_RULES: Rules = {
  issuerMode: oneOf('deployment', 'path', 'subdomain'),
  authorizationRequests: { requirePushed: trueOrFalse, requireSigned: trueOrFalse, byReference: trueOrFalse },
  lifetimes: {
    authorizationCodeSeconds: between(10, 60),
    pushedRequestSeconds: between(60, 90),
    accessTokenSeconds: between(60, HOUR),
    boundAccessTokenSeconds: between(60, HOUR),
    clientCredentialsSeconds: between(60, HOUR),
    idTokenSeconds: between(60, HOUR),
    interactionSeconds: between(60, HOUR),
    sessionIdleSeconds: between(60, 30 * DAY),
    sessionAbsoluteSeconds: between(60, 30 * DAY),
    refreshPublicIdleSeconds: between(60, 30 * DAY),
    refreshPublicAbsoluteSeconds: between(60, 30 * DAY),
    refreshConfidentialIdleSeconds: between(60, YEAR),
    refreshConfidentialAbsoluteSeconds: between(60, YEAR),
    refreshGraceSeconds: between(0, 60),
    deviceCodeSeconds: between(60, 900),
    backchannelSeconds: between(10, 600),
  },
  keys: {
    algorithms: listOf(oneOf(...KEY_ALGORITHMS)),
    rotationDays: between(1, 730),
    leadSeconds: between(300, 30 * DAY),
    rsaBits: oneOf(2048, 3072, 4096),
  },
  password: { minLength: between(15, 64) },
  sessions: { checkSessionIframe: trueOrFalse },
  limits: {
    passwordFreeFailures: between(1, 50),
    passwordMaxDelaySeconds: between(1, DAY),
    passwordDisableAt: between(5, 100),
    passwordPerAddressPerMinute: between(1, 100_000),
    clientAuthFailuresPerMinute: between(1, 100_000),
    registrationsPerAddressPerHour: between(1, 100_000),
    userCodesPerSession: between(1, 100_000),
    userCodesPerAddressPerMinute: between(1, 100_000),
    userCodesPerMinute: between(1, 100_000),
    backchannelOpenPerUser: between(1, 100_000),
    backchannelPerUserPerHour: between(1, 100_000),
  },
  locales: { default: languageTag, supported: listOf(languageTag) },
  branding: { accent: matching(/^#[0-9a-f]{6}$/i, 'a colour such as #2456c5'), logoUri: optional(httpsUrl) },
  securityProfileFloor: oneOf(...SECURITY_PROFILES),
  dpop: { requireNonce: trueOrFalse },
  registration: REGISTRATION_RULES,
  userRegistration: oneOf('off', 'open'),
  userinfo: {
    requiredAcr: optional(matching(/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/, 'a context class without space')),
    maxAgeSeconds: optional(between(0, 30 * DAY)),
  },
  backchannel: { testApproval: trueOrFalse, push: trueOrFalse },
  audit: { machineTokens: oneOf('counted', 'each'), retentionDays: between(1, 3650) },
};
