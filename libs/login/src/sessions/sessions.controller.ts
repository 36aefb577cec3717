import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ListSessionsDto, RevokedSessionsDto, RevokeSessionsDto, SessionDto, SessionPageDto } from '../dto/session.dto';
import { SessionsAdmin } from './sessions.admin';

const WHAT_ENDS = 'Applications are told, and what was granted in it ends, offline access aside.';

@AdminController('sessions', 'Sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsAdmin) {}

  @Get()
  @Operation('sessions.read', 'List sessions', { description: 'The latest first, unless asked otherwise.' })
  @ApiOkResponse({ type: SessionPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListSessionsDto): Promise<SessionPageDto> {
    return this.sessions.list(tenant, query);
  }

  @Post('revoke')
  @Operation('sessions.write', 'End the sessions that fit', { description: `At most 500 at once. ${WHAT_ENDS}` })
  @ApiOkResponse({ type: RevokedSessionsDto })
  revokeMany(
    @CurrentTenant() tenant: Tenant,
    @Body() asked: RevokeSessionsDto,
    @Call() call: AdminCall,
  ): Promise<RevokedSessionsDto> {
    return this.sessions.revokeMany(tenant, asked, call);
  }

  @Get(':id')
  @Operation('sessions.read', 'Get a session', { errors: ['not-found'] })
  @ApiOkResponse({ type: SessionDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<SessionDto> {
    return this.sessions.get(tenant, id);
  }

  @Post(':id/revoke')
  @Operation('sessions.write', 'End a session', { description: WHAT_ENDS, status: 204, errors: ['not-found'] })
  revoke(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.sessions.revoke(tenant, id, call);
  }
}

@AdminController('users/:userId/sessions', 'Sessions')
export class UserSessionsController {
  constructor(private readonly sessions: SessionsAdmin) {}

  @Post('revoke')
  @Operation('sessions.write', 'End the sessions of a user', {
    description: `At most 500 at once. ${WHAT_ENDS}`,
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: RevokedSessionsDto })
  revoke(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) userId: string,
    @Call() call: AdminCall,
  ): Promise<RevokedSessionsDto> {
    return this.sessions.revokeOfUser(tenant, userId, call);
  }
}
