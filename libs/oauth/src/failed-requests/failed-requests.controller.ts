import { Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AdminController, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { FailedRequestDto, FailedRequestPageDto, ListFailedRequestsDto } from './dto/failed-request.dto';
import { FailedRequestsAdmin } from './failed-requests.admin';

@AdminController('failed-requests', 'Failed requests')
export class FailedRequestsController {
  constructor(private readonly requests: FailedRequestsAdmin) {}

  @Get()
  @Operation('audit.read', 'List failed requests', {
    description: 'What the protocol endpoints refused within the last week, the newest first.',
  })
  @ApiOkResponse({ type: FailedRequestPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListFailedRequestsDto): Promise<FailedRequestPageDto> {
    return this.requests.list(tenant, query);
  }

  @Get(':id')
  @Operation('audit.read', 'Get a failed request', {
    description: 'By the id of the request, as the error page shows it.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: FailedRequestDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<FailedRequestDto> {
    return this.requests.get(tenant, id);
  }
}
