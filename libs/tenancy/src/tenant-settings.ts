import type { IssuerMode } from './tenancy-options';
import { DEFAULT_REGISTRATION, type RegistrationSettings } from './registration-settings';

/** Policy of one tenant. Every member is present: what a tenant has not chosen is a default of security.md. */
export interface TenantSettings {
  /** where the tenant lives; a change gives it another issuer, and ends all that the old one has issued */
  issuerMode: 'deployment' | IssuerMode;
  /** origins beside the portal's own that may use the administration API by CORS */
  adminApiOrigins: string[];
  authorizationRequests: AuthorizationRequestSettings;
  lifetimes: LifetimeSettings;
  keys: KeySettings;
  password: { minLength: number };
  /** `checkSessionIframe` shows every site that embeds our page a cookie of ours: convenience for privacy */
  sessions: { checkSessionIframe: boolean };
  limits: LimitSettings;
  locales: { default: string; supported: string[] };
  branding: { accent: string; logoUri?: string };
  securityProfileFloor: SecurityProfile;
  dpop: DpopSettings;
  registration: RegistrationSettings;
  /** whether people make accounts of their own */
  userRegistration: 'off' | 'open';
  /** the sign-in that userinfo asks for (RFC 9470), as an API may */
  userinfo: { requiredAcr?: string; maxAgeSeconds?: number };
  backchannel: BackchannelSettings;
  audit: { machineTokens: 'counted' | 'each'; retentionDays: number };
}

/** How authorization requests may come (RFC 9126, RFC 9101). */
export interface AuthorizationRequestSettings {
  /** Only pushed ones, whatever a client has registered. */
  requirePushed: boolean;
  /** Only signed ones, whatever a client has registered. */
  requireSigned: boolean;
  /** Whether the server fetches a request object that a registered `request_uri` refers to. */
  byReference: boolean;
}

export interface LifetimeSettings {
  authorizationCodeSeconds: number;
  pushedRequestSeconds: number;
  accessTokenSeconds: number;
  /** of a user's token that is bound to a key: worth nothing to whoever steals it */
  boundAccessTokenSeconds: number;
  clientCredentialsSeconds: number;
  idTokenSeconds: number;
  interactionSeconds: number;
  sessionIdleSeconds: number;
  sessionAbsoluteSeconds: number;
  refreshPublicIdleSeconds: number;
  refreshPublicAbsoluteSeconds: number;
  refreshConfidentialIdleSeconds: number;
  refreshConfidentialAbsoluteSeconds: number;
  refreshGraceSeconds: number;
  deviceCodeSeconds: number;
  backchannelSeconds: number;
}

export interface KeySettings {
  /** Signing algorithms the tenant keeps keys of; the first one is what a resource or client gets by default. */
  algorithms: KeyAlgorithm[];
  rotationDays: number;
  leadSeconds: number;
  rsaBits: 2048 | 3072 | 4096;
}

export interface LimitSettings {
  passwordFreeFailures: number;
  passwordMaxDelaySeconds: number;
  passwordDisableAt: number;
  passwordPerAddressPerMinute: number;
  clientAuthFailuresPerMinute: number;
  registrationsPerAddressPerHour: number;
  /** tries at typing a device's code */
  userCodesPerSession: number;
  userCodesPerAddressPerMinute: number;
  userCodesPerMinute: number;
  /** requests about one user from elsewhere: within the lifetime of one, and in an hour */
  backchannelOpenPerUser: number;
  backchannelPerUserPerHour: number;
}

export interface BackchannelSettings {
  /** answers to CIBA requests without a user, for tests; only ever in a sandbox */
  testApproval: boolean;
  /** Tokens may be sent to clients that ask for nothing (CIBA Core §10.3): bearer tokens, which no key is proven for. */
  push: boolean;
}

export interface DpopSettings {
  /** A proof is good only with a nonce of the server's (RFC 9449 §8). */
  requireNonce: boolean;
}

export const KEY_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA', 'ES384', 'ES512'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** From the loosest to the strictest; a client's own profile may be stricter than the tenant's floor, never looser. */
export const SECURITY_PROFILES = [
  'baseline',
  'oauth21',
  'fapi2-security',
  'fapi2-message-signing',
  'fapi-ciba',
] as const;
export type SecurityProfile = (typeof SECURITY_PROFILES)[number];

