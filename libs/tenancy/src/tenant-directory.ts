import { Injectable } from '@nestjs/common';
import { CoherentCache, Invalidations, type Transaction } from '@tokenidp/database';
import { issuerOf } from './issuer';
import { TenancyOptions } from './tenancy-options';
import type { DescribedTenant, Tenant } from './tenant';
import { DEFAULT_TENANT_SETTINGS, mergeSettings } from './tenant-settings';
import { type DescribedRow, type TenantRow, TenantsRepository } from './tenants.repository';

const TOPIC = 'tenant';
const SYSTEM_KEY = 'system';
const MAX_ENTRIES = 20_000;
/** Unknown names are kept apart and for a short time, so that a flood of them displaces no tenant. */
const NEGATIVE_TTL_SECONDS = 5;

/** What a tenant is looked up by. */
export type TenantName = `slug:${string}` | `id:${string}` | `domain:${string}` | 'system';

/** Tenants by each of their names, from memory. */
@Injectable()
export class TenantDirectory {
  private readonly cache: CoherentCache<Tenant>;

  constructor(
    private readonly invalidations: Invalidations,
    private readonly repository: TenantsRepository,
    private readonly options: TenancyOptions,
  ) {
    this.cache = new CoherentCache(invalidations, {
      topic: TOPIC,
      max: MAX_ENTRIES,
      negativeTtlSeconds: NEGATIVE_TTL_SECONDS,
      load: (key) => this.load(key),
    });
  }

  byName(name: TenantName): Promise<Tenant | null> {
    return this.cache.get(name);
  }

  /** The tenant in memory; undefined when nobody has asked for it of late. */
  peek(name: TenantName): Tenant | undefined {
    return this.cache.peek(name);
  }

  bySlug(slug: string): Promise<Tenant | null> {
    return this.byName(`slug:${slug}`);
  }

  byId(id: string): Promise<Tenant | null> {
    return this.byName(`id:${id}`);
  }

  system(): Promise<Tenant | null> {
    return this.byName(SYSTEM_KEY);
  }

  /** Makes every instance forget the tenant, by all its names, when the transaction commits. */
  async forget(
    tenant: Pick<TenantRow, 'id' | 'slug' | 'kind'>,
    tx: Transaction,
    domain?: string | null,
  ): Promise<void> {
    const names = [`id:${tenant.id}`, `slug:${tenant.slug}`];
    if (domain) names.push(`domain:${domain}`);
    if (tenant.kind === 'system') names.push(SYSTEM_KEY);
    for (const name of names) await this.invalidations.publish(TOPIC, name, tx);
  }

  /** The row with what follows from it. */
  toTenant(row: TenantRow): Tenant {
    const { domain, settings: patch, ...stored } = row;
    const settings = mergeSettings(DEFAULT_TENANT_SETTINGS, patch);
    return {
      ...stored,
      settings,
      ...issuerOf(this.options, { ...row, issuerMode: settings.issuerMode }, domain ?? undefined),
    };
  }

  describe(row: DescribedRow): DescribedTenant {
    const { createdAt, updatedAt, removalAt, formerStatus, ...tenant } = row;
    const chosen = row.settings;
    return { ...this.toTenant(tenant), chosen, domain: row.domain, createdAt, updatedAt, removalAt, formerStatus };
  }

  private async load(key: string): Promise<Tenant | null> {
    const row = await this.find(key);
    return row && this.toTenant(row);
  }

  private find(key: string): Promise<TenantRow | null> {
    if (key === SYSTEM_KEY) return this.repository.system();
    const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (kind === 'slug') return this.repository.bySlug(name);
    return kind === 'id' ? this.repository.byId(name) : this.repository.byDomain(name);
  }
}
