import { Body, Delete, Get, Param, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  type AdminCall,
  AdminController,
  BulkResultsDto,
  Call,
  Creations,
  IdPipe,
  Operation,
} from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { changeOf } from './admin-change';
import { BulkUsersDto } from './dto/bulk-users.dto';
import { ExportUsersDto, ListUsersDto, UserPageDto } from './dto/list-users.dto';
import { CreateUserDto, PatchUserDto, UserDto } from './dto/user.dto';
import { UsersAdmin, userView } from './users.admin';
import { UsersBulk } from './users-bulk';

const TEXT = { schema: { type: 'string' } } as const;

@AdminController('users', 'Users')
export class UsersController {
  constructor(
    private readonly users: UsersAdmin,
    private readonly bulk: UsersBulk,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('users.read', 'List users')
  @ApiOkResponse({ type: UserPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListUsersDto): Promise<UserPageDto> {
    return this.users.list(tenant, query);
  }

  @Post()
  @Operation('users.write', 'Create a user', {
    description: 'Nobody gives a user more roles than they hold themselves.',
    status: 201,
    idempotent: true,
  })
  @ApiCreatedResponse({ type: UserDto })
  create(@CurrentTenant() tenant: Tenant, @Body() input: CreateUserDto, @Call() call: AdminCall): Promise<UserDto> {
    const comparable = this.users.comparable(input);
    return this.creations.once(call, comparable, (change) => this.users.create(tenant, input, call, change));
  }

  @Post('bulk')
  @Operation('users.write', 'Create, change and delete many users')
  @ApiOkResponse({ type: BulkResultsDto })
  change(
    @CurrentTenant() tenant: Tenant,
    @Body() { operations }: BulkUsersDto,
    @Call() call: AdminCall,
  ): Promise<BulkResultsDto> {
    return this.bulk.run(tenant, operations, call);
  }

  @Get('export')
  @Operation('users.read', 'Export users', { description: 'A stream of all that fit, in the order of the list.' })
  @ApiOkResponse({ description: 'The users.', content: { 'application/x-ndjson': TEXT, 'text/csv': TEXT } })
  export(
    @CurrentTenant() tenant: Tenant,
    @Query() query: ExportUsersDto,
    @Call() call: AdminCall,
  ): Promise<StreamableFile> {
    return this.users.export(tenant, query, call);
  }

  @Get(':id')
  @Operation('users.read', 'Get a user', { errors: ['not-found'] })
  @ApiOkResponse({ type: UserDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<UserDto> {
    return this.users.get(tenant, id);
  }

  @Patch(':id')
  @Operation('users.write', 'Change a user', {
    description: 'Nobody changes somebody who holds permissions that they do not hold themselves.',
    errors: ['conflict'],
    ifMatch: true,
  })
  @ApiOkResponse({ type: UserDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchUserDto,
    @Call() call: AdminCall,
  ): Promise<UserDto> {
    return this.users.update(tenant, id, patch, { ...changeOf(call), expect: call.expects(userView) });
  }

  @Delete(':id')
  @Operation('users.write', 'Delete a user', {
    description: 'With sessions, authorizations, consents and credentials. The last owner stays.',
    status: 204,
    errors: ['conflict'],
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.users.delete(tenant, id, { ...changeOf(call), expect: call.expects(userView) });
  }

  @Post(':id/enable')
  @Operation('users.write', 'Let a user sign in', { errors: ['not-found'] })
  @ApiOkResponse({ type: UserDto })
  enable(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<UserDto> {
    return this.users.setStatus(tenant, id, 'enable', call);
  }

  @Post(':id/disable')
  @Operation('users.write', 'Keep a user out', {
    description: 'Sessions, authorizations and tokens end, and do not come back with the user. The last owner stays.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: UserDto })
  disable(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<UserDto> {
    return this.users.setStatus(tenant, id, 'disable', call);
  }
}
