import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { ProblemError } from '@tokenidp/kernel';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { BackchannelRequests } from '../backchannel/backchannel-requests.service';
import { ListGrantsDto, ListGrantsOfClientsDto } from './dto/grant.dto';
import {
  BackchannelDecisionDto,
  BackchannelRequestDto,
  BackchannelRequestPageDto,
  DeviceRequestDto,
  DeviceRequestPageDto,
} from './dto/request.dto';
import { GrantRevocations } from './grant-revocations';
import { GrantsAdmin } from './grants.admin';
import { BACKCHANNEL_REQUESTS, DEVICE_REQUESTS, type ListedRequest } from './grants.list';

const DECISIONS = { approve: 'allow', deny: 'deny' } as const;

@AdminController('backchannel-requests', 'Requests')
export class BackchannelRequestsController {
  constructor(
    private readonly grants: GrantsAdmin,
    private readonly requests: BackchannelRequests,
  ) {}

  @Get()
  @Operation('authorizations.read', 'List back-channel requests that wait for an answer')
  @ApiOkResponse({ type: BackchannelRequestPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListGrantsDto): Promise<BackchannelRequestPageDto> {
    const filters = { openAt: this.grants.now() };
    return this.grants.list(tenant, BACKCHANNEL_REQUESTS, { query, filters }, withScope);
  }

  @Get(':id')
  @Operation('authorizations.read', 'Get a back-channel request', { errors: ['not-found'] })
  @ApiOkResponse({ type: BackchannelRequestDto })
  async get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<BackchannelRequestDto> {
    return withScope(await this.grants.get(tenant, BACKCHANNEL_REQUESTS, id));
  }

  @Post(':id/decision')
  @Operation('backchannel.decide', 'Answer a back-channel request in the place of its user', {
    description: 'In a tenant for tests only (CIBA Core §7.2): elsewhere nobody answers for a user.',
    status: 204,
    errors: ['not-found', 'conflict'],
  })
  async decide(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() { decision }: BackchannelDecisionDto,
    @Call() call: AdminCall,
  ): Promise<void> {
    await this.grants.get(tenant, BACKCHANNEL_REQUESTS, id);
    if (!tenant.sandbox) throw new ProblemError('conflict', 'Only in a tenant for tests may users be answered for.');
    const { actor, request: context } = call.change();
    const answer = { id, decision: DECISIONS[decision], session: null, context, actor };
    if (await this.requests.decide(tenant, answer)) return;
    throw new ProblemError('conflict', 'The request waits for no answer any more.');
  }
}

@AdminController('device-requests', 'Requests')
export class DeviceRequestsController {
  constructor(
    private readonly grants: GrantsAdmin,
    private readonly revocations: GrantRevocations,
  ) {}

  @Get()
  @Operation('authorizations.read', 'List requests of devices that wait for an answer')
  @ApiOkResponse({ type: DeviceRequestPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListGrantsOfClientsDto): Promise<DeviceRequestPageDto> {
    const filters = { openAt: this.grants.now() };
    return this.grants.list(tenant, DEVICE_REQUESTS, { query, filters }, withScope);
  }

  @Get(':id')
  @Operation('authorizations.read', 'Get a request of a device', { errors: ['not-found'] })
  @ApiOkResponse({ type: DeviceRequestDto })
  async get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<DeviceRequestDto> {
    return withScope(await this.grants.get(tenant, DEVICE_REQUESTS, id));
  }

  @Post(':id/deny')
  @Operation('authorizations.write', 'Deny a request of a device', { status: 204, errors: ['not-found', 'conflict'] })
  async deny(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    await this.revocations.denyDevice(tenant, await this.grants.get(tenant, DEVICE_REQUESTS, id), call);
  }
}

/** Of what was asked, the scope: the rest may hold hints about people. */
function withScope<Row extends Pick<ListedRequest, 'parameters'>>({ parameters, ...row }: Row) {
  return { ...row, scope: String(parameters.scope ?? '') };
}
