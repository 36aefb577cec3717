/** @spec RFC 7591 §2, OIDC Registration §2, RFC 9449 §5.2 — everything a client registers is looked at here, whichever way it comes. */
import type { ClientAuthMethod } from '@tokenidp/kernel';
import type { ClientMetadata, ClientPolicy, ClientType } from '../client';
import { authMethod, authSigningAlgorithm, provesKey } from './auth-method';
import { authorizationRequestMembers } from './authorization-requests';
import { backchannelMembers } from './backchannel-authentication';
import { applicationType, clientType } from './client-type';
import { invalid } from './client-metadata-error';
import { encryptionMembers } from './encryption';
import { grantTypes, responseModes, responseTypes } from './grant-types';
import { inlineKeySet } from './key-set';
import { booleanMember, choiceMember, integerMember, textListMember, textMember, type MetadataInput } from './members';
import { clientPolicy } from './policy';
import { contacts, displayName, translations } from './presentation';
import { postLogoutRedirectUris, redirectUris } from './redirect-uris';
import { withinLimits } from './registration-limits';
import { isTrustedOrigin, type RegistrationPolicy } from './registration-policy';
import { scopeMember } from './scope';
import { subjectMembers } from './subject-type';
import { profileFault, SECURITY_PROFILE_RULES } from '../security-profiles';
import { tlsMembers } from './tls-client-auth';
import { frontchannelLogoutUri, httpsUri, outboundUri } from './uris';

export type ValidatedClient = ClientMetadata & ClientPolicy;

const TEN_YEARS = 10 * 365 * 86_400;
const MAX_STATEMENT = 16_384;
const DEFAULT_NAME = 'Unnamed application';

/** Fills in every default. Unknown members are dropped, unfit ones refused. @throws ClientMetadataError */
export function validateClientMetadata(input: MetadataInput, policy: RegistrationPolicy): ValidatedClient {
  const type = clientType(input);
  const protocol = protocolMembers(input, type, policy);
  const validated = withoutAbsent({
    ...clientPolicy(input, type, policy),
    ...protocol,
    ...authorizationRequestMembers(input, policy),
    ...openIdMembers(input, policy),
    ...subjectMembers(input, policy, protocol.redirect_uris),
    ...encryptionMembers(input, protocol),
    ...presentationMembers(input),
    ...logoutMembers(input, type, policy),
    // Whoever calls for a client that is not trusted has verified it; an administrator's word needs none.
    software_statement: isTrustedOrigin(policy.origin)
      ? undefined
      : textMember(input, 'software_statement', MAX_STATEMENT),
  });
  const fault = profileFault(validated, SECURITY_PROFILE_RULES[validated.security_profile]);
  if (fault) throw invalid(fault.member, fault.detail);
  return policy.limits ? withinLimits(validated, policy.limits) : validated;
}

function protocolMembers(input: MetadataInput, type: ClientType, policy: RegistrationPolicy) {
  const grants = grantTypes(input, type);
  const method = authMethod(input, type);
  return {
    redirect_uris: redirectUris(input, type, grants, policy),
    grant_types: grants,
    response_types: responseTypes(input, grants),
    response_modes: responseModes(input, grants),
    application_type: applicationType(input, type),
    authorization_details_types: textListMember(input, 'authorization_details_types'),
    token_endpoint_auth_method: method,
    token_endpoint_auth_signing_alg: authSigningAlgorithm(input, method),
    scope: scopeMember(input, 'scope'),
    ...backchannelMembers(input, grants, policy),
    dpop_bound_access_tokens: booleanMember(input, 'dpop_bound_access_tokens'),
    ...keyMembers(input, policy, signer(input, method)),
    ...tlsMembers(input, method),
  };
}

/** Why the client has to have keys, or undefined. */
function signer(input: MetadataInput, method: ClientAuthMethod): string | undefined {
  if (provesKey(method)) return method;
  return booleanMember(input, 'require_signed_request_object') ? 'request objects' : undefined;
}

/** RFC 7591 §2: keys by value or by reference, never both; needed by a client that proves to have one of them. */
function keyMembers(input: MetadataInput, policy: RegistrationPolicy, reason: string | undefined) {
  const jwks = inlineKeySet(input);
  const jwks_uri = outboundUri(input, 'jwks_uri', policy);
  if (jwks && jwks_uri) throw invalid('jwks', 'must be absent when jwks_uri is given');
  if (reason && !jwks && !jwks_uri) throw invalid('jwks', `or jwks_uri is needed for ${reason}`);
  return { jwks, jwks_uri };
}

function openIdMembers(input: MetadataInput, policy: RegistrationPolicy) {
  const { algorithms, origin } = policy;
  // OIDC Registration §2 fixes RS256 for a client that names none; an administrator's clients get the tenant's choice.
  const isStandardDefault = origin !== 'admin' && origin !== 'built-in' && algorithms.includes('RS256');
  return {
    id_token_signed_response_alg:
      choiceMember(input, 'id_token_signed_response_alg', algorithms) ?? (isStandardDefault ? 'RS256' : algorithms[0]!),
    userinfo_signed_response_alg: choiceMember(input, 'userinfo_signed_response_alg', algorithms),
    introspection_signed_response_alg: choiceMember(input, 'introspection_signed_response_alg', algorithms),
    default_max_age: integerMember(input, 'default_max_age', [0, TEN_YEARS]),
    require_auth_time: booleanMember(input, 'require_auth_time') ?? false,
    default_acr_values: textListMember(input, 'default_acr_values'),
    initiate_login_uri: httpsUri(input, 'initiate_login_uri'),
  };
}

function presentationMembers(input: MetadataInput) {
  return {
    client_name: displayName(input) ?? DEFAULT_NAME,
    client_uri: httpsUri(input, 'client_uri'),
    logo_uri: httpsUri(input, 'logo_uri'),
    policy_uri: httpsUri(input, 'policy_uri'),
    tos_uri: httpsUri(input, 'tos_uri'),
    contacts: contacts(input),
    localized: translations(input),
    software_id: textMember(input, 'software_id', 255),
    software_version: textMember(input, 'software_version', 255),
  };
}

function logoutMembers(input: MetadataInput, type: ClientType, policy: RegistrationPolicy) {
  const frontchannel_logout_uri = frontchannelLogoutUri(input, textListMember(input, 'redirect_uris') ?? []);
  const backchannel_logout_uri = outboundUri(input, 'backchannel_logout_uri', policy);
  return {
    post_logout_redirect_uris: postLogoutRedirectUris(input, type, policy),
    backchannel_logout_uri,
    backchannel_logout_session_required: booleanMember(input, 'backchannel_logout_session_required'),
    frontchannel_logout_uri,
    frontchannel_logout_session_required: booleanMember(input, 'frontchannel_logout_session_required'),
  };
}

function withoutAbsent<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
