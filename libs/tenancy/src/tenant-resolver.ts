/** @spec RFC 8414 §3.3, RFC 9700 §2.6 — the tenant is the one whose issuer the request was addressed to, or there is none. */
import { Injectable } from '@nestjs/common';
import { rootDomain } from './issuer';
import { TenancyOptions } from './tenancy-options';
import type { Tenant } from './tenant';
import { TenantDirectory, type TenantName } from './tenant-directory';
import { isSlug } from './tenant-slug';

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** From the host and the path, and from nothing else (S-175); from memory once the tenant is known. */
@Injectable()
export class TenantResolver {
  private readonly publicHost: string;
  private readonly defaultPort: string;
  /** RFC 8705 §5; undefined where clients with certificates have no host of their own */
  private readonly mtlsHost: string | undefined;
  /** `.id.example.com`, with the port if there is one; undefined where the deployment names no root domain */
  private readonly subdomainSuffix: string | undefined;

  constructor(
    private readonly directory: TenantDirectory,
    options: TenancyOptions,
  ) {
    const { protocol, host, port } = options.publicUrl;
    this.publicHost = host;
    this.mtlsHost = options.mtlsPublicUrl?.host;
    this.defaultPort = protocol === 'https:' ? ':443' : ':80';
    if (options.issuerMode === 'subdomain' || options.rootDomain)
      this.subdomainSuffix = `.${rootDomain(options)}${port ? `:${port}` : ''}`;
  }

  /**
   * `host` is the Host header as it came. Null for a name nobody has, for a suspended tenant, and for a name that is
   * not part of the tenant's own issuer.
   */
  async resolve(host: string, slugFromPath: string | undefined): Promise<Tenant | null> {
    const [name, lookUp] = this.named(host, slugFromPath);
    const tenant = lookUp && (await this.directory.byName(lookUp));
    return tenant && this.isAt(tenant, name, slugFromPath) ? tenant : null;
  }

  /** True for the host that only clients with certificates are sent to. */
  isForMtls(host: string): boolean {
    return this.mtlsHost !== undefined && this.normalised(host) === this.mtlsHost;
  }

  /** What `resolve` would give, when it is in memory; undefined says nothing. */
  peek(host: string, slugFromPath: string | undefined): Tenant | undefined {
    const [name, lookUp] = this.named(host, slugFromPath);
    const tenant = lookUp && this.directory.peek(lookUp);
    return tenant && this.isAt(tenant, name, slugFromPath) ? tenant : undefined;
  }

  /** The host as an issuer has it, and by what to find the tenant that it may belong to. */
  private named(host: string, slug: string | undefined): [host: string, lookUp: TenantName | null] {
    const name = this.normalised(host);
    const isPublic = name === this.publicHost || name === this.mtlsHost;
    if (slug !== undefined) return [name, isSlug(slug) && isPublic ? `slug:${slug}` : null];
    if (isPublic) return [name, 'system'];
    const label = this.subdomainOf(name);
    if (label !== undefined) return [name, isSlug(label) ? `slug:${label}` : null];
    return [name, DOMAIN.test(name) ? `domain:${name}` : null];
  }

  private subdomainOf(host: string): string | undefined {
    const suffix = this.subdomainSuffix;
    return suffix && host.endsWith(suffix) ? host.slice(0, -suffix.length) : undefined;
  }

  private normalised(host: string): string {
    const lower = host.toLowerCase();
    return lower.endsWith(this.defaultPort) ? lower.slice(0, -this.defaultPort.length) : lower;
  }

  private isAt(tenant: Tenant, host: string, slug: string | undefined): boolean {
    const path = slug === undefined ? '' : `/t/${slug}`;
    const isOwn = tenant.basePath === path && tenant.issuer.endsWith(`//${host}${path}`);
    return tenant.status === 'active' && (isOwn || (host === this.mtlsHost && tenant.mtlsBase!.endsWith(host + path)));
  }
}
