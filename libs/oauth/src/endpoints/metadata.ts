/**
 * @spec RFC 8414 §2, OIDC Discovery §3, RFC 8628 §4, CIBA Core §4, RFC 9207 §3, RFC 9449 §5.1 — what the provider says of
 * itself. It grows from the registries of what is served, so that it claims neither more nor less (S-003).
 */
import { CONTENT_ENCRYPTIONS, deliveryModesOf, ENCRYPTION_ALGORITHMS } from '@tokenidp/clients';
import { DISPLAYS, OIDC_SCOPES, PROMPTS, RESPONSE_TYPES, STANDARD_CLAIMS } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { CLIENT_SIGNING_ALGORITHMS } from '../client-auth/client-jwt';
import {
  AUTHORIZATION_PATH,
  BACKCHANNEL_AUTHENTICATION_PATH,
  CHECK_SESSION_PATH,
  DEVICE_AUTHORIZATION_PATH,
  END_SESSION_PATH,
  INTROSPECTION_PATH,
  JWKS_PATH,
  PAR_PATH,
  REGISTRATION_PATH,
  REVOCATION_PATH,
  TOKEN_PATH,
  USERINFO_PATH,
} from './paths';

/** What differs from one build or tenant to another. */
export interface ServedFeatures {
  readonly grantTypes: readonly string[];
  readonly responseModes: readonly string[];
  readonly clientAuthMethods: readonly string[];
  readonly clientAuthAlgorithms: readonly string[];
  /** of the tenant's keys */
  readonly signingAlgorithms: readonly string[];
  readonly dpopAlgorithms: readonly string[];
  readonly acrValues: readonly string[];
  /** that request objects may be signed with */
  readonly requestObjectAlgorithms: readonly string[];
  /** of the tenant's resources */
  readonly authorizationDetailsTypes: readonly string[];
}

const PROTOCOL_CLAIMS = [
  'sub',
  'iss',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'nonce',
  'acr',
  'amr',
  'azp',
  'at_hash',
  'sid',
];

export function providerMetadata(tenant: Tenant, served: ServedFeatures): Record<string, unknown> {
  const at = (path: string): string => `${tenant.issuer}${path}`;
  return {
    issuer: tenant.issuer,
    authorization_endpoint: at(AUTHORIZATION_PATH),
    token_endpoint: at(TOKEN_PATH),
    userinfo_endpoint: at(USERINFO_PATH),
    jwks_uri: at(JWKS_PATH),
    introspection_endpoint: at(INTROSPECTION_PATH),
    revocation_endpoint: at(REVOCATION_PATH),
    backchannel_authentication_endpoint: at(BACKCHANNEL_AUTHENTICATION_PATH),
    device_authorization_endpoint: at(DEVICE_AUTHORIZATION_PATH),
    end_session_endpoint: at(END_SESSION_PATH),
    ...logoutMetadata(tenant),
    ...registrationMetadata(tenant),
    scopes_supported: OIDC_SCOPES,
    claims_supported: [...PROTOCOL_CLAIMS, ...STANDARD_CLAIMS],
    claim_types_supported: ['normal'],
    response_types_supported: RESPONSE_TYPES,
    response_modes_supported: served.responseModes,
    grant_types_supported: served.grantTypes,
    subject_types_supported: ['public', 'pairwise'],
    acr_values_supported: served.acrValues,
    display_values_supported: DISPLAYS,
    prompt_values_supported: promptsOf(tenant),
    ui_locales_supported: tenant.settings.locales.supported,
    id_token_signing_alg_values_supported: served.signingAlgorithms,
    userinfo_signing_alg_values_supported: served.signingAlgorithms,
    introspection_signing_alg_values_supported: served.signingAlgorithms,
    ...encryptionMetadata(),
    ...authenticationMetadata(served),
    code_challenge_methods_supported: ['S256'],
    dpop_signing_alg_values_supported: served.dpopAlgorithms,
    authorization_response_iss_parameter_supported: true,
    ...detailsMetadata(served),
    claims_parameter_supported: true,
    ...requestMetadata(tenant, served),
    ...backchannelMetadata(tenant),
  };
}

