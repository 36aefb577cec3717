import { Module } from '@nestjs/common';
import { TenancyModule } from '../tenancy.module';
import { TenantRemoval } from '../tenant-removal';
import { TenantRemovalRepository } from '../tenant-removal.repository';
import { DomainsAdmin } from './domains.admin';
import { DomainsController } from './domains.controller';
import { OwnTenantController } from './own-tenant.controller';
import { SettingsAdmin } from './settings.admin';
import { SettingsController } from './settings.controller';
import { TenantsAdmin } from './tenants.admin';
import { TenantsController } from './tenants.controller';

/** Needs libs/admin-api's `AdminTrail` and `AdminAccess` from global modules. */
@Module({
  imports: [TenancyModule],
  controllers: [TenantsController, OwnTenantController, DomainsController, SettingsController],
  providers: [DomainsAdmin, SettingsAdmin, TenantRemoval, TenantRemovalRepository, TenantsAdmin],
  exports: [SettingsAdmin, TenantRemoval],
})
export class TenancyAdministrationModule {}
