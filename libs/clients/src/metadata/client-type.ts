/** @spec OAuth 2.1 §2.1, RFC 7591 §2 — every rule on a client follows from what kind of application it is. */
import type { ClientAuthMethod, GrantType } from '@tokenidp/kernel';
import { CLIENT_TYPES, type ClientType } from '../client';
import { invalid } from './client-metadata-error';
import { choiceMember, member, textListMember, type MetadataInput } from './members';

interface TypeRules {
  isConfidential: boolean;
  applicationType: 'web' | 'native';
  /** May have; the registry of grants decides which of them exist. */
  grants: readonly string[];
  defaultGrants: readonly GrantType[];
  defaultAuthMethod: ClientAuthMethod;
}

const CIBA = 'urn:openid:params:grant-type:ciba';
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export const TYPE_RULES: Readonly<Record<ClientType, TypeRules>> = {
  spa: publicType('web', ['authorization_code', 'refresh_token'], ['authorization_code']),
  native: publicType('native', ['authorization_code', 'refresh_token', DEVICE_CODE], ['authorization_code']),
  device: publicType('native', [DEVICE_CODE, 'refresh_token'], [DEVICE_CODE]),
  web: confidentialType(['authorization_code', 'refresh_token', CIBA, TOKEN_EXCHANGE], ['authorization_code']),
  machine: confidentialType(['client_credentials', TOKEN_EXCHANGE, JWT_BEARER], ['client_credentials']),
};

function publicType(
  applicationType: 'web' | 'native',
  grants: readonly string[],
  defaultGrants: readonly GrantType[],
): TypeRules {
  return { isConfidential: false, applicationType, grants, defaultGrants, defaultAuthMethod: 'none' };
}

function confidentialType(grants: readonly string[], defaultGrants: readonly GrantType[]): TypeRules {
  return {
    isConfidential: true,
    applicationType: 'web',
    grants,
    defaultGrants,
    defaultAuthMethod: 'client_secret_basic',
  };
}

/** The registered type, or what the standard members say when the client knows nothing of our types. */
export function clientType(input: MetadataInput): ClientType {
  return choiceMember(input, 'type', CLIENT_TYPES) ?? typeFromStandardMembers(input);
}

export function applicationType(input: MetadataInput, type: ClientType): 'web' | 'native' {
  const expected = TYPE_RULES[type].applicationType;
  const given = choiceMember(input, 'application_type', ['web', 'native']);
  if (given && given !== expected)
    throw invalid('application_type', `must be ${expected} for a client of type ${type}`);
  return expected;
}

function typeFromStandardMembers(input: MetadataInput): ClientType {
  const grants = textListMember(input, 'grant_types') ?? ['authorization_code'];
  if (member(input, 'token_endpoint_auth_method') !== 'none') {
    return grants.includes('authorization_code') || grants.includes(CIBA) ? 'web' : 'machine';
  }
  if (!grants.includes('authorization_code')) return 'device';
  const named = member(input, 'application_type');
  return named === 'native' || (named === undefined && staysOnDevice(input)) ? 'native' : 'spa';
}

/** RFC 7591 has no `application_type`; only an application on the device is called back there (RFC 8252 §7). */
function staysOnDevice(input: MetadataInput): boolean {
  const uris = textListMember(input, 'redirect_uris') ?? [];
  return uris.length > 0 && !uris.some((uri) => uri.startsWith('https:'));
}
