/** @spec RFC 7591 §2.3 and §5, RFC 6749 §3.3 — the limits within which a tenant may open its registration. */
import { CLIENT_AUTH_METHODS, GRANT_TYPES, SCOPE_TOKEN } from '@tokenidp/kernel';
import {
  REDIRECT_URI_SCHEMES,
  REGISTRATION_MODES,
  type RegistrationLimits,
  type RegistrationSettings,
} from './registration-settings';
import { between, listOf, matching, oneOf, type SettingRule, trueOrFalse } from './setting-rule';

type RulesOf<T> = { readonly [M in keyof T]-?: SettingRule };

const HOST_PATTERN = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const MAX_KEYS = 20;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const hosts = listOf(matching(HOST_PATTERN, 'a host in lower case, or *. and a domain'), 0);

const LIMIT_RULES: RulesOf<RegistrationLimits> = {
  grantTypes: listOf(oneOf(...GRANT_TYPES)),
  authMethods: listOf(oneOf(...CLIENT_AUTH_METHODS)),
  redirectUriSchemes: listOf(oneOf(...REDIRECT_URI_SCHEMES)),
  redirectUriHosts: hosts,
  scopes: listOf(matching(SCOPE_TOKEN, 'a scope')),
  requirePkce: trueOrFalse,
};

export const REGISTRATION_RULES: RulesOf<RegistrationSettings> = {
  ...LIMIT_RULES,
  mode: oneOf(...REGISTRATION_MODES),
  softwareStatements: oneOf('optional', 'required'),
  softwareIssuers,
  maxClients: between(1, 1_000_000),
  unusedDays: between(0, 3650),
  rotateTokens: trueOrFalse,
  metadataDocuments: trueOrFalse,
  metadataHosts: hosts,
};

/** What is wrong with limits that are given apart from the settings, any of them absent; undefined when nothing is. */
export function registrationLimitsProblem(limits: Partial<Record<string, unknown>>): string | undefined {
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(LIMIT_RULES, name)) return `${name} is not a limit of registration`;
    const problem = LIMIT_RULES[name as keyof RegistrationLimits](value);
    if (problem) return `${name} ${problem}`;
  }
  return undefined;
}

function softwareIssuers(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > 20) return 'must be a list of at most 20';
  const issuers = value.map((each) => (isObject(each) ? each.issuer : undefined));
  if (new Set(issuers).size !== issuers.length) return 'must not name an issuer twice';
  return value.every(isSoftwareIssuer) ? undefined : 'must hold an issuer and a jwks of public keys each';
}

function isSoftwareIssuer(value: unknown): boolean {
  if (!isObject(value) || typeof value.issuer !== 'string' || value.issuer === '' || !isObject(value.jwks))
    return false;
  const { keys } = value.jwks;
  return Array.isArray(keys) && keys.length > 0 && keys.length <= MAX_KEYS && keys.every(isPublicKey);
}

function isPublicKey(value: unknown): boolean {
  return (
    isObject(value) && typeof value.kty === 'string' && !PRIVATE_MEMBERS.some((name) => Object.hasOwn(value, name))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
