export { cookieName } from './cookie-name';
export { TenancyOptions, type IssuerMode } from './tenancy-options';
export { TenantInitializer, TenantInitializers } from './tenant-initializers';
export { splitTenantPath, type TenantTarget } from './tenant-path';
export { CurrentTenant, tenantOf } from './tenant-request';
export {
  DEFAULT_TENANT_SETTINGS,
  KEY_ALGORITHMS,
  SECURITY_PROFILES,
  type KeyAlgorithm,
  type KeySettings,
  type LifetimeSettings,
  type LimitSettings,
  type SecurityProfile,
  type TenantSettings,
  type TenantSettingsPatch,
} from './tenant-settings';
export { isSlug, slugProblem, SYSTEM_SLUG } from './tenant-slug';
export { TenantSettingsError, validateSettings, type SettingProblem } from './validate-settings';
export type { Tenant, TenantKind, TenantStatus } from './tenant';
