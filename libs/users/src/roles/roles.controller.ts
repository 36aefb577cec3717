import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import {
  CreateRoleDto,
  ListRoleMembersDto,
  ListRolesDto,
  PatchRoleDto,
  RoleDto,
  RoleMemberPageDto,
  RolePageDto,
} from '../dto/role.dto';
import { RolesAdmin } from './roles.admin';

const NO_MORE = 'Nobody gives a role permissions of the administration API that they do not hold themselves.';

@AdminController('roles', 'Roles')
export class RolesController {
  constructor(
    private readonly roles: RolesAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('roles.read', 'List roles')
  @ApiOkResponse({ type: RolePageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListRolesDto): Promise<RolePageDto> {
    return this.roles.list(tenant, query);
  }

  @Post()
  @Operation('roles.write', 'Create a role', {
    description: NO_MORE,
    status: 201,
    errors: ['not-found'],
    idempotent: true,
  })
  @ApiCreatedResponse({ type: RoleDto })
  create(@CurrentTenant() tenant: Tenant, @Body() input: CreateRoleDto, @Call() call: AdminCall): Promise<RoleDto> {
    return this.creations.once(call, input, (change) => this.roles.create(tenant, input, call, change));
  }

  @Get(':id')
  @Operation('roles.read', 'Get a role', { errors: ['not-found'] })
  @ApiOkResponse({ type: RoleDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<RoleDto> {
    return this.roles.get(tenant, id);
  }

  @Get(':id/members')
  @Operation('roles.read', 'List who holds a role', { errors: ['not-found'] })
  @ApiOkResponse({ type: RoleMemberPageDto })
  members(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Query() query: ListRoleMembersDto,
  ): Promise<RoleMemberPageDto> {
    return this.roles.members(tenant, id, query);
  }

  @Patch(':id')
  @Operation('roles.write', 'Change a role', { description: NO_MORE, errors: ['conflict'], ifMatch: true })
  @ApiOkResponse({ type: RoleDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchRoleDto,
    @Call() call: AdminCall,
  ): Promise<RoleDto> {
    return this.roles.update(tenant, id, patch, call);
  }

  @Delete(':id')
  @Operation('roles.write', 'Delete a role', {
    description: 'Whoever holds it loses it.',
    status: 204,
    errors: ['conflict'],
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.roles.delete(tenant, id, call);
  }
}
