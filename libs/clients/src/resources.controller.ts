import { Body, Delete, Get, Param, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
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
import { BulkDto } from './dto/bulk.dto';
import { ExportResourcesDto, ListResourcesDto, ResourcePageDto } from './dto/list-resources.dto';
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

  @Get('export')
  @Operation('resources.read', 'Export APIs', { description: 'All that fit the filters, in a stream.' })
  @ApiProduces('application/x-ndjson', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'An API a line.' })
  export(
    @CurrentTenant() tenant: Tenant,
    @Query() query: ExportResourcesDto,
    @Call() call: AdminCall,
  ): Promise<StreamableFile> {
    return this.resources.export(tenant, query, call);
  }

  @Post('bulk')
  @Operation('resources.write', 'Create, change and delete many APIs', {
    description: 'Each row by itself, with a result of its own.',
  })
  @ApiOkResponse({ type: BulkResultsDto })
  bulk(@CurrentTenant() tenant: Tenant, @Body() input: BulkDto, @Call() call: AdminCall): Promise<BulkResultsDto> {
    return this.resources.bulk(tenant, input, call);
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
