import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CreateTenantDto, DescribedTenantDto, ListTenantsDto, PatchTenantDto, TenantPageDto } from '../dto/tenant.dto';
import type { Tenant } from '../tenant';
import { CurrentTenant } from '../tenant-request';
import { TenantsAdmin } from './tenants.admin';

@AdminController('tenants', 'Tenants')
export class TenantsController {
  constructor(
    private readonly tenants: TenantsAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('tenants.read', 'List tenants')
  @ApiOkResponse({ type: TenantPageDto })
  list(@CurrentTenant() home: Tenant, @Query() query: ListTenantsDto): Promise<TenantPageDto> {
    return this.tenants.list(home, query);
  }

  @Post()
  @Operation('tenants.write', 'Create a tenant', {
    description: 'With its first keys, roles and built-in applications.',
    status: 201,
    idempotent: true,
  })
  @ApiCreatedResponse({ type: DescribedTenantDto })
  create(
    @CurrentTenant() home: Tenant,
    @Body() input: CreateTenantDto,
    @Call() call: AdminCall,
  ): Promise<DescribedTenantDto> {
    return this.creations.once(call, input, (change) => this.tenants.create(home, input, change));
  }

  @Get(':id')
  @Operation('tenants.read', 'Get a tenant', { errors: ['not-found'] })
  @ApiOkResponse({ type: DescribedTenantDto })
  get(@CurrentTenant() home: Tenant, @Param('id', IdPipe) id: string): Promise<DescribedTenantDto> {
    return this.tenants.get(home, id);
  }

  @Patch(':id')
  @Operation('tenants.write', 'Change a tenant', { ifMatch: true })
  @ApiOkResponse({ type: DescribedTenantDto })
  update(
    @CurrentTenant() home: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchTenantDto,
    @Call() call: AdminCall,
  ): Promise<DescribedTenantDto> {
    return this.tenants.update(home, id, patch, call);
  }

  @Delete(':id')
  @Operation('tenants.write', 'Delete a tenant', {
    description: 'Served no longer at once, and gone with everything it owns after 30 days, unless it is restored.',
    errors: ['conflict'],
    ifMatch: true,
  })
  @ApiOkResponse({ type: DescribedTenantDto })
  delete(
    @CurrentTenant() home: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<DescribedTenantDto> {
    return this.tenants.delete(home, id, call);
  }

  @Post(':id/suspend')
  @Operation('tenants.write', 'Suspend a tenant', {
    description: 'Nothing of it is served until it is resumed; tokens that are out cannot be introspected.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: DescribedTenantDto })
  suspend(
    @CurrentTenant() home: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<DescribedTenantDto> {
    return this.tenants.act(home, id, 'suspend', call);
  }

  @Post(':id/resume')
  @Operation('tenants.write', 'Resume a tenant', { errors: ['not-found', 'conflict'] })
  @ApiOkResponse({ type: DescribedTenantDto })
  resume(
    @CurrentTenant() home: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<DescribedTenantDto> {
    return this.tenants.act(home, id, 'resume', call);
  }

  @Post(':id/restore')
  @Operation('tenants.write', 'Restore a deleted tenant', {
    description: 'As it was before, as long as its removal has not begun.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: DescribedTenantDto })
  restore(
    @CurrentTenant() home: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<DescribedTenantDto> {
    return this.tenants.act(home, id, 'restore', call);
  }
}
