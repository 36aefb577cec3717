import type { ClientAuthMethod, GrantType, ResponseMode, ResponseType } from '@tokenidp/kernel';
import type { SecurityProfile } from '@tokenidp/tenancy';
import type { JSONWebKeySet } from 'jose';
import type { Assignment } from './resource';

export const CLIENT_TYPES = ['spa', 'native', 'web', 'machine', 'device'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];
/** CIBA Core §5: how a client hears of the answer. */
export const DELIVERY_MODES = ['poll', 'ping', 'push'] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];
export type ClientStatus = 'active' | 'disabled';
export type ClientOrigin = 'admin' | 'registered' | 'metadata' | 'built-in';
/** 'implicit': a first-party client of which the user is not asked. */
export type ConsentPolicy = 'required' | 'implicit';

export interface RefreshPolicy {
  /** A used token is replaced by a successor (RFC 9700 §4.14.2). */
  rotate: boolean;
  /** Issue one without `offline_access`. */
  always: boolean;
  idleSeconds?: number;
  absoluteSeconds?: number;
}

/** RFC 8693: what of the token exchange a client may do beyond the exchange of its own tokens, by delegation. */
export interface TokenExchangePolicy {
  /** The client may do without being named in `act`. */
  impersonation: boolean;
  /** The client may exchange its refresh tokens, too. */
  refresh_tokens: boolean;
  /** Whose tokens it may exchange besides its own: identifiers of the APIs that it is, `client_id`s for ID tokens. */
  subject_audiences: string[];
  /** Resources that it may exchange tokens for, besides those that the token is for already. */
  audiences: string[];
}

/** What a client registers, with its wire names (RFC 7591 §2, OIDC Registration §2, RP-Initiated Logout §2.1 …). */
export interface ClientMetadata {
  client_name: string;
  redirect_uris: string[];
  grant_types: GrantType[];
  response_types: ResponseType[];
  response_modes: ResponseMode[];
  token_endpoint_auth_method: ClientAuthMethod;
  token_endpoint_auth_signing_alg?: string;
  /** RFC 7591 §2: the space-separated scopes the client may ask for; without it, what its assignments allow. */
  scope?: string;
  application_type: 'web' | 'native';
  /** RFC 9396 §10: what it may use of the types of its resources; none when absent. */
  authorization_details_types?: string[];
  jwks?: JSONWebKeySet;
  jwks_uri?: string;
  /** RFC 9449 §5.2: every token request of the client proves a key. */
  dpop_bound_access_tokens?: boolean;
  /** RFC 8705 §2.1.2: whom the certificate of a client of tls_client_auth must name; one of them. */
  tls_client_auth_subject_dn?: string;
  tls_client_auth_san_dns?: string;
  tls_client_auth_san_uri?: string;
  tls_client_auth_san_ip?: string;
  tls_client_auth_san_email?: string;
  /** RFC 8705 §3.4: its tokens are good only with the certificate that they were issued to. */
  tls_client_certificate_bound_access_tokens?: boolean;
  id_token_signed_response_alg: string;
  id_token_encrypted_response_alg?: string;
  id_token_encrypted_response_enc?: string;
  userinfo_signed_response_alg?: string;
  /** RFC 9701 §6: signs the introspection answers that the client gets; without it there are none as a JWT. */
  introspection_signed_response_alg?: string;
  userinfo_encrypted_response_alg?: string;
  userinfo_encrypted_response_enc?: string;
  subject_type: 'public' | 'pairwise';
  sector_identifier_uri?: string;
  /** RFC 9126 §6, RFC 9101 §10.5; absent is false. */
  require_pushed_authorization_requests?: boolean;
  require_signed_request_object?: boolean;
  request_object_signing_alg?: string;
  /** OIDC Registration §2: where request objects of the client may be fetched from. */
  request_uris?: string[];
  /** JARM §3; without it the tenant's RS256, or else its first algorithm. */
  authorization_signed_response_alg?: string;
  default_max_age?: number;
  require_auth_time: boolean;
  default_acr_values?: string[];
  post_logout_redirect_uris: string[];
  client_uri?: string;
  logo_uri?: string;
  policy_uri?: string;
  tos_uri?: string;
  contacts?: string[];
  initiate_login_uri?: string;
  backchannel_token_delivery_mode?: DeliveryMode;
  backchannel_client_notification_endpoint?: string;
  /** with it, backchannel authentication requests have to be signed */
  backchannel_authentication_request_signing_alg?: string;
  /** CIBA Core §4: with it, a request proves by a code of the user's that they want to be asked. */
  backchannel_user_code_parameter?: boolean;
  backchannel_logout_uri?: string;
  backchannel_logout_session_required?: boolean;
  frontchannel_logout_uri?: string;
  frontchannel_logout_session_required?: boolean;
  software_id?: string;
  software_version?: string;
  /** RFC 7591 §2.3, as it came; verified. */
  software_statement?: string;
  /** RFC 7591 §2.2: translations by their wire names, `client_name#de` and the like. */
  localized?: Record<string, string>;
}

