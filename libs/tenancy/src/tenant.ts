import type { TenantSettings, TenantSettingsPatch } from './tenant-settings';

export type TenantStatus = 'active' | 'suspended' | 'deleting';
export type TenantKind = 'system' | 'standard';

/** One tenant as everything but this lib sees it: the row, its complete settings, and what follows from its issuer. */
export interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly displayName: string;
  readonly status: TenantStatus;
  readonly kind: TenantKind;
  readonly sandbox: boolean;
  readonly settings: TenantSettings;
  /** The one URL the tenant answers at, without a trailing slash. */
  readonly issuer: string;
  /** The path part of the issuer: '' or '/t/acme'. */
  readonly basePath: string;
  /** RFC 8705 §5: where clients with certificates find the tenant's endpoints; absent where that is the issuer. */
  readonly mtlsBase?: string;
  /** False only where the issuer is http on a loopback host. */
  readonly secureCookies: boolean;
}

/** A tenant with what only its administration shows. */
export interface DescribedTenant extends Tenant {
  /** what the tenant has chosen itself; all else in `settings` is a default */
  readonly chosen: TenantSettingsPatch;
  /** of its own, and proven */
  readonly domain: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** when its rows go; null for a tenant that is not being deleted */
  readonly removalAt: Date | null;
  readonly formerStatus: TenantStatus | null;
}
