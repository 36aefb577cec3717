/** @spec RFC 7591 §2.3 and §5, RFC 6749 §3.3 — the limits within which a tenant may open its registration. */
import { isText } from '@tokenidp/admin-api';
import { CLIENT_AUTH_METHODS, GRANT_TYPES, SCOPE_TOKEN } from '@tokenidp/kernel';
import {
  REDIRECT_URI_SCHEMES,
  REGISTRATION_MODES,
  type RegistrationLimits,
  type RegistrationSettings,
} from './registration-settings';
import { between, listOf, matching, oneOf, ruleOf, type Setting, setting, trueOrFalse } from './setting-rule';

type RulesOf<T> = { readonly [M in keyof T]-?: Setting };

const HOST_PATTERN = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const MAX_KEYS = 20;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const SOFTWARE_ISSUER_SCHEMA = {
  type: 'object',
  required: ['issuer', 'jwks'],
  properties: { issuer: { type: 'string' }, jwks: { type: 'object', additionalProperties: true } },
};

const hosts = listOf(matching(HOST_PATTERN, 'a host in lower case, or *. and a domain'), 0);

const LIMIT_RULES: RulesOf<RegistrationLimits> = {
  grantTypes: setting('Grant types that a client may register.', listOf(oneOf(...GRANT_TYPES))),
  authMethods: setting(
    'Ways to authenticate at the token endpoint that a client may register.',
    listOf(oneOf(...CLIENT_AUTH_METHODS)),
  ),
  redirectUriSchemes: setting(
    'Kinds of redirect URI that a client may register.',
    listOf(oneOf(...REDIRECT_URI_SCHEMES)),
  ),
  redirectUriHosts: setting('Hosts that redirect URIs may have, `host` or `*.domain`; any when empty.', hosts),
  scopes: setting('The most that a registered client can ask for.', listOf(matching(SCOPE_TOKEN, 'a scope'))),
  requirePkce: setting('Whether confidential clients that registered themselves need PKCE, too.', trueOrFalse),
};

export const REGISTRATION_RULES: RulesOf<RegistrationSettings> = {
  ...LIMIT_RULES,
  mode: setting(
    'Who may register a client: nobody, who has an initial access token, or everybody.',
    oneOf(...REGISTRATION_MODES),
  ),
  softwareStatements: setting('Whether a registration needs a software statement.', oneOf('optional', 'required')),
  softwareIssuers: setting(
    'Who signs software statements that are believed: `issuer` and `jwks` of public keys each.',
    ruleOf({ type: 'array', maxItems: 20, items: SOFTWARE_ISSUER_SCHEMA }, softwareIssuersProblem),
  ),
  maxClients: setting('How many active clients may have registered themselves.', between(1, 1_000_000)),
  unusedDays: setting(
    'Days without a token request after which a registered client ends; 0 for never.',
    between(0, 3650),
  ),
  rotateTokens: setting('Whether an update of a client gets it another registration access token.', trueOrFalse),
  metadataDocuments: setting('Whether a client_id may be the https address of a metadata document.', trueOrFalse),
  metadataHosts: setting('Hosts of such documents, `host` or `*.domain`; any when empty.', hosts),
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

function softwareIssuersProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > 20) return 'must be a list of at most 20';
  if (!isStorable(value)) return 'must hold well-formed text only';
  const issuers = value.map((each) => (isObject(each) ? each.issuer : undefined));
  if (new Set(issuers).size !== issuers.length) return 'must not name an issuer twice';
  return value.every(isSoftwareIssuer) ? undefined : 'must hold an issuer and a jwks of public keys each';
}

/** What no database keeps as JSON: NUL, and halves of surrogate pairs. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isText(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => isText(name) && isStorable(member));
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