/** @spec Initiating User Registration §4.2 — `create` only where it is honoured. */
function promptsOf({ settings }: Tenant): readonly string[] {
  return settings.userRegistration === 'open' ? PROMPTS : PROMPTS.filter((prompt) => prompt !== 'create');
}

/** @spec RFC 9126 §5, RFC 9101 §10.5, JARM §4 — how requests may come, and what signs their answers. */
function requestMetadata({ issuer, settings }: Tenant, served: ServedFeatures): Record<string, unknown> {
  const { requirePushed, requireSigned, byReference } = settings.authorizationRequests;
  return {
    pushed_authorization_request_endpoint: issuer + PAR_PATH,
    require_pushed_authorization_requests: requirePushed,
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: served.requestObjectAlgorithms,
    require_signed_request_object: requireSigned,
    request_uri_parameter_supported: byReference,
    ...(byReference && { require_request_uri_registration: true }),
    authorization_signing_alg_values_supported: served.signingAlgorithms,
  };
}

/** @spec CIBA Core §4 — how clients ask about users who are elsewhere. */
function backchannelMetadata(tenant: Tenant): Record<string, unknown> {
  return {
    backchannel_token_delivery_modes_supported: deliveryModesOf(tenant),
    backchannel_authentication_request_signing_alg_values_supported: CLIENT_SIGNING_ALGORITHMS,
    backchannel_user_code_parameter_supported: true,
  };
}

/** What ends with a session, and how clients hear of it. */
function logoutMetadata(tenant: Tenant): Record<string, unknown> {
  return {
    ...(offersCheckSession(tenant) && { check_session_iframe: `${tenant.issuer}${CHECK_SESSION_PATH}` }),
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
  };
}

/** A browser shows other sites a cookie by https only. */
export function offersCheckSession({ settings, secureCookies }: Tenant): boolean {
  return settings.sessions.checkSessionIframe && secureCookies;
}

function encryptionMetadata(): Record<string, unknown> {
  return {
    id_token_encryption_alg_values_supported: ENCRYPTION_ALGORITHMS,
    id_token_encryption_enc_values_supported: CONTENT_ENCRYPTIONS,
    userinfo_encryption_alg_values_supported: ENCRYPTION_ALGORITHMS,
    userinfo_encryption_enc_values_supported: CONTENT_ENCRYPTIONS,
  };
}

/** The same methods at each endpoint, but that nobody introspects without a credential. */
function authenticationMetadata({ clientAuthMethods, clientAuthAlgorithms }: ServedFeatures): Record<string, unknown> {
  return {
    token_endpoint_auth_methods_supported: clientAuthMethods,
    token_endpoint_auth_signing_alg_values_supported: clientAuthAlgorithms,
    revocation_endpoint_auth_methods_supported: clientAuthMethods,
    revocation_endpoint_auth_signing_alg_values_supported: clientAuthAlgorithms,
    introspection_endpoint_auth_methods_supported: clientAuthMethods.filter((method) => method !== 'none'),
    introspection_endpoint_auth_signing_alg_values_supported: clientAuthAlgorithms,
  };
}

/** RFC 8414 §3.2: a list that would be empty is left out. */
function detailsMetadata({ authorizationDetailsTypes }: ServedFeatures): Record<string, unknown> {
  return authorizationDetailsTypes.length > 0
    ? { authorization_details_types_supported: authorizationDetailsTypes }
    : {};
}

/** RFC 7591 §1.2, draft-ietf-oauth-client-id-metadata-document §6: each named only where the tenant lets it be used. */
function registrationMetadata({ issuer, settings }: Tenant): Record<string, unknown> {
  const { mode, metadataDocuments } = settings.registration;
  return {
    ...(mode !== 'closed' && { registration_endpoint: `${issuer}${REGISTRATION_PATH}` }),
    ...(metadataDocuments && { client_id_metadata_document_supported: true }),
  };
}
