import { Body, Get, Patch } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Operation } from '@tokenidp/admin-api';
import { DescribedTenantDto, PatchOwnTenantDto } from '../dto/tenant.dto';
import type { Tenant } from '../tenant';
import { CurrentTenant } from '../tenant-request';
import { TenantsAdmin } from './tenants.admin';

@AdminController('tenant', 'Settings')
export class OwnTenantController {
  constructor(private readonly tenants: TenantsAdmin) {}

  @Get()
  @Operation('settings.read', 'Get the tenant itself')
  @ApiOkResponse({ type: DescribedTenantDto })
  get(@CurrentTenant() tenant: Tenant): Promise<DescribedTenantDto> {
    return this.tenants.own(tenant);
  }

  @Patch()
  @Operation('settings.write', 'Change the tenant itself', {
    description: 'What people see of it; all else is for operators.',
    ifMatch: true,
  })
  @ApiOkResponse({ type: DescribedTenantDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Body() patch: PatchOwnTenantDto,
    @Call() call: AdminCall,
  ): Promise<DescribedTenantDto> {
    return this.tenants.update(tenant, tenant.id, patch, call);
  }
}
