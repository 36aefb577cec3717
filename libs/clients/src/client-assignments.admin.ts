import { Injectable } from '@nestjs/common';
import { type AdminCall, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { type AssignedScopes, ClientAssignments } from './client-assignments';
import { ASSIGNMENTS, type ListedAssignment } from './client-assignments.list';
import { ClientHandOver } from './client-rights';
import { ClientsError } from './clients-error';
import { ClientsRepository } from './clients.repository';
import { ClientsService } from './clients.service';
import type { AssignmentDto, AssignmentPageDto, AssignmentPathDto, PutAssignmentDto } from './dto/assignment.dto';
import type { ListAssignmentsDto } from './dto/list-assignments.dto';
import { withIssuer } from './issuer-placeholder';
import { ResourcesService } from './resources.service';

/** What clients may ask for, as the administration sees it. An API of which nothing is assigned is shown with nothing. */
@Injectable()
export class ClientAssignmentsAdmin {
  constructor(
    private readonly database: Database,
    private readonly repository: ClientsRepository,
    private readonly clients: ClientsService,
    private readonly resources: ResourcesService,
    private readonly assignments: ClientAssignments,
    private readonly handOver: ClientHandOver,
  ) {}

  async list(
    tenant: Tenant,
    clientId: string,
    { limit, cursor, sort, search }: ListAssignmentsDto,
  ): Promise<AssignmentPageDto> {
    await this.assertClient(tenant, clientId);
    const filters = { clientId, search: search && containing(search) };
    const from = { list: ASSIGNMENTS, database: this.database, tenantId: tenant.id };
    const view = ({ resourceId, identifier, name, userScopes, clientScopes }: ListedAssignment): AssignmentDto => ({
      id: resourceId,
      identifier: withIssuer(identifier, tenant.issuer),
      name,
      userScopes,
      clientScopes,
    });
    return readPage(from, { limit, cursor, sort, filters }, view);
  }

  async get(tenant: Tenant, { clientId, resourceId }: AssignmentPathDto): Promise<AssignmentDto> {
    await this.assertClient(tenant, clientId);
    const view = await this.viewOf(tenant, resourceId);
    return view(await this.assignments.find(tenant.id, clientId, resourceId));
  }

  /** @throws ClientsError, ProblemError (forbidden) for more than the caller holds */
  async put(tenant: Tenant, path: AssignmentPathDto, input: PutAssignmentDto, call: AdminCall): Promise<AssignmentDto> {
    const { clientId, resourceId } = path;
    await this.handOver.assertAssignment(call, tenant, path, input);
    await this.assertChangeable(tenant, clientId);
    const { userScopes, clientScopes } = input;
    const expect = call.expects(await this.viewOf(tenant, resourceId));
    await this.clients.assign(tenant, clientId, resourceId, { userScopes, clientScopes, ...call.change(), expect });
    return this.get(tenant, path);
  }

  async delete(tenant: Tenant, path: AssignmentPathDto, call: AdminCall): Promise<void> {
    await this.put(tenant, path, { userScopes: [], clientScopes: [] }, call);
  }

  private async assertClient(tenant: Tenant, id: string) {
    const row = await this.repository.byId(tenant.id, id);
    if (!row) throw new ClientsError('unknown-client', 'There is no such client.');
    return row;
  }

  private async assertChangeable(tenant: Tenant, id: string): Promise<void> {
    const { origin } = await this.assertClient(tenant, id);
    if (origin === 'built-in') throw new ClientsError('built-in', 'A built-in client stays as it is.');
  }

  private async viewOf(tenant: Tenant, resourceId: string): Promise<(assigned: AssignedScopes) => AssignmentDto> {
    const { id, identifier, name } = await this.resources.get(tenant, resourceId);
    return ({ userScopes, clientScopes }) => ({
      id,
      identifier,
      name,
      userScopes: [...userScopes],
      clientScopes: [...clientScopes],
    });
  }
}
