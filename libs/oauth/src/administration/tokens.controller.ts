import { Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import {
  AccessTokenDto,
  AccessTokenPageDto,
  ListAccessTokensDto,
  ListRefreshTokensDto,
  RefreshTokenDto,
  RefreshTokenPageDto,
} from './dto/authorization.dto';
import { GrantRevocations } from './grant-revocations';
import { GrantsAdmin } from './grants.admin';
import { ACCESS_TOKENS, type ListedAccessToken, type ListedRefreshToken, REFRESH_TOKENS } from './grants.list';

const NO_TOKEN = 'Never the token or its hash. The latest first, unless asked otherwise.';

@AdminController('refresh-tokens', 'Tokens')
export class RefreshTokensController {
  constructor(
    private readonly grants: GrantsAdmin,
    private readonly revocations: GrantRevocations,
  ) {}

  @Get()
  @Operation('authorizations.read', 'List families of refresh tokens', {
    description: `The latest token of each, or every generation of one authorization. ${NO_TOKEN}`,
  })
  @ApiOkResponse({ type: RefreshTokenPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListRefreshTokensDto): Promise<RefreshTokenPageDto> {
    const { authorizationId, usable } = query;
    const latest = authorizationId === undefined ? true : undefined;
    const filters = { authorizationId, latest, usableAt: usable && this.grants.now() };
    return this.grants.list(tenant, REFRESH_TOKENS, { query, filters }, refreshToken);
  }

  @Get(':id')
  @Operation('authorizations.read', 'Get a refresh token', {
    description: 'Never the token or its hash.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: RefreshTokenDto })
  async get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<RefreshTokenDto> {
    return refreshToken(await this.grants.get(tenant, REFRESH_TOKENS, id));
  }

  @Post(':id/revoke')
  @Operation('authorizations.write', 'Revoke a family of refresh tokens', {
    description: 'With its authorization and all other tokens that hang from it.',
    status: 204,
    errors: ['not-found'],
  })
  async revoke(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    await this.revocations.revokeFamily(tenant, await this.grants.get(tenant, REFRESH_TOKENS, id), call);
  }
}

@AdminController('access-tokens', 'Tokens')
export class AccessTokensController {
  constructor(
    private readonly grants: GrantsAdmin,
    private readonly revocations: GrantRevocations,
  ) {}

  @Get()
  @Operation('authorizations.read', 'List opaque access tokens', {
    description: `Those in the form of a JWT are not stored. ${NO_TOKEN}`,
  })
  @ApiOkResponse({ type: AccessTokenPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListAccessTokensDto): Promise<AccessTokenPageDto> {
    const { authorizationId, usable } = query;
    const filters = { authorizationId, usableAt: usable && this.grants.now() };
    return this.grants.list(tenant, ACCESS_TOKENS, { query, filters }, accessToken);
  }

  @Get(':id')
  @Operation('authorizations.read', 'Get an opaque access token', {
    description: 'Never the token or its hash.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: AccessTokenDto })
  async get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<AccessTokenDto> {
    return accessToken(await this.grants.get(tenant, ACCESS_TOKENS, id));
  }

  @Post(':id/revoke')
  @Operation('authorizations.write', 'Revoke an opaque access token', { status: 204, errors: ['not-found'] })
  async revoke(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    await this.revocations.revokeAccessToken(tenant, await this.grants.get(tenant, ACCESS_TOKENS, id), call);
  }
}

function refreshToken(row: ListedRefreshToken): RefreshTokenDto {
  return row;
}

function accessToken(row: ListedAccessToken): AccessTokenDto {
  return row;
}
