import { Body, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { ClaimDomainDto, DomainDto, DomainsDto, VerifiedDomainDto } from '../dto/domain.dto';
import type { Tenant } from '../tenant';
import { CurrentTenant } from '../tenant-request';
import { DomainsAdmin } from './domains.admin';

@AdminController('domains', 'Domains')
export class DomainsController {
  constructor(
    private readonly domains: DomainsAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('settings.read', 'List domains')
  @ApiOkResponse({ type: DomainsDto })
  list(@CurrentTenant() tenant: Tenant): Promise<DomainsDto> {
    return this.domains.list(tenant);
  }

  @Post()
  @Operation('settings.write', 'Claim a domain', {
    description: 'The answer has the DNS record that proves it. A claim that is there already is answered again.',
    status: 201,
    idempotent: true,
  })
  @ApiCreatedResponse({ type: DomainDto })
  claim(@CurrentTenant() tenant: Tenant, @Body() input: ClaimDomainDto, @Call() call: AdminCall): Promise<DomainDto> {
    return this.creations.once(call, input, (change) => this.domains.claim(tenant, input.domain, change));
  }

  @Get(':id')
  @Operation('settings.read', 'Get a domain', { errors: ['not-found'] })
  @ApiOkResponse({ type: DomainDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<DomainDto> {
    return this.domains.get(tenant, id);
  }

  @Post(':id/verify')
  @Operation('settings.write', 'Verify a domain', {
    description: 'Looks for the record. From then on the tenant answers at the domain and nowhere else.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: VerifiedDomainDto })
  verify(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<VerifiedDomainDto> {
    return this.domains.verify(tenant, id, call);
  }

  @Post(':id/vouch')
  @Operation('tenants.administer', 'Vouch for a domain', {
    description: 'Only an operator of the deployment, who knows without a record that the domain leads here.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: VerifiedDomainDto })
  vouch(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<VerifiedDomainDto> {
    return this.domains.vouch(tenant, id, call);
  }

  @Delete(':id')
  @Operation('settings.write', 'Give a domain up', {
    description: 'A tenant that lived at it is back where the deployment puts it, with another issuer.',
    status: 204,
    ifMatch: true,
  })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.domains.delete(tenant, id, call);
  }
}
