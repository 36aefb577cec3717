import type { Tenant } from './tenant';

/**
 * @spec RFC 6265bis §4.1.3 — tenants of one host share a cookie jar, so the name carries the tenant;
 * the prefix pins the cookie to this host, and is impossible without https (loopback development only).
 */
export function cookieName(tenant: Pick<Tenant, 'slug' | 'secureCookies'>, base: string): string {
  return `${tenant.secureCookies ? '__Host-' : ''}${base}.${tenant.slug}`;
}
