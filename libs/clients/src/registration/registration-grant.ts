/** @spec RFC 7591 §5, RFC 9700 §4.11.2 — what a tenant gives a client that registers itself, and whether it trusts it. */
import type { RegistrationLimits, Tenant } from '@tokenidp/tenancy';
import { member, type MetadataInput } from '../metadata/members';
import { redirectsToKnownHosts } from '../metadata/registration-limits';
import type { RegistrationGrant } from '../metadata/registration-policy';

export interface GrantFacts {
  /** An initial access token, or an approved software statement, stands for the client. */
  isVouched: boolean;
  /** Of the initial access token. */
  policy?: Partial<RegistrationLimits>;
}

export function registrationGrant(tenant: Tenant, metadata: MetadataInput, facts: GrantFacts): RegistrationGrant {
  const limits = { ...tenant.settings.registration, ...facts.policy };
  const vouched = facts.isVouched || redirectsToKnownHosts(textsOf(metadata), limits);
  return { limits, granted: { require_pkce: limits.requirePkce, ...(vouched && { vouched }) } };
}

/** Whatever is no list of URIs is refused elsewhere. */
function textsOf(metadata: MetadataInput): string[] {
  const uris = member(metadata, 'redirect_uris');
  return Array.isArray(uris) ? uris.filter((uri): uri is string => typeof uri === 'string' && URL.canParse(uri)) : [];
}
