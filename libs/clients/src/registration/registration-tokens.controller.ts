import { Body, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import {
  CreatedRegistrationTokenDto,
  CreateRegistrationTokenDto,
  ListRegistrationTokensDto,
  RegistrationTokenDto,
  RegistrationTokenPageDto,
} from '../dto/registration-token.dto';
import { RegistrationTokensAdmin } from './registration-tokens.admin';

@AdminController('registration-tokens', 'Registration tokens')
export class RegistrationTokensController {
  constructor(
    private readonly tokens: RegistrationTokensAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('clients.read', 'List registration tokens')
  @ApiOkResponse({ type: RegistrationTokenPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListRegistrationTokensDto): Promise<RegistrationTokenPageDto> {
    return this.tokens.list(tenant, query);
  }

  @Post()
  @Operation('clients.write', 'Create a registration token', {
    description: 'An initial access token (RFC 7591 §3). It is in this answer and nowhere else.',
    status: 201,
    idempotent: true,
  })
  @ApiCreatedResponse({ type: CreatedRegistrationTokenDto })
  create(
    @CurrentTenant() tenant: Tenant,
    @Body() input: CreateRegistrationTokenDto,
    @Call() call: AdminCall,
  ): Promise<CreatedRegistrationTokenDto> {
    return this.creations.once(call, input, (change) => this.tokens.create(tenant, input, change));
  }

  @Get(':id')
  @Operation('clients.read', 'Get a registration token', { errors: ['not-found'] })
  @ApiOkResponse({ type: RegistrationTokenDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<RegistrationTokenDto> {
    return this.tokens.get(tenant, id);
  }

  @Delete(':id')
  @Operation('clients.write', 'Delete a registration token', {
    description: 'Clients that have registered with it stay.',
    status: 204,
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.tokens.delete(tenant, id, call);
  }
}
