import { Get, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AdminController, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ClientKeysAdmin } from './client-keys.admin';
import { ClientKeysDto } from './dto/client-keys.dto';

@AdminController('clients/:clientId/keys', 'Application keys')
export class ClientKeysController {
  constructor(private readonly keys: ClientKeysAdmin) {}

  @Get()
  @Operation('clients.read', 'List the keys of an application', {
    description: 'Public keys that it signs with, or that is encrypted to it with: by value, or fetched from it.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: ClientKeysDto })
  list(@CurrentTenant() tenant: Tenant, @Param('clientId', IdPipe) clientId: string): Promise<ClientKeysDto> {
    return this.keys.list(tenant, clientId);
  }

  @Post('refresh')
  @Operation('clients.write', 'Fetch the keys of an application again', {
    description: 'Now, from its `jwks_uri`. Where that fails, the keys from before go on, and `problem` says why.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: ClientKeysDto })
  refresh(@CurrentTenant() tenant: Tenant, @Param('clientId', IdPipe) clientId: string): Promise<ClientKeysDto> {
    return this.keys.refresh(tenant, clientId);
  }
}
