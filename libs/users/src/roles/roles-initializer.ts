import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import { Clock, newId } from '@tokenidp/kernel';
import { type Tenant, TenantInitializer } from '@tokenidp/tenancy';
import { builtInRights } from './built-in-roles';
import { RolesRepository } from './roles.repository';

/** Gives a new tenant its built-in roles and permissions: three statements, whatever the number of tenants. */
@Injectable()
export class RolesInitializer extends TenantInitializer {
  constructor(
    private readonly roles: RolesRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  async initialize(tenant: Tenant, tx: Transaction): Promise<void> {
    const rights = builtInRights(tenant.kind);
    const permissions = rights.permissions.map((permission) => ({ ...permission, id: newId() }));
    const roles = rights.roles.map((role) => ({ ...role, id: newId() }));
    const idOf = new Map<string, string>(permissions.map(({ key, id }) => [key, id]));
    const bulk = { tenantId: tenant.id, builtIn: true, now: this.clock.now() };
    const inserted = await this.roles.insertAdminPermissions({ ...bulk, rows: permissions }, tx);
    if (inserted === 0) throw new Error('The admin API has to be there before the roles of a tenant.');
    await this.roles.insertRoles({ ...bulk, rows: roles }, tx);
    const granted = roles.flatMap((role) =>
      role.permissions.map((key) => ({ roleId: role.id, permissionId: idOf.get(key)! })),
    );
    await this.roles.grant(tenant.id, granted, tx);
  }
}
