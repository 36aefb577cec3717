/** @spec RFC 9207 §2.4, RFC 8414 §2 — a tenant has exactly one issuer, and everything it says of itself is built on it. */
import type { TenancyOptions } from './tenancy-options';
import type { Tenant, TenantKind } from './tenant';
import type { TenantSettings } from './tenant-settings';

const LOOPBACK_HOSTS = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

export type Issuer = Pick<Tenant, 'issuer' | 'basePath' | 'secureCookies' | 'mtlsBase'>;

type Named = { slug: string; kind: TenantKind; issuerMode: TenantSettings['issuerMode'] };

/** The canonical issuer: a verified domain of the tenant's own wins, then its own mode, then that of the deployment. */
export function issuerOf(options: TenancyOptions, tenant: Named, domain: string | undefined): Issuer {
  const own = ownIssuer(options, tenant, domain);
  const { mtlsPublicUrl: mtls } = options;
  return mtls ? { ...own, mtlsBase: mtls.origin + (tenant.kind === 'system' ? '' : `/t/${tenant.slug}`) } : own;
}

function ownIssuer(options: TenancyOptions, tenant: Named, domain: string | undefined): Issuer {
  if (tenant.kind === 'system') return at(options.publicUrl.origin, '');
  if (domain) return at(`https://${domain}`, '');
  const mode = tenant.issuerMode === 'deployment' ? options.issuerMode : tenant.issuerMode;
  if (mode === 'path') return at(options.publicUrl.origin, `/t/${tenant.slug}`);
  const { protocol, port } = options.publicUrl;
  return at(`${protocol}//${tenant.slug}.${rootDomain(options)}${port ? `:${port}` : ''}`, '');
}

/** The domain below which tenants have sub-domains, lower-case; throws when the deployment names none. */
export function rootDomain(options: TenancyOptions): string {
  if (!options.rootDomain) throw new Error('Sub-domain mode needs TENANT_ROOT_DOMAIN.');
  return options.rootDomain.toLowerCase();
}

function at(origin: string, basePath: string): Issuer {
  const { protocol, hostname } = new URL(origin);
  const isPlainLoopback = protocol === 'http:' && LOOPBACK_HOSTS.test(hostname);
  return { issuer: `${origin}${basePath}`, basePath, secureCookies: !isPlainLoopback };
}
