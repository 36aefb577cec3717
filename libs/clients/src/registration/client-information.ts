/** @spec RFC 7591 §3.2.1, RFC 7592 §3 — every member that is registered goes back, and nothing that is only ours. */
import type { Client, ClientMetadata } from '../client';

/** What a snapshot holds beside the metadata; a new member of it is either here or told. */
const OWN: Readonly<Record<Exclude<keyof Client, keyof ClientMetadata>, true>> = {
  id: true,
  tenantId: true,
  client_id: true,
  status: true,
  origin: true,
  secrets: true,
  assignments: true,
  isConfidential: true,
  createdAt: true,
  updatedAt: true,
  lastUsedAt: true,
  type: true,
  security_profile: true,
  require_pkce: true,
  profile: true,
  vouched: true,
  consent: true,
  refresh: true,
  default_scope: true,
  access_token_seconds: true,
  id_token_seconds: true,
  token_exchange: true,
};

/** Wire names, translations among them. */
export function registeredMembers({ localized, ...client }: Client): Record<string, unknown> {
  const members = Object.entries(client).filter(([name, value]) => !Object.hasOwn(OWN, name) && value !== undefined);
  return { ...Object.fromEntries(members), ...localized };
}
