/** @spec FAPI 2.0 SP §5.3.2.1, NIST SP 800-63B §3.1.1.2, RFC 10017 §6.3.2.3 — the limits within which a tenant may set its policy. */
import { isText } from '@tokenidp/admin-api';
import { REGISTRATION_RULES } from './registration-settings-rules';
import {
  between,
  listOf,
  matching,
  oneOf,
  optional,
  ruleOf,
  type Setting,
  setting,
  type SettingRule,
  trueOrFalse,
} from './setting-rule';
import { KEY_ALGORITHMS, SECURITY_PROFILES, type TenantSettings } from './tenant-settings';

const HOUR = 3600;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const LANGUAGE_PROBLEM = 'must be a language tag such as en or pt-BR';
const languageTag: SettingRule = ruleOf({ type: 'string' }, (value) => {
  try {
    return typeof value === 'string' && Intl.getCanonicalLocales(value)[0] === value ? undefined : LANGUAGE_PROBLEM;
  } catch {
    return LANGUAGE_PROBLEM;
  }
});

const httpsUrl: SettingRule = ruleOf({ type: 'string', format: 'uri', maxLength: 2048 }, (value) => {
  const url = isText(value) && value.length <= 2048 ? URL.parse(value) : null;
  return url?.protocol === 'https:' && !url.username && !url.password ? undefined : 'must be an https URL';
});

/** Exactly as browsers send it, since it is compared as a whole (S-005). */
const httpsOrigin: SettingRule = ruleOf({ type: 'string', pattern: '^https://[^/?#@]+$', maxLength: 255 }, (value) => {
  const url = isText(value) && value.length <= 255 ? URL.parse(value) : null;
  return url?.protocol === 'https:' && url.origin === value ? undefined : 'must be an https origin without a path';
});

type Rules = {
  [S in keyof TenantSettings]: TenantSettings[S] extends string | readonly unknown[]
    ? Setting
    : { [M in keyof TenantSettings[S]]-?: Setting };
};

const count = between(1, 100_000);
const short = between(60, HOUR);

