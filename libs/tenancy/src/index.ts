import { TenantDomainEntity } from './tenant-domain.entity';
import { TenantEntity } from './tenant.entity';

export { SettingsAdmin } from './administration/settings.admin';
export { TenancyAdministrationModule } from './administration/tenancy-administration.module';
export { cookieName } from './cookie-name';
export { DomainRecords } from './domain-records';
export { settingsJsonSchema, settingsSection } from './dto/settings-schema';
export type {
  RedirectUriScheme,
  RegistrationLimits,
  RegistrationMode,
  RegistrationSettings,
  SoftwareIssuer,
} from './registration-settings';
export { registrationLimitsProblem } from './registration-settings-rules';
export { TenancyError, type TenancyErrorCode } from './tenancy-error';
export { TenancyModule } from './tenancy.module';
export { TenancyOptions, type IssuerMode } from './tenancy-options';
export { type DomainClaim, TenantDomainsService, type WithinDomainChange } from './tenant-domains.service';
export { TenantInitializer, TenantInitializers } from './tenant-initializers';
export { splitTenantPath, type TenantTarget } from './tenant-path';
export { CurrentTenant, tenantOf } from './tenant-request';
export { TenantResolver } from './tenant-resolver';
export {
  DEFAULT_TENANT_SETTINGS,
  KEY_ALGORITHMS,
  type KeyAlgorithm,
  type KeySettings,
  type LifetimeSettings,
  type LimitSettings,
  mergeSettings,
  SECURITY_PROFILES,
  type SecurityProfile,
  type TenantSettings,
  type TenantSettingsMergePatch,
  type TenantSettingsPatch,
} from './tenant-settings';
export { isSlug, slugProblem, SYSTEM_SLUG } from './tenant-slug';
export { TENANT_REMOVAL_JOB, TenantRemoval } from './tenant-removal';
export type { NewTenant } from './new-tenant';
export { REMOVAL_GRACE_DAYS, type TenantChange, TenantsService, type WithinChange } from './tenants.service';
export type { DescribedTenant, Tenant, TenantKind, TenantStatus } from './tenant';
export { type SettingProblem, TenantSettingsError, validateSettings } from './validate-settings';

/** For the application's data source. */
export const TENANCY_ENTITIES = [TenantEntity, TenantDomainEntity];
