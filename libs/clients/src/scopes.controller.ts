import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import {
  CreateScopeDto,
  ListScopesDto,
  NamedScopeDto,
  PatchScopeDto,
  ScopePageDto,
  ScopePathDto,
} from './dto/scope.dto';
import { IdsPipe } from './ids.pipe';
import { ScopesAdmin } from './scopes.admin';

@AdminController('resources/:resourceId/scopes', 'API scopes')
export class ScopesController {
  constructor(
    private readonly scopes: ScopesAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('resources.read', 'List the scopes of an API', { errors: ['not-found'] })
  @ApiOkResponse({ type: ScopePageDto })
  list(
    @CurrentTenant() tenant: Tenant,
    @Param('resourceId', IdPipe) resourceId: string,
    @Query() query: ListScopesDto,
  ): Promise<ScopePageDto> {
    return this.scopes.list(tenant, resourceId, query);
  }

  @Post()
  @Operation('resources.write', 'Add a scope to an API', { status: 201, errors: ['not-found'], idempotent: true })
  @ApiCreatedResponse({ type: NamedScopeDto })
  create(
    @CurrentTenant() tenant: Tenant,
    @Param('resourceId', IdPipe) resourceId: string,
    @Body() input: CreateScopeDto,
    @Call() call: AdminCall,
  ): Promise<NamedScopeDto> {
    return this.creations.once(call, input, (change) => this.scopes.create(tenant, resourceId, input, change));
  }

  @Get(':scopeId')
  @Operation('resources.read', 'Get a scope', { errors: ['not-found'] })
  @ApiOkResponse({ type: NamedScopeDto })
  get(@CurrentTenant() tenant: Tenant, @Param(IdsPipe) path: ScopePathDto): Promise<NamedScopeDto> {
    return this.scopes.get(tenant, path);
  }

  @Patch(':scopeId')
  @Operation('resources.write', 'Change a scope', { errors: ['conflict'], ifMatch: true })
  @ApiOkResponse({ type: NamedScopeDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param(IdsPipe) path: ScopePathDto,
    @Body() patch: PatchScopeDto,
    @Call() call: AdminCall,
  ): Promise<NamedScopeDto> {
    return this.scopes.update(tenant, path, patch, call);
  }

  @Delete(':scopeId')
  @Operation('resources.write', 'Take a scope from an API', {
    description: 'From every application that it was assigned to, too. Tokens that are out keep it until they end.',
    status: 204,
    errors: ['conflict'],
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param(IdsPipe) path: ScopePathDto, @Call() call: AdminCall): Promise<void> {
    return this.scopes.delete(tenant, path, call);
  }
}
