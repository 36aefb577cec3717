import { Injectable } from '@nestjs/common';
import {
  type ConfiguredClient,
  ConfiguredClients,
  type Resource,
  ResourcesService,
  type TrustedIssuer,
  TrustedIssuersService,
} from '@tokenidp/clients';
import type { Transaction } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { type ConfiguredPermission, type ConfiguredRole, ConfiguredRolesRepository } from '@tokenidp/users';

/** All of a tenant that a configuration is about, and the built-in things that it may refer to. */
export interface State {
  readonly tenant: Tenant;
  readonly resources: readonly (Resource & { readonly builtIn: boolean })[];
  readonly permissions: readonly ConfiguredPermission[];
  readonly roles: readonly ConfiguredRole[];
  readonly clients: readonly (ConfiguredClient & { readonly roles: readonly string[] })[];
  readonly trustedIssuers: readonly TrustedIssuer[];
}

@Injectable()
export class CurrentState {
  constructor(
    private readonly resources: ResourcesService,
    private readonly roles: ConfiguredRolesRepository,
    private readonly clients: ConfiguredClients,
    private readonly trustedIssuers: TrustedIssuersService,
  ) {}

  async read(tenant: Tenant, tx?: Transaction): Promise<State> {
    const held = await this.roles.ofClients(tenant.id, tx);
    const clients = await this.clients.list(tenant, tx);
    return {
      tenant,
      resources: await this.resources.describeAll(tenant, tx),
      permissions: await this.roles.permissions(tenant.id, tx),
      roles: await this.roles.roles(tenant.id, tx),
      clients: clients.map((client) => ({ ...client, roles: held.get(client.id) ?? [] })),
      trustedIssuers: await this.trustedIssuers.list(tenant.id, tx),
    };
  }
}
