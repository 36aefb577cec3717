import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ListResourcesDto, ResourcePageDto } from './dto/list-resources.dto';
import { CreateResourceDto, PatchResourceDto, ResourceDto } from './dto/resource.dto';
import { ResourcesAdmin } from './resources.admin';

@AdminController('resources', 'APIs')
export class ResourcesController {
  constructor(
    private readonly resources: ResourcesAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('resources.read', 'List APIs')
  @ApiOkResponse({ type: ResourcePageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListResourcesDto): Promise<ResourcePageDto> {
    return this.resources.list(tenant, query);
  }

  @Post()
  @Operation('resources.write', 'Create an API', { status: 201, idempotent: true })
  @ApiCreatedResponse({ type: ResourceDto })
  create(
    @CurrentTenant() tenant: Tenant,
    @Body() input: CreateResourceDto,
    @Call() call: AdminCall,
  ): Promise<ResourceDto> {
    return this.creations.once(call, input, (change) => this.resources.create(tenant, input, change));
  }

  @Get(':id')
  @Operation('resources.read', 'Get an API', { errors: ['not-found'] })
  @ApiOkResponse({ type: ResourceDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<ResourceDto> {
    return this.resources.get(tenant, id);
  }

  @Patch(':id')
  @Operation('resources.write', 'Change an API', { errors: ['conflict'], ifMatch: true })
  @ApiOkResponse({ type: ResourceDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchResourceDto,
    @Call() call: AdminCall,
  ): Promise<ResourceDto> {
    return this.resources.update(tenant, id, patch, call);
  }

  @Delete(':id')
  @Operation('resources.write', 'Delete an API', {
    description: 'With its scopes, permissions and assignments. Tokens that are out stay good until they end.',
    status: 204,
    errors: ['conflict'],
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.resources.delete(tenant, id, call);
  }
}
