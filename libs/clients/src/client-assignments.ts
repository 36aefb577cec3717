/** @spec RFC 9700 §2.3 — which scopes of which resource a client may ask for is written down, scope by scope. */
import { Injectable } from '@nestjs/common';
import { Database, TenantRepository, type Transaction } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { ClientResourceEntity } from './client-resource.entity';
import { ClientsError } from './clients-error';
import type { ClientRow } from './clients.repository';
import { isTrustedOrigin } from './metadata/registration-policy';
import { ResourceEntity } from './resource.entity';
import { ScopeEntity } from './scope.entity';

export interface AssignedScopes {
  /** On behalf of users. */
  userScopes: readonly string[];
  /** For itself, with client_credentials. */
  clientScopes: readonly string[];
}

@Injectable()
export class ClientAssignments {
  private readonly assignments: TenantRepository<ClientResourceEntity>;
  private readonly resources: TenantRepository<ResourceEntity>;
  private readonly scopes: TenantRepository<ScopeEntity>;

  constructor(database: Database) {
    this.assignments = new TenantRepository(database, ClientResourceEntity);
    this.resources = new TenantRepository(database, ResourceEntity);
    this.scopes = new TenantRepository(database, ScopeEntity);
  }

  /** What is assigned of the resource: nothing of either kind where there is no assignment. */
  async find(tenantId: string, clientId: string, resourceId: string, tx?: Transaction): Promise<AssignedScopes> {
    const row = await this.assignments.findOne(tenantId, { clientId, resourceId }, tx);
    return { userScopes: row?.userScopes ?? [], clientScopes: row?.clientScopes ?? [] };
  }

  /** Replaces what was assigned of the resource; nothing of either kind takes it away. The caller holds the client's row. */
  async assign(client: ClientRow, resourceId: string, assigned: AssignedScopes, tx: Transaction): Promise<void> {
    const { tenantId, id: clientId } = client;
    await this.assertAssignable(client, resourceId, assigned, tx);
    const where = { clientId, resourceId };
    const row = { userScopes: [...assigned.userScopes], clientScopes: [...assigned.clientScopes] };
    if (row.userScopes.length + row.clientScopes.length === 0) {
      await this.assignments.delete(tenantId, where, tx);
    } else if ((await this.assignments.update(tenantId, where, row, tx)) === 0) {
      await this.assignments.insert(tenantId, { id: newId(), ...where, ...row }, tx);
    }
  }

  private async assertAssignable(
    { tenantId, origin }: ClientRow,
    resourceId: string,
    { userScopes, clientScopes }: AssignedScopes,
    tx: Transaction,
  ): Promise<void> {
    const resource = await this.resources.findOne(tenantId, { id: resourceId }, tx);
    if (!resource) throw new ClientsError('unknown-resource', 'There is no such resource.');
    const scopes = await this.scopes.find(tenantId, { resourceId }, {}, tx);
    for (const name of [...userScopes, ...clientScopes]) {
      const scope = scopes.find((each) => each.name === name);
      if (!scope) throw new ClientsError('unknown-scope', `The resource has no scope ${JSON.stringify(name)}.`);
      if (scope.sensitive && !isTrustedOrigin(origin)) {
        throw new ClientsError(
          'invalid-scope',
          `${name} is sensitive; a client that registered itself cannot have it.`,
        );
      }
    }
  }
}