const HOUR = 3600;
const DAY = 24 * HOUR;

export const DEFAULT_TENANT_SETTINGS: TenantSettings = {
  issuerMode: 'deployment',
  adminApiOrigins: [],
  authorizationRequests: { requirePushed: false, requireSigned: false, byReference: false },
  lifetimes: {
    authorizationCodeSeconds: 60,
    pushedRequestSeconds: 90,
    accessTokenSeconds: 300,
    boundAccessTokenSeconds: 900,
    clientCredentialsSeconds: 600,
    idTokenSeconds: 600,
    interactionSeconds: 1800,
    sessionIdleSeconds: HOUR,
    sessionAbsoluteSeconds: DAY,
    refreshPublicIdleSeconds: DAY,
    refreshPublicAbsoluteSeconds: 14 * DAY,
    refreshConfidentialIdleSeconds: 14 * DAY,
    refreshConfidentialAbsoluteSeconds: 90 * DAY,
    refreshGraceSeconds: 10,
    deviceCodeSeconds: 600,
    backchannelSeconds: 120,
  },
  keys: { algorithms: ['ES256', 'RS256'], rotationDays: 90, leadSeconds: DAY, rsaBits: 2048 },
  password: { minLength: 15 },
  sessions: { checkSessionIframe: false },
  limits: {
    passwordFreeFailures: 5,
    passwordMaxDelaySeconds: 900,
    passwordDisableAt: 100,
    passwordPerAddressPerMinute: 20,
    clientAuthFailuresPerMinute: 10,
    registrationsPerAddressPerHour: 10,
    userCodesPerSession: 5,
    userCodesPerAddressPerMinute: 10,
    userCodesPerMinute: 600,
    backchannelOpenPerUser: 3,
    backchannelPerUserPerHour: 10,
  },
  locales: { default: 'en', supported: ['en', 'de'] },
  branding: { accent: '#2456c5' },
  securityProfileFloor: 'baseline',
  dpop: { requireNonce: false },
  registration: DEFAULT_REGISTRATION,
  userRegistration: 'off',
  userinfo: {},
  backchannel: { testApproval: false, push: false },
  audit: { machineTokens: 'counted', retentionDays: 365 },
};

type WithoutMembers = string | readonly unknown[];

/** What may be changed in one call: any part of any section; sections are merged, lists are replaced. */
export type TenantSettingsPatch = {
  [S in keyof TenantSettings]?: TenantSettings[S] extends WithoutMembers
    ? TenantSettings[S]
    : Partial<TenantSettings[S]>;
};

/** RFC 7396: null takes back what the tenant has chosen, so that the default holds again. */
export type TenantSettingsMergePatch = {
  [S in keyof TenantSettings]?:
    | (TenantSettings[S] extends WithoutMembers
        ? TenantSettings[S]
        : { [M in keyof TenantSettings[S]]?: TenantSettings[S][M] | null })
    | null;
};

/** Lays a patch over settings, section by section; neither is changed. What is no section is kept, to be refused later. */
export function mergeSettings<Base extends TenantSettingsPatch>(base: Base, patch: TenantSettingsPatch): Base {
  const sections = Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, mergeSection(base[name as keyof TenantSettings], value)]);
  return { ...base, ...(Object.fromEntries(sections) as TenantSettingsPatch) };
}

/** What a tenant has chosen after a merge patch; no section is left empty. */
export function patchSettings(chosen: TenantSettingsPatch, patch: TenantSettingsMergePatch): TenantSettingsPatch {
  const merged = Object.entries(mergeSettings(chosen, patch as TenantSettingsPatch));
  const kept = merged.map(([name, value]) => [name, isSection(value) ? withoutNulls(value) : value] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== null && !isEmptySection(value)));
}

function mergeSection(base: unknown, patch: unknown): unknown {
  return isSection(patch) ? { ...(base as object), ...patch } : patch;
}

function isSection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmptySection(value: unknown): boolean {
  return isSection(value) && Object.keys(value).length === 0;
}

function withoutNulls(section: object): object {
  return Object.fromEntries(Object.entries(section).filter(([, value]) => value !== null && value !== undefined));
}
