/**
 * @spec RFC 8705 §3.3, §5 — where clients with certificates go: the same endpoints at another base, where their
 * certificate is asked for, so that browsers are not asked for one.
 */
import type { Tenant } from '@tokenidp/tenancy';

/** Endpoints that clients call themselves; whatever a browser visits stays where it is. */
const ALIASED = [
  'token_endpoint',
  'userinfo_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
  'backchannel_authentication_endpoint',
  'registration_endpoint',
] as const;

/** What to add to the metadata of a tenant; nothing, which is what false would say, where certificates cannot arrive. */
export function mtlsMetadata(
  metadata: Readonly<Record<string, unknown>>,
  { issuer, mtlsBase }: Tenant,
  isServed: boolean,
): Record<string, unknown> {
  if (!isServed) return {};
  const bound = { tls_client_certificate_bound_access_tokens: true };
  if (mtlsBase === undefined) return bound;
  const aliases = ALIASED.flatMap((name) => {
    const url = metadata[name];
    return typeof url === 'string' ? [[name, mtlsBase + url.slice(issuer.length)]] : [];
  });
  return { ...bound, mtls_endpoint_aliases: Object.fromEntries(aliases) as Record<string, string> };
}
