import type { RegistrationLimits, SecurityProfile, Tenant } from '@tokenidp/tenancy';
import type { ClientOrigin, ClientPolicy, DeliveryMode } from '../client';
import { deliveryModesOf } from '../delivery-modes';

/** What the tenant and the way of registration say about what a client may register. */
export interface RegistrationPolicy {
  readonly origin: ClientOrigin;
  readonly issuer: string;
  /** Signing algorithms of the tenant, its preferred one first. */
  readonly algorithms: readonly string[];
  readonly securityProfileFloor: SecurityProfile;
  /** How a client may hear of an answer in the backchannel; by asking or by being told to ask when absent. */
  readonly deliveryModes?: readonly DeliveryMode[];
  /** Hosts (`host` or `host:port`) that the deployment lets us call although they are private or without TLS. */
  readonly outboundAllowedHosts: readonly string[];
  /** Policy of a client that may not choose it itself. */
  readonly granted?: Partial<ClientPolicy>;
  /** What the client may not go beyond when it registers itself; an administrator may. */
  readonly limits?: RegistrationLimits;
}

/** What a tenant gives a client that registers itself. */
export type RegistrationGrant = Pick<RegistrationPolicy, 'granted' | 'limits'>;

export interface RegistrationSource extends RegistrationGrant {
  origin: ClientOrigin;
  outboundAllowedHosts: readonly string[];
}

export function registrationPolicy(tenant: Tenant, source: RegistrationSource): RegistrationPolicy {
  const { keys, securityProfileFloor } = tenant.settings;
  const deliveryModes = deliveryModesOf(tenant);
  return { ...source, issuer: tenant.issuer, algorithms: keys.algorithms, securityProfileFloor, deliveryModes };
}

/** True where an administrator (or the server) speaks, who may set policy; a client that registers itself may not. */
export function isTrustedOrigin(origin: ClientOrigin): boolean {
  return origin === 'admin' || origin === 'built-in';
}
