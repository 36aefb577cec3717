import type { SecurityProfile, Tenant } from '@tokenidp/tenancy';
import type { ClientOrigin } from '../client';

/** What the tenant and the way of registration say about what a client may register. */
export interface RegistrationPolicy {
  readonly origin: ClientOrigin;
  readonly issuer: string;
  /** Signing algorithms of the tenant, its preferred one first. */
  readonly algorithms: readonly string[];
  readonly securityProfileFloor: SecurityProfile;
  /** Hosts (`host` or `host:port`) that the deployment lets us call although they are private or without TLS. */
  readonly outboundAllowedHosts: readonly string[];
}

export function registrationPolicy(
  tenant: Tenant,
  origin: ClientOrigin,
  outboundAllowedHosts: readonly string[],
): RegistrationPolicy {
  const { keys, securityProfileFloor } = tenant.settings;
  return { origin, issuer: tenant.issuer, algorithms: keys.algorithms, securityProfileFloor, outboundAllowedHosts };
}

/** True where an administrator (or the server) speaks, who may set policy; a client that registers itself may not. */
export function isTrustedOrigin(origin: ClientOrigin): boolean {
  return origin === 'admin' || origin === 'built-in';
}
