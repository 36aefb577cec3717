import { Body, Delete, Get, Param, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ClientsAdmin } from './clients.admin';
import { BulkDto } from './dto/bulk.dto';
import {
  ClientBulkResultsDto,
  ClientDto,
  ClientPageDto,
  CreateClientDto,
  CreatedClientDto,
  PatchClientDto,
} from './dto/client.dto';
import { ExportClientsDto, ListClientsDto } from './dto/list-clients.dto';

@AdminController('clients', 'Applications')
export class ClientsController {
  constructor(
    private readonly clients: ClientsAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('clients.read', 'List applications')
  @ApiOkResponse({ type: ClientPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListClientsDto): Promise<ClientPageDto> {
    return this.clients.list(tenant, query);
  }

  @Post()
  @Operation('clients.write', 'Create an application', {
    description: 'With its first secret, where it authenticates with one: it is in this answer and nowhere else.',
    status: 201,
    idempotent: true,
  })
  @ApiCreatedResponse({ type: CreatedClientDto })
  async create(
    @CurrentTenant() tenant: Tenant,
    @Body() input: CreateClientDto,
    @Call() call: AdminCall,
  ): Promise<CreatedClientDto> {
    const ahead = await this.clients.prepare(tenant, input, call);
    return this.creations.once(call, input, (change) => this.clients.create(tenant, input, change, ahead));
  }

  @Get('export')
  @Operation('clients.read', 'Export applications', { description: 'All that fit the filters, in a stream.' })
  @ApiProduces('application/x-ndjson', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'An application a line.' })
  export(
    @CurrentTenant() tenant: Tenant,
    @Query() query: ExportClientsDto,
    @Call() call: AdminCall,
  ): Promise<StreamableFile> {
    return this.clients.export(tenant, query, call);
  }

  @Post('bulk')
  @Operation('clients.write', 'Create, change and delete many applications', {
    description: 'Each row by itself, with a result of its own.',
  })
  @ApiOkResponse({ type: ClientBulkResultsDto })
  bulk(
    @CurrentTenant() tenant: Tenant,
    @Body() input: BulkDto,
    @Call() call: AdminCall,
  ): Promise<ClientBulkResultsDto> {
    return this.clients.bulk(tenant, input, call);
  }

  @Get(':id')
  @Operation('clients.read', 'Get an application', { errors: ['not-found'] })
  @ApiOkResponse({ type: ClientDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<ClientDto> {
    return this.clients.get(tenant, id);
  }

  @Patch(':id')
  @Operation('clients.write', 'Change an application', {
    description: 'A merge patch. Whoever changes how it authenticates needs to hold what it may do.',
    errors: ['conflict'],
    ifMatch: true,
  })
  @ApiOkResponse({ type: ClientDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchClientDto,
    @Call() call: AdminCall,
  ): Promise<ClientDto> {
    return this.clients.update(tenant, id, patch, call);
  }

  @Delete(':id')
  @Operation('clients.write', 'Delete an application', {
    description: 'With its secrets, assignments, roles, consents and authorizations. Its tokens end at once.',
    status: 204,
    errors: ['conflict'],
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.clients.delete(tenant, id, call);
  }

  @Post(':id/enable')
  @Operation('clients.write', 'Enable an application', { errors: ['not-found', 'conflict'] })
  @ApiOkResponse({ type: ClientDto })
  enable(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<ClientDto> {
    return this.clients.setStatus(tenant, id, 'active', call);
  }

  @Post(':id/disable')
  @Operation('clients.write', 'Disable an application', {
    description: 'It is refused everywhere, and its tokens are good for nothing, until it is enabled again.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: ClientDto })
  disable(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<ClientDto> {
    return this.clients.setStatus(tenant, id, 'disabled', call);
  }
}
