import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { changeOf } from '../admin-change';
import {
  CreatePermissionDto,
  ListPermissionsDto,
  PatchPermissionDto,
  PermissionDto,
  PermissionPageDto,
} from '../dto/permission.dto';
import { PermissionsService } from './permissions.service';
import type { PermissionRow } from './permissions.repository';
import { RolesAdmin } from './roles.admin';

@AdminController('permissions', 'Permissions')
export class PermissionsController {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly roles: RolesAdmin,
  ) {}

  @Get()
  @Operation('roles.read', 'List permissions')
  @ApiOkResponse({ type: PermissionPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListPermissionsDto): Promise<PermissionPageDto> {
    return this.roles.permissions(tenant, query);
  }

  @Get(':id')
  @Operation('roles.read', 'Get a permission', { errors: ['not-found'] })
  @ApiOkResponse({ type: PermissionDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<PermissionDto> {
    return this.permissions.get(tenant, id);
  }

  @Patch(':id')
  @Operation('roles.write', 'Change a permission', { errors: ['conflict'], ifMatch: true })
  @ApiOkResponse({ type: PermissionDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchPermissionDto,
    @Call() call: AdminCall,
  ): Promise<PermissionDto> {
    return this.permissions.update(tenant, id, patch, { ...changeOf(call), expect: call.expects(view) });
  }

  @Delete(':id')
  @Operation('roles.write', 'Delete a permission', {
    description: 'All roles lose it. Tokens that are out stay good until they end.',
    status: 204,
    errors: ['conflict'],
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.permissions.delete(tenant, id, { ...changeOf(call), expect: call.expects(view) });
  }
}

@AdminController('resources/:resourceId/permissions', 'Permissions')
export class ResourcePermissionsController {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly creations: Creations,
  ) {}

  @Post()
  @Operation('roles.write', 'Add a permission to an API', { status: 201, errors: ['not-found'], idempotent: true })
  @ApiCreatedResponse({ type: PermissionDto })
  create(
    @CurrentTenant() tenant: Tenant,
    @Param('resourceId', IdPipe) resourceId: string,
    @Body() input: CreatePermissionDto,
    @Call() call: AdminCall,
  ): Promise<PermissionDto> {
    return this.creations.once(call, input, (change) =>
      this.permissions.create(tenant, resourceId, input, changeOf(call, change)),
    );
  }
}

function view(permission: PermissionRow): PermissionDto {
  return permission;
}