/** Policy that no specification names; set by an administrator, never by the client itself. */
export interface ClientPolicy {
  type: ClientType;
  security_profile: SecurityProfile;
  /** OAuth 2.1 §4.1.1; only a confidential client may have false. */
  require_pkce: boolean;
  /** Of a client that registered itself: somebody whom the tenant trusts stands for it and where it redirects to. */
  vouched?: boolean;
  consent: ConsentPolicy;
  refresh: RefreshPolicy;
  /** Given when a request names no scope; without it nothing is: an omitted scope never means all (product §5). */
  default_scope?: string;
  token_exchange?: TokenExchangePolicy;
  access_token_seconds?: number;
  id_token_seconds?: number;
}

/** What a security profile fixes. */
export interface SecurityProfileRules {
  readonly name: SecurityProfile;
  /** Members that a client of the profile has, whatever was registered. */
  readonly fixed: Readonly<Partial<ClientMetadata & ClientPolicy>>;
  readonly isConfidential: boolean;
  readonly authMethods: readonly ClientAuthMethod[];
  /** What the client may sign with and have signed; undefined for any that is served. */
  readonly algorithms?: readonly string[];
  /** RFC 10070: the token endpoint's URL is taken for the audience of an assertion, too. */
  readonly takesTokenEndpointAsAudience: boolean;
  /** How long an assertion may live, in seconds. */
  readonly assertionSeconds: number;
  readonly rotatesRefreshTokens: boolean;
  /** Access tokens are bound to a key of the client, by DPoP or by its certificate. */
  readonly bindsAccessTokens: boolean;
  /** A backchannel authentication request is a signed one (FAPI-CIBA §5.2.2). */
  readonly signsBackchannelRequests: boolean;
  /** How the client may hear of the answer to one. */
  readonly deliveryModes: readonly DeliveryMode[];
}

/** One secret, without the secret. Several may be live at once, so that rotation overlaps. */
export interface ClientSecret {
  readonly id: string;
  readonly name: string;
  /** The first characters of the secret, to recognise it by. */
  readonly prefix: string;
  /** Keyed hash of the secret. */
  readonly hash: string;
  /** The secret sealed for HMAC use; only of clients that authenticate with client_secret_jwt. */
  readonly sealed?: string;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
}

/** A client with everything a token request needs to know of it: a snapshot, shared between requests and never changed. */
export interface Client extends Readonly<ClientMetadata>, Readonly<ClientPolicy> {
  /** Row id; what other tables refer to. */
  readonly id: string;
  readonly tenantId: string;
  readonly client_id: string;
  readonly status: ClientStatus;
  readonly origin: ClientOrigin;
  /** Those not revoked; expiry is looked at when one is used. */
  readonly secrets: readonly ClientSecret[];
  readonly assignments: readonly Assignment[];
  /** What its security profile asks of it. */
  readonly profile: SecurityProfileRules;
  /** True when the client can keep a credential, which is to say that it authenticates. */
  readonly isConfidential: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly lastUsedAt?: Date;
}