/** One table: what is checked, what the OpenAPI document says, and what administrators read. */
export const SETTING_RULES: Rules = {
  issuerMode: setting(
    'Where the tenant lives. A change gives it another issuer and ends all that the old one has issued.',
    oneOf('deployment', 'path', 'subdomain'),
  ),
  adminApiOrigins: setting(
    "Origins beside the portal's own whose pages may use the administration API.",
    listOf(httpsOrigin, 0),
  ),
  authorizationRequests: {
    requirePushed: setting('Whether only pushed authorization requests are taken, from any client.', trueOrFalse),
    requireSigned: setting('Whether only signed authorization requests are taken, from any client.', trueOrFalse),
    byReference: setting('Whether the server fetches request objects by a registered `request_uri`.', trueOrFalse),
  },
  lifetimes: {
    authorizationCodeSeconds: setting('How long an authorization code lives.', between(10, 60)),
    pushedRequestSeconds: setting('How long a pushed authorization request lives.', between(60, 90)),
    accessTokenSeconds: setting("How long a user's access token lives.", short),
    boundAccessTokenSeconds: setting("How long a user's access token lives that is bound to a key.", short),
    clientCredentialsSeconds: setting('How long an access token lives that a client got for itself.', short),
    idTokenSeconds: setting('How long an ID token lives.', short),
    interactionSeconds: setting('How long people have to sign in and to consent.', short),
    sessionIdleSeconds: setting('How long a session lives that nobody uses.', between(60, 30 * DAY)),
    sessionAbsoluteSeconds: setting('How long a session lives at most.', between(60, 30 * DAY)),
    refreshPublicIdleSeconds: setting(
      'How long a refresh token of a public client lives that nobody uses.',
      between(60, 30 * DAY),
    ),
    refreshPublicAbsoluteSeconds: setting(
      'How long the refresh tokens of a public client live at most.',
      between(60, 30 * DAY),
    ),
    refreshConfidentialIdleSeconds: setting(
      'How long a refresh token of a confidential client lives that nobody uses.',
      between(60, YEAR),
    ),
    refreshConfidentialAbsoluteSeconds: setting(
      'How long the refresh tokens of a confidential client live at most.',
      between(60, YEAR),
    ),
    refreshGraceSeconds: setting('How long a refresh token that was just spent is taken once more.', between(0, 60)),
    deviceCodeSeconds: setting('How long a device and its user code wait for a decision.', between(60, 900)),
    backchannelSeconds: setting('How long a back-channel request waits for a decision.', between(10, 600)),
  },
  keys: {
    algorithms: setting(
      'Signing algorithms that the tenant keeps keys of; the first is the default of APIs and applications.',
      listOf(oneOf(...KEY_ALGORITHMS)),
    ),
    rotationDays: setting('How long a key signs.', between(1, 730)),
    leadSeconds: setting('How long a key is published before it signs.', between(300, 30 * DAY)),
    rsaBits: setting('Size of RSA keys that are made from now on.', oneOf(2048, 3072, 4096)),
  },
  password: { minLength: setting('The fewest characters of a password.', between(15, 64)) },
  sessions: {
    checkSessionIframe: setting(
      'Whether sites may watch the session by our page in a frame, which shows them a cookie of ours.',
      trueOrFalse,
    ),
  },
  limits: {
    passwordFreeFailures: setting('Wrong passwords of a user before each further try has to wait.', between(1, 50)),
    passwordMaxDelaySeconds: setting('The longest wait between two tries.', between(1, DAY)),
    passwordDisableAt: setting('Wrong passwords in a row at which the password is switched off.', between(5, 100)),
    passwordPerAddressPerMinute: setting('Passwords tried from one address in a minute.', count),
    clientAuthFailuresPerMinute: setting('Failed authentications of a client in a minute.', count),
    registrationsPerAddressPerHour: setting('Clients registered from one address in an hour.', count),
    userCodesPerSession: setting("Tries at typing a device's code in one session.", count),
    userCodesPerAddressPerMinute: setting("Tries at typing a device's code from one address in a minute.", count),
    userCodesPerMinute: setting("Tries at typing a device's code in a minute, from everywhere.", count),
    backchannelOpenPerUser: setting('Back-channel requests about one user that are open at once.', count),
    backchannelPerUserPerHour: setting('Back-channel requests about one user in an hour.', count),
  },
  locales: {
    default: setting('Language of pages where the browser wants none of the supported.', languageTag),
    supported: setting('Languages of the pages.', listOf(languageTag)),
  },
  branding: {
    accent: setting('Colour of buttons and links.', matching(/^#[0-9a-f]{6}$/i, 'a colour such as #2456c5')),
    logoUri: setting('An https address of a logo.', optional(httpsUrl)),
  },
  securityProfileFloor: setting(
    'The loosest security profile that an application may have.',
    oneOf(...SECURITY_PROFILES),
  ),
  dpop: { requireNonce: setting('Whether a DPoP proof is good only with a nonce of the server.', trueOrFalse) },
  registration: REGISTRATION_RULES,
  userRegistration: setting('Whether people make accounts of their own.', oneOf('off', 'open')),
  userinfo: {
    requiredAcr: setting(
      'The authentication context class that userinfo asks for.',
      optional(matching(/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/, 'a context class without space')),
    ),
    maxAgeSeconds: setting('How long ago a sign-in may be that userinfo asks for.', optional(between(0, 30 * DAY))),
  },
  backchannel: {
    testApproval: setting('Whether a sandbox answers back-channel requests without a user, for tests.', trueOrFalse),
    push: setting('Whether tokens may be pushed to clients: bearer tokens, which no key is proven for.', trueOrFalse),
  },
  audit: {
    machineTokens: setting(
      'Whether tokens that clients get for themselves are counted by the minute, or have an event each.',
      oneOf('counted', 'each'),
    ),
    retentionDays: setting('How long events are kept.', between(1, 3650)),
  },
};
