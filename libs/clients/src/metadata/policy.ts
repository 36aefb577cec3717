/** @spec OAuth 2.1 §4.1.1, RFC 9700 §2.1.1 and §4.14.2 — what an administrator decides on a client, within the limits. */
import { SECURITY_PROFILES, type SecurityProfile } from '@tokenidp/tenancy';
import type { ClientPolicy, ClientType, RefreshPolicy } from '../client';
import { meetsFloor, SECURITY_PROFILE_RULES } from '../security-profiles';
import { invalid } from './client-metadata-error';
import { TYPE_RULES } from './client-type';
import { booleanMember, choiceMember, integerMember, member, type MetadataInput } from './members';
import { isTrustedOrigin, type RegistrationPolicy } from './registration-policy';
import { scopeMember } from './scope';
import { tokenExchange } from './token-exchange';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** RFC 9449 §5.2, RFC 8705 §3.4: what is issued is good only with the client's key. */
const BINDINGS = ['dpop_bound_access_tokens', 'tls_client_certificate_bound_access_tokens'] as const;
const MAX_SPA_TOKEN_SECONDS = 300;

export function clientPolicy(given: MetadataInput, type: ClientType, policy: RegistrationPolicy): ClientPolicy {
  const isTrusted = isTrustedOrigin(policy.origin);
  const input: MetadataInput = isTrusted ? given : { ...policy.granted };
  // The server's own clients are as they have to be: the portal is a public one, in the strictest tenant, too.
  const floor = policy.origin === 'built-in' ? SECURITY_PROFILES[0] : policy.securityProfileFloor;
  const profile = securityProfile(input, floor);
  return {
    type,
    security_profile: profile,
    require_pkce: isTrusted ? requirePkce(input, type, profile) : pkceOfStranger(input, type, profile),
    vouched: isTrusted ? undefined : booleanMember(input, 'vouched'),
    consent: choiceMember(input, 'consent', ['required', 'implicit']) ?? 'required',
    refresh: refreshPolicy(
      input,
      type,
      BINDINGS.some((name) => member(given, name) === true),
    ),
    default_scope: scopeMember(input, 'default_scope'),
    token_exchange: tokenExchange(input),
    access_token_seconds: integerMember(input, 'access_token_seconds', [
      60,
      type === 'spa' ? MAX_SPA_TOKEN_SECONDS : HOUR,
    ]),
    id_token_seconds: integerMember(input, 'id_token_seconds', [60, HOUR]),
  };
}

function securityProfile(input: MetadataInput, floor: SecurityProfile): SecurityProfile {
  const chosen = choiceMember(input, 'security_profile', SECURITY_PROFILES) ?? floor;
  if (!meetsFloor(chosen, floor)) {
    throw invalid('security_profile', `must be at least ${floor} in this tenant`);
  }
  return chosen;
}

/** S-032: only a client that authenticates may do without, and only in the loosest profile. */
function requirePkce(input: MetadataInput, type: ClientType, profile: SecurityProfile): boolean {
  const required = booleanMember(input, 'require_pkce') ?? true;
  if (!required && !TYPE_RULES[type].isConfidential) throw invalid('require_pkce', 'must be true for a public client');
  if (!required && fixesPkce(profile)) throw invalid('require_pkce', `must be true in the profile ${profile}`);
  return required;
}

/** Where the tenant lets it be: nobody is refused for being a client that has to. */
function pkceOfStranger(granted: MetadataInput, type: ClientType, profile: SecurityProfile): boolean {
  return granted.require_pkce !== false || !TYPE_RULES[type].isConfidential || fixesPkce(profile);
}

function fixesPkce(profile: SecurityProfile): boolean {
  return SECURITY_PROFILE_RULES[profile].fixed.require_pkce === true;
}

/** D2: a refresh token that is bound to a key need not be replaced to be safe. */
function refreshPolicy(input: MetadataInput, type: ClientType, isBound: boolean): RefreshPolicy {
  const given = member(input, 'refresh') ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) throw invalid('refresh', 'must be an object');
  const refresh = given as MetadataInput;
  const { isConfidential } = TYPE_RULES[type];
  const isSafe = isConfidential || isBound;
  const rotate = booleanMember(refresh, 'rotate') ?? !isSafe;
  if (!rotate && !isSafe) throw invalid('refresh', 'must rotate for a public client without a key');
  const always = booleanMember(refresh, 'always') ?? false;
  return { rotate, always, ...refreshLifetimes(refresh, isConfidential ? 365 * DAY : 30 * DAY) };
}

function refreshLifetimes(
  refresh: MetadataInput,
  longest: number,
): Pick<RefreshPolicy, 'idleSeconds' | 'absoluteSeconds'> {
  const idleSeconds = integerMember(refresh, 'idleSeconds', [60, longest]);
  const absoluteSeconds = integerMember(refresh, 'absoluteSeconds', [60, longest]);
  if (idleSeconds !== undefined && absoluteSeconds !== undefined && idleSeconds > absoluteSeconds) {
    throw invalid('refresh', 'must not idle beyond its absolute end');
  }
  return { ...(idleSeconds && { idleSeconds }), ...(absoluteSeconds && { absoluteSeconds }) };
}
