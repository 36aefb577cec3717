import { Global, Module } from '@nestjs/common';
import { DomainRecords } from './domain-records';
import { TenantDirectory } from './tenant-directory';
import { TenantDomainsService } from './tenant-domains.service';
import { TenantInitializers } from './tenant-initializers';
import { TenantResolver } from './tenant-resolver';
import { TenantsRepository } from './tenants.repository';
import { TenantsService } from './tenants.service';

/** Needs `TenancyOptions` and `Clock` from a global module of the application. */
@Global()
@Module({
  providers: [
    DomainRecords,
    TenantDirectory,
    TenantDomainsService,
    TenantInitializers,
    TenantResolver,
    TenantsRepository,
    TenantsService,
  ],
  exports: [
    TenantDirectory,
    TenantDomainsService,
    TenantInitializers,
    TenantResolver,
    TenantsRepository,
    TenantsService,
  ],
})
export class TenancyModule {}
