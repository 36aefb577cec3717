import { Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import {
  AuthorizationDto,
  AuthorizationPageDto,
  ConsentDto,
  ConsentPageDto,
  ListAuthorizationsDto,
} from './dto/authorization.dto';
import { ListGrantsDto } from './dto/grant.dto';
import { GrantRevocations } from './grant-revocations';
import { GrantsAdmin } from './grants.admin';
import { AUTHORIZATIONS, CONSENTS, type ListedAuthorization, type ListedConsent } from './grants.list';

@AdminController('authorizations', 'Authorizations')
export class AuthorizationsController {
  constructor(
    private readonly grants: GrantsAdmin,
    private readonly revocations: GrantRevocations,
  ) {}

  @Get()
  @Operation('authorizations.read', 'List what applications were given', {
    description: 'The latest first, unless asked otherwise.',
  })
  @ApiOkResponse({ type: AuthorizationPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListAuthorizationsDto): Promise<AuthorizationPageDto> {
    const { sessionId, status } = query;
    const standing = status === 'active' ? true : undefined;
    const revoked = status === 'revoked' ? true : undefined;
    return this.grants.list(
      tenant,
      AUTHORIZATIONS,
      { query, filters: { sessionId, standing, revoked } },
      authorization,
    );
  }

  @Get(':id')
  @Operation('authorizations.read', 'Get what an application was given', { errors: ['not-found'] })
  @ApiOkResponse({ type: AuthorizationDto })
  async get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<AuthorizationDto> {
    return authorization(await this.grants.get(tenant, AUTHORIZATIONS, id));
  }

  @Post(':id/revoke')
  @Operation('authorizations.write', 'Take back what an application was given', {
    description: 'With all of its tokens; the user is not asked for consent again.',
    status: 204,
    errors: ['not-found'],
  })
  async revoke(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    await this.revocations.revokeAuthorization(tenant, await this.grants.get(tenant, AUTHORIZATIONS, id), call);
  }
}

@AdminController('consents', 'Consents')
export class ConsentsController {
  constructor(
    private readonly grants: GrantsAdmin,
    private readonly revocations: GrantRevocations,
  ) {}

  @Get()
  @Operation('consents.read', 'List what users allowed applications', {
    description: 'The latest first, unless asked otherwise.',
  })
  @ApiOkResponse({ type: ConsentPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListGrantsDto): Promise<ConsentPageDto> {
    return this.grants.list(tenant, CONSENTS, { query }, consent);
  }

  @Get(':id')
  @Operation('consents.read', 'Get what a user allowed an application', { errors: ['not-found'] })
  @ApiOkResponse({ type: ConsentDto })
  async get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<ConsentDto> {
    return consent(await this.grants.get(tenant, CONSENTS, id));
  }

  @Post(':id/revoke')
  @Operation('consents.write', 'Take back a consent', {
    description: 'The application has to ask anew, and all of its tokens of that user are over.',
    status: 204,
    errors: ['not-found'],
  })
  async revoke(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    await this.revocations.revokeConsent(tenant, await this.grants.get(tenant, CONSENTS, id), call);
  }
}

function authorization(row: ListedAuthorization): AuthorizationDto {
  return row;
}

function consent(row: ListedConsent): ConsentDto {
  return row;
}
