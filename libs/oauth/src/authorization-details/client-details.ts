/** @spec RFC 9396 §3, §6, RFC 8707 §2.2 — what a client asks for itself: of types that it may use, at APIs that are assigned to it. */
import type { AuthorizationDetail } from '@tokenidp/kernel';
import type { TokenRequest } from '../grants/grant';
import { parseDetails } from './detail-syntax';
import { knownTypeOf } from './detail-types';

export interface ClientDetails {
  readonly authorizationDetails: readonly AuthorizationDetail[];
  /** `resource` as sent, or else the resources that the details are about */
  readonly named: readonly string[];
}

/** Throws `invalid_authorization_details`. */
export function clientDetails({ client, parameters }: Pick<TokenRequest, 'client' | 'parameters'>): ClientDetails {
  const authorizationDetails = parseDetails(parameters.get('authorization_details')) ?? [];
  const sent = parameters.all('resource');
  const assigned = client.assignments.filter(({ clientScopes }) => clientScopes.length > 0);
  const meant = sent.length > 0 ? assigned.filter(({ resource }) => sent.includes(resource.identifier)) : assigned;
  const owners = authorizationDetails.map((detail) => knownTypeOf(detail, client, meant).resource.identifier);
  return { authorizationDetails, named: sent.length > 0 ? sent : [...new Set(owners)] };
}
