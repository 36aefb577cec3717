import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ClientSecretsAdmin } from './client-secrets.admin';
import {
  CreatedSecretDto,
  CreateSecretDto,
  ListSecretsDto,
  RevokeSecretDto,
  SecretDto,
  SecretPageDto,
  SecretPathDto,
} from './dto/client-secret.dto';
import { IdsPipe } from './ids.pipe';

@AdminController('clients/:clientId/secrets', 'Application secrets')
export class ClientSecretsController {
  constructor(
    private readonly secrets: ClientSecretsAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('clients.read', 'List the secrets of an application', {
    description: 'Without the secrets themselves, which nobody has any more.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: SecretPageDto })
  list(
    @CurrentTenant() tenant: Tenant,
    @Param('clientId', IdPipe) clientId: string,
    @Query() query: ListSecretsDto,
  ): Promise<SecretPageDto> {
    return this.secrets.list(tenant, clientId, query);
  }

  @Post()
  @Operation('clients.secrets', 'Create a secret', {
    description:
      'Beside the live ones, so that a rotation overlaps. It is in this answer and nowhere else. The caller has to ' +
      'hold whatever the application may do at the administration.',
    status: 201,
    errors: ['not-found'],
    idempotent: true,
  })
  @ApiCreatedResponse({ type: CreatedSecretDto })
  async create(
    @CurrentTenant() tenant: Tenant,
    @Param('clientId', IdPipe) clientId: string,
    @Body() input: CreateSecretDto,
    @Call() call: AdminCall,
  ): Promise<CreatedSecretDto> {
    await this.secrets.assertMay(call, tenant, clientId);
    return this.creations.once(call, input, (change) => this.secrets.create(tenant, clientId, input, change));
  }

  @Post(':secretId/revoke')
  @Operation('clients.secrets', 'Revoke a secret', {
    description: 'One that was used within the last 24 hours needs `confirm`.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: SecretDto })
  revoke(
    @CurrentTenant() tenant: Tenant,
    @Param(IdsPipe) path: SecretPathDto,
    @Body() { confirm = false }: RevokeSecretDto,
    @Call() call: AdminCall,
  ): Promise<SecretDto> {
    return this.secrets.revoke(tenant, path, confirm, call);
  }
}
