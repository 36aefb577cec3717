import { Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { HeldRolePageDto, ListHeldRolesDto } from '../dto/role.dto';
import { RolesAdmin } from './roles.admin';

const NO_MORE = 'Nobody gives or takes a role that may do more than they may.';

@AdminController('users/:userId/roles', 'Roles')
export class UserRolesController {
  constructor(private readonly roles: RolesAdmin) {}

  @Get()
  @Operation('roles.read', 'List the roles of a user', { errors: ['not-found'] })
  @ApiOkResponse({ type: HeldRolePageDto })
  list(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) id: string,
    @Query() query: ListHeldRolesDto,
  ): Promise<HeldRolePageDto> {
    return this.roles.heldBy(tenant, { type: 'user', id }, query);
  }

  @Put(':name')
  @Operation('roles.write', 'Give a user a role', { description: NO_MORE, status: 204, errors: ['not-found'] })
  assign(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) id: string,
    @Param('name') name: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    return this.roles.assign(tenant, { type: 'user', id }, name, call);
  }

  @Delete(':name')
  @Operation('roles.write', 'Take a role from a user', {
    description: `${NO_MORE} The last owner stays one.`,
    status: 204,
    errors: ['not-found', 'conflict'],
  })
  unassign(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) id: string,
    @Param('name') name: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    return this.roles.unassign(tenant, { type: 'user', id }, name, call);
  }
}

@AdminController('clients/:clientId/roles', 'Roles')
export class ClientRolesController {
  constructor(private readonly roles: RolesAdmin) {}

  @Get()
  @Operation('roles.read', 'List the roles of an application', { errors: ['not-found'] })
  @ApiOkResponse({ type: HeldRolePageDto })
  list(
    @CurrentTenant() tenant: Tenant,
    @Param('clientId', IdPipe) id: string,
    @Query() query: ListHeldRolesDto,
  ): Promise<HeldRolePageDto> {
    return this.roles.heldBy(tenant, { type: 'client', id }, query);
  }

  @Put(':name')
  @Operation('roles.write', 'Give an application a role', { description: NO_MORE, status: 204, errors: ['not-found'] })
  assign(
    @CurrentTenant() tenant: Tenant,
    @Param('clientId', IdPipe) id: string,
    @Param('name') name: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    return this.roles.assign(tenant, { type: 'client', id }, name, call);
  }

  @Delete(':name')
  @Operation('roles.write', 'Take a role from an application', {
    description: NO_MORE,
    status: 204,
    errors: ['not-found'],
  })
  unassign(
    @CurrentTenant() tenant: Tenant,
    @Param('clientId', IdPipe) id: string,
    @Param('name') name: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    return this.roles.unassign(tenant, { type: 'client', id }, name, call);
  }
}
