/** @spec RFC 9700 §2.3, RFC 7591 §2 — the API scopes that a tenant lets registered clients have are assigned to those that ask. */
import { Injectable } from '@nestjs/common';
import { parseScope } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { Change } from '../change';
import type { Client } from '../client';
import { ClientsService } from '../clients.service';
import type { Resource } from '../resource';
import { ResourcesService } from '../resources.service';

@Injectable()
export class RegisteredScopes {
  constructor(
    private readonly clients: ClientsService,
    private readonly resources: ResourcesService,
  ) {}

  /** What `assign` may give, read before its transaction: who waits for a second connection while holding one may wait for ever. */
  assignable(tenant: Tenant): Promise<Resource[]> {
    return this.resources.list(tenant);
  }

  /** Brings the client's assignments in line with its `scope`; sensitive scopes are for others (S-153). */
  async assign(tenant: Tenant, client: Client, assignable: readonly Resource[], change: Change): Promise<Client> {
    const registered = parseScope(client.scope);
    const grants = new Set<string>(client.grant_types);
    const isForUsers = [...grants].some((grant) => grant !== 'client_credentials' && grant !== 'refresh_token');
    let assigned = client;
    for (const resource of assignable) {
      const names = resource.scopes
        .filter((each) => !each.sensitive && registered.has(each.name))
        .map(({ name }) => name);
      const userScopes = isForUsers ? names : [];
      const clientScopes = grants.has('client_credentials') ? names : [];
      const before = client.assignments.find((each) => each.resource.id === resource.id);
      if (isSame(before?.userScopes, userScopes) && isSame(before?.clientScopes, clientScopes)) continue;
      assigned = await this.clients.assign(tenant, client.id, resource.id, { userScopes, clientScopes, ...change });
    }
    return assigned;
  }
}

function isSame(before: readonly string[] = [], after: readonly string[]): boolean {
  return before.length === after.length && after.every((name) => before.includes(name));
}
