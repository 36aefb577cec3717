import { Injectable } from '@nestjs/common';
import { AuditService, type AuditEventName } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { auditOf, within, type Change, type Edit } from '../change';
import { UsersError } from '../users-error';
import { AccessService } from './access.service';
import { type PermissionRow, PermissionsRepository } from './permissions.repository';
import { RolesService } from './roles.service';

type Inside = Change & { tx: Transaction };

/** What may be done at the tenant's own APIs. Those of the administration API stay as they are. */
@Injectable()
export class PermissionsService {
  constructor(
    private readonly database: Database,
    private readonly permissions: PermissionsRepository,
    private readonly roles: RolesService,
    private readonly access: AccessService,
    private readonly audit: AuditService,
  ) {}

  /** @throws UsersError (not-found) */
  async get(tenant: Tenant, id: string): Promise<PermissionRow> {
    return orThrow(await this.permissions.find(tenant.id, id));
  }

  /** @throws UsersError (invalid, conflict, not-found) */
  create(
    tenant: Tenant,
    resourceId: string,
    input: { key: string; description: string },
    change: Change = {},
  ): Promise<PermissionRow> {
    return within(this.database, change, async (tx) => {
      // One that looks like the administration's would be taken for one.
      if (await this.permissions.isOfBuiltIn(tenant.id, resourceId, tx)) throw builtIn();
      await this.roles.createPermissions(tenant, resourceId, [input], { ...change, tx });
      return orThrow(await this.permissions.findByKey(tenant.id, resourceId, input.key, tx));
    });
  }

  /** @throws UsersError (conflict, not-found) */
  update(
    tenant: Tenant,
    id: string,
    { description }: { description?: string },
    change: Edit<PermissionRow> = {},
  ): Promise<PermissionRow> {
    return within(this.database, change, async (tx) => {
      const before = await this.lock(tenant, id, { ...change, tx });
      const after = { ...before, description: description ?? before.description };
      await this.permissions.update(tenant.id, id, after.description, tx);
      const detail = { before: { description: before.description }, after: { description: after.description } };
      await this.record(tenant, 'permission.changed', { id, detail, change: { ...change, tx } });
      return after;
    });
  }

  /** All roles lose it. @throws UsersError (conflict, not-found) */
  async delete(tenant: Tenant, id: string, change: Edit<PermissionRow> = {}): Promise<void> {
    await within(this.database, change, async (tx) => {
      const { key, resourceId, description } = await this.lock(tenant, id, { ...change, tx });
      await this.permissions.delete(tenant.id, id, tx);
      const detail = { before: { key, resourceId, description } };
      await this.record(tenant, 'permission.deleted', { id, detail, change: { ...change, tx } });
      await this.access.roleChanged(tx);
    });
  }

  private async lock(tenant: Tenant, id: string, { tx, expect }: Edit<PermissionRow> & Inside): Promise<PermissionRow> {
    const permission = orThrow(await this.permissions.lock(tenant.id, id, tx));
    expect?.(permission);
    if (permission.builtIn) throw builtIn();
    return permission;
  }

  private record(
    tenant: Tenant,
    event: AuditEventName,
    { id, detail, change }: { id: string; detail: Record<string, unknown>; change: Inside },
  ): Promise<void> {
    const target = { type: 'permission', id };
    return this.audit.record(tenant.id, { event, result: 'success', ...auditOf(change), target, detail }, change.tx);
  }
}

function orThrow(permission: PermissionRow | null): PermissionRow {
  if (!permission) throw new UsersError('not-found', 'There is no such permission.');
  return permission;
}

function builtIn(): UsersError {
  return new UsersError('conflict', 'The permissions of the administration API stay as they are.');
}
