import { Body, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ClientAssignmentsAdmin } from './client-assignments.admin';
import { AssignmentDto, AssignmentPageDto, AssignmentPathDto, PutAssignmentDto } from './dto/assignment.dto';
import { ListAssignmentsDto } from './dto/list-assignments.dto';
import { IdsPipe } from './ids.pipe';

@AdminController('clients/:clientId/assignments', 'Application assignments')
export class ClientAssignmentsController {
  constructor(private readonly assignments: ClientAssignmentsAdmin) {}

  @Get()
  @Operation('clients.read', 'List what is assigned to an application', { errors: ['not-found'] })
  @ApiOkResponse({ type: AssignmentPageDto })
  list(
    @CurrentTenant() tenant: Tenant,
    @Param('clientId', IdPipe) clientId: string,
    @Query() query: ListAssignmentsDto,
  ): Promise<AssignmentPageDto> {
    return this.assignments.list(tenant, clientId, query);
  }

  @Get(':resourceId')
  @Operation('clients.read', 'Get what is assigned to an application of an API', { errors: ['not-found'] })
  @ApiOkResponse({ type: AssignmentDto })
  get(@CurrentTenant() tenant: Tenant, @Param(IdsPipe) path: AssignmentPathDto): Promise<AssignmentDto> {
    return this.assignments.get(tenant, path);
  }

  @Put(':resourceId')
  @Operation('clients.write', 'Assign scopes of an API to an application', {
    description:
      'In place of what was assigned of it before. The scope of the administration needs all that the application ' +
      'could do with it.',
    errors: ['conflict'],
    ifMatch: true,
  })
  @ApiOkResponse({ type: AssignmentDto })
  put(
    @CurrentTenant() tenant: Tenant,
    @Param(IdsPipe) path: AssignmentPathDto,
    @Body() input: PutAssignmentDto,
    @Call() call: AdminCall,
  ): Promise<AssignmentDto> {
    return this.assignments.put(tenant, path, input, call);
  }

  @Delete(':resourceId')
  @Operation('clients.write', 'Take all scopes of an API from an application', {
    status: 204,
    errors: ['conflict'],
    ifMatch: true,
  })
  delete(
    @CurrentTenant() tenant: Tenant,
    @Param(IdsPipe) path: AssignmentPathDto,
    @Call() call: AdminCall,
  ): Promise<void> {
    return this.assignments.delete(tenant, path, call);
  }
}
