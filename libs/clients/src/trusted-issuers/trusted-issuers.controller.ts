import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import {
  CreateTrustedIssuerDto,
  ListTrustedIssuersDto,
  PatchTrustedIssuerDto,
  TrustedIssuerDto,
  TrustedIssuerPageDto,
} from '../dto/trusted-issuer.dto';
import { TrustedIssuersAdmin } from './trusted-issuers.admin';

@AdminController('trusted-issuers', 'Trusted issuers')
export class TrustedIssuersController {
  constructor(
    private readonly issuers: TrustedIssuersAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('clients.read', 'List trusted issuers')
  @ApiOkResponse({ type: TrustedIssuerPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListTrustedIssuersDto): Promise<TrustedIssuerPageDto> {
    return this.issuers.list(tenant, query);
  }

  @Post()
  @Operation('clients.write', 'Trust an issuer', {
    description: 'Its assertions count as authorization grants (RFC 7523), so far as its scopes and audiences go.',
    status: 201,
    idempotent: true,
  })
  @ApiCreatedResponse({ type: TrustedIssuerDto })
  create(
    @CurrentTenant() tenant: Tenant,
    @Body() input: CreateTrustedIssuerDto,
    @Call() call: AdminCall,
  ): Promise<TrustedIssuerDto> {
    this.issuers.assertMay(call, tenant, input);
    return this.creations.once(call, input, (change) => this.issuers.create(tenant, input, change));
  }

  @Get(':id')
  @Operation('clients.read', 'Get a trusted issuer', { errors: ['not-found'] })
  @ApiOkResponse({ type: TrustedIssuerDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<TrustedIssuerDto> {
    return this.issuers.get(tenant, id);
  }

  @Patch(':id')
  @Operation('clients.write', 'Change a trusted issuer', { ifMatch: true })
  @ApiOkResponse({ type: TrustedIssuerDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchTrustedIssuerDto,
    @Call() call: AdminCall,
  ): Promise<TrustedIssuerDto> {
    return this.issuers.update(tenant, id, patch, call);
  }

  @Delete(':id')
  @Operation('clients.write', 'Trust an issuer no more', { status: 204, ifMatch: true })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.issuers.delete(tenant, id, call);
  }

  @Post(':id/enable')
  @Operation('clients.write', 'Enable a trusted issuer', { errors: ['not-found'] })
  @ApiOkResponse({ type: TrustedIssuerDto })
  enable(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<TrustedIssuerDto> {
    return this.issuers.setEnabled(tenant, id, true, call);
  }

  @Post(':id/disable')
  @Operation('clients.write', 'Disable a trusted issuer', {
    description: 'Its assertions are refused until it is enabled again.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: TrustedIssuerDto })
  disable(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<TrustedIssuerDto> {
    return this.issuers.setEnabled(tenant, id, false, call);
  }
}
