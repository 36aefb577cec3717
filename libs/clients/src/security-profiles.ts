/**
 * @spec FAPI 2.0 §5.3.2.1, §5.4.1, FAPI-CIBA §5.2.2 — what each security profile fixes. The only
 * place that knows a profile by its name: everything else reads what the client has after this was laid over it.
 */
import { CLIENT_AUTH_METHODS } from '@tokenidp/kernel';
import { SECURITY_PROFILES, type SecurityProfile } from '@tokenidp/tenancy';
import { type Client, type ClientMetadata, DELIVERY_MODES, type SecurityProfileRules } from './client';

/** FAPI 2.0 §5.4.1; the last two are names of one signature (RFC 9864 §2.2). */
export const FAPI_SIGNING_ALGORITHMS: readonly string[] = ['ES256', 'PS256', 'Ed25519', 'EdDSA'];

const BASELINE: SecurityProfileRules = {
  name: 'baseline',
  fixed: {},
  isConfidential: false,
  authMethods: CLIENT_AUTH_METHODS,
  takesTokenEndpointAsAudience: true,
  assertionSeconds: 300,
  rotatesRefreshTokens: true,
  bindsAccessTokens: false,
  signsBackchannelRequests: false,
  deliveryModes: DELIVERY_MODES,
};

const OAUTH21: SecurityProfileRules = {
  ...BASELINE,
  name: 'oauth21',
  fixed: { require_pkce: true },
  takesTokenEndpointAsAudience: false,
};

const FAPI2_SECURITY: SecurityProfileRules = {
  ...OAUTH21,
  name: 'fapi2-security',
  fixed: { ...OAUTH21.fixed, require_pushed_authorization_requests: true },
  isConfidential: true,
  authMethods: ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'],
  algorithms: FAPI_SIGNING_ALGORITHMS,
  assertionSeconds: 60,
  rotatesRefreshTokens: false,
  bindsAccessTokens: true,
  signsBackchannelRequests: true,
  // What is pushed is bound to no key.
  deliveryModes: ['poll', 'ping'],
};

export const SECURITY_PROFILE_RULES: Readonly<Record<SecurityProfile, SecurityProfileRules>> = {
  baseline: BASELINE,
  oauth21: OAUTH21,
  'fapi2-security': FAPI2_SECURITY,
  'fapi2-message-signing': {
    ...FAPI2_SECURITY,
    name: 'fapi2-message-signing',
    fixed: { ...FAPI2_SECURITY.fixed, require_signed_request_object: true },
  },
  // @deviates RFC 10070 — CIBA Core §7.1 has the token endpoint's URL accepted, and those who test this profile send it.
  'fapi-ciba': { ...FAPI2_SECURITY, name: 'fapi-ciba', takesTokenEndpointAsAudience: true },
};

/** A member that a profile does not allow, and why. */
export interface ProfileFault {
  readonly member: keyof ClientMetadata;
  readonly detail: string;
}

/** The first member that the profile does not allow; null when all are as it wants them. */
export function profileFault(client: ClientMetadata, rules: SecurityProfileRules): ProfileFault | null {
  const fault =
    authFault(client, rules) ??
    bindingFault(client, rules) ??
    deliveryFault(client, rules) ??
    signingFault(client, rules);
  return fault && { ...fault, detail: `${fault.detail} in the profile ${rules.name}` };
}

function authFault(client: ClientMetadata, { authMethods }: SecurityProfileRules): ProfileFault | null {
  if (authMethods.includes(client.token_endpoint_auth_method)) return null;
  return { member: 'token_endpoint_auth_method', detail: `must be one of ${authMethods.join(', ')}` };
}

function bindingFault(client: ClientMetadata, { bindsAccessTokens }: SecurityProfileRules): ProfileFault | null {
  if (!bindsAccessTokens || isBound(client)) return null;
  return { member: 'dpop_bound_access_tokens', detail: 'or tls_client_certificate_bound_access_tokens must be true' };
}

function deliveryFault(client: ClientMetadata, { deliveryModes }: SecurityProfileRules): ProfileFault | null {
  const mode = client.backchannel_token_delivery_mode;
  if (mode === undefined || deliveryModes.includes(mode)) return null;
  return { member: 'backchannel_token_delivery_mode', detail: `must be one of ${deliveryModes.join(', ')}` };
}

function signingFault(client: ClientMetadata, rules: SecurityProfileRules): ProfileFault | null {
  if (rules.signsBackchannelRequests && asksUnsigned(client)) {
    return { member: 'backchannel_authentication_request_signing_alg', detail: 'is needed' };
  }
  const { algorithms } = rules;
  const isForbidden = (member: (typeof SIGNING_MEMBERS)[number]) =>
    algorithms && client[member] !== undefined && !algorithms.includes(client[member]);
  const member = SIGNING_MEMBERS.find(isForbidden);
  return member && algorithms ? { member, detail: `must be one of ${algorithms.join(', ')}` } : null;
}

function isBound({ dpop_bound_access_tokens, tls_client_certificate_bound_access_tokens }: ClientMetadata): boolean {
  return dpop_bound_access_tokens === true || tls_client_certificate_bound_access_tokens === true;
}

function asksUnsigned(client: ClientMetadata): boolean {
  const isCiba = client.backchannel_token_delivery_mode !== undefined;
  return isCiba && client.backchannel_authentication_request_signing_alg === undefined;
}

const SIGNING_MEMBERS = [
  'backchannel_authentication_request_signing_alg',
  'token_endpoint_auth_signing_alg',
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'introspection_signed_response_alg',
  'request_object_signing_alg',
  'authorization_signed_response_alg',
  'backchannel_authentication_request_signing_alg',
] as const satisfies readonly (keyof ClientMetadata)[];

/**
 * Why a client may not be used while its tenant has this floor, in words for the client; null when it may. The server's
 * own clients are as they have to be.
 */
export function floorFault(
  { security_profile, origin }: Pick<Client, 'security_profile' | 'origin'>,
  floor: SecurityProfile,
): string | null {
  if (origin === 'built-in' || meetsFloor(security_profile, floor)) return null;
  return `the client has the security profile ${security_profile}, and its tenant demands ${floor}`;
}

/** True when the profile is at least as strict as the floor. */
export function meetsFloor(profile: SecurityProfile, floor: SecurityProfile): boolean {
  return SECURITY_PROFILES.indexOf(profile) >= SECURITY_PROFILES.indexOf(floor);
}
