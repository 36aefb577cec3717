import { Injectable } from '@nestjs/common';
import { AuditService, type AuditEventName } from '@tokenidp/audit';
import { Database, isUniqueViolation, type Transaction } from '@tokenidp/database';
import { Clock, newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { auditOf, within, type Change, type Edit } from '../change';
import { UsersError } from '../users-error';
import { AccessService } from './access.service';
import { AdministrativeRights } from './administrative-rights';
import { type PermissionsAtResource, RoleDetailsRepository, type RoleRow } from './role-details.repository';
import { type RoleHolder, RolesRepository } from './roles.repository';

export interface RoleInput {
  /** As in tokens: lower case, digits and `-`, starting with a letter. */
  name: string;
  displayName: string;
  description?: string;
  /** By the API's row id: keys of permissions that exist. */
  permissions?: Readonly<Record<string, readonly string[]>>;
}

/** What of a custom role can be changed later; the name stands in tokens and rules elsewhere. */
export type RolePatch = Partial<Omit<RoleInput, 'name'>>;

/** A role with all it may do, by API. */
export interface DescribedRole extends RoleRow {
  readonly permissions: readonly PermissionsAtResource[];
}

type Inside = { tx: Transaction };

const OWNER = 'owner';
const NAME = /^[a-z][a-z0-9-]{0,62}$/;
const PERMISSION_KEY = /^[a-z][a-z0-9_-]*([.:][a-z0-9_-]+)*$/;
const MAX_KEY = 100;

/** Custom roles and permissions, and who holds which role. */
@Injectable()
export class RolesService {
  constructor(
    private readonly database: Database,
    private readonly roles: RolesRepository,
    private readonly details: RoleDetailsRepository,
    private readonly rights: AdministrativeRights,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds permissions to an API of the tenant.
   * @throws UsersError (invalid, conflict, not-found)
   */
  async createPermissions(
    tenant: Tenant,
    resourceId: string,
    permissions: readonly { key: string; description: string }[],
    change: Change = {},
  ): Promise<void> {
    const bad = permissions.find(({ key }) => key.length > MAX_KEY || !PERMISSION_KEY.test(key));
    if (bad) throw new UsersError('invalid', `"${bad.key}" is no permission key.`);
    if (permissions.length === 0) return;
    const rows = permissions.map(({ key, description }) => ({ id: newId(), key, description }));
    await within(this.database, change, async (tx) => {
      const bulk = { tenantId: tenant.id, rows, builtIn: false, now: this.clock.now() };
      const inserted = await this.roles.insertPermissions(resourceId, bulk, tx).catch(rethrowConflict);
      if (inserted === 0) throw new UsersError('not-found', 'There is no such API.');
      for (const { id, key } of rows) {
        const detail = { key, resourceId };
        await this.record(tenant, 'permission.created', { target: { type: 'permission', id }, detail, change, tx });
      }
    });
  }

  /** @throws UsersError (not-found) */
  async get(tenant: Tenant, id: string, tx?: Transaction): Promise<DescribedRole> {
    const role = await this.details.find(tenant.id, id, tx);
    if (!role) throw unknownRole();
    return { ...role, permissions: await this.details.permissions(tenant.id, id, tx) };
  }

  /** @throws UsersError (invalid, conflict, not-found; forbidden for a permission that is not held) */
  async create(tenant: Tenant, input: RoleInput, change: Change = {}): Promise<{ id: string }> {
    if (!NAME.test(input.name)) throw new UsersError('invalid', `"${input.name}" is no role name.`);
    const { name, displayName, description = '' } = input;
    const role = { id: newId(), name, displayName, description };
    await within(this.database, change, async (tx) => {
      const bulk = { tenantId: tenant.id, rows: [role], builtIn: false, now: this.clock.now() };
      await this.roles.insertRoles(bulk, tx).catch(rethrowConflict);
      await this.grant(tenant, role.id, input.permissions ?? {}, { ...change, tx });
      const detail = { name, permissions: input.permissions ?? {} };
      await this.record(tenant, 'role.created', { target: { type: 'role', id: role.id }, detail, change, tx });
    });
    return { id: role.id };
  }

  /** The permissions, when there are some, replace those before. @throws UsersError as `create` does */
  update(tenant: Tenant, id: string, patch: RolePatch, change: Edit<DescribedRole> = {}): Promise<DescribedRole> {
    return within(this.database, change, async (tx) => {
      const before = await this.lock(tenant, id, { ...change, tx });
      const { displayName = before.displayName, description = before.description, permissions } = patch;
      await this.details.update(tenant.id, { ...before, displayName, description }, this.clock.now(), tx);
      if (permissions) {
        await this.details.clear(tenant.id, id, tx);
        await this.grant(tenant, id, permissions, { ...change, tx });
      }
      const after = await this.get(tenant, id, tx);
      const detail = { before: changeable(before), after: changeable(after) };
      await this.record(tenant, 'role.changed', { target: { type: 'role', id }, detail, change, tx });
      await this.access.roleChanged(tx);
      return after;
    });
  }

  /** Whoever holds it loses it. @throws UsersError (not-found, conflict, forbidden) */
  async delete(tenant: Tenant, id: string, change: Edit<DescribedRole> = {}): Promise<void> {
    await within(this.database, change, async (tx) => {
      const before = await this.lock(tenant, id, { ...change, tx });
      await this.details.delete(tenant.id, id, tx);
      const detail = { before: { name: before.name, ...changeable(before) } };
      await this.record(tenant, 'role.deleted', { target: { type: 'role', id }, detail, change, tx });
      await this.access.roleChanged(tx);
    });
  }

  /** Does nothing when the role is held already. @throws UsersError (not-found, forbidden) */
  async assign(tenant: Tenant, holder: RoleHolder, roleName: string, change: Change = {}): Promise<void> {
    await within(this.database, change, async (tx) => {
      const roleId = await this.roleId(tenant, roleName, tx);
      await this.rights.assertMayGive(tenant.id, roleId, { ...change, tx });
      const isNew = await this.roles.assign(tenant.id, holder, { roleId, now: this.clock.now() }, tx);
      if (isNew) await this.assignmentChanged(tenant, holder, { detail: { assigned: roleName }, change, tx });
    });
  }

  /** Does nothing when the role is not held. @throws UsersError (not-found, forbidden, conflict) */
  async unassign(tenant: Tenant, holder: RoleHolder, roleName: string, change: Change = {}): Promise<void> {
    await within(this.database, change, async (tx) => {
      const roleId = await this.roleId(tenant, roleName, tx);
      await this.rights.assertMayGive(tenant.id, roleId, { ...change, tx });
      if (roleName === OWNER) await this.rights.assertOwnerRemains(tenant.id, holder, tx);
      const wasHeld = await this.roles.unassign(tenant.id, holder, roleId, tx);
      if (wasHeld) await this.assignmentChanged(tenant, holder, { detail: { unassigned: roleName }, change, tx });
    });
  }

  private async lock(tenant: Tenant, id: string, change: Edit<DescribedRole> & Inside): Promise<DescribedRole> {
    if (!(await this.details.lock(tenant.id, id, change.tx))) throw unknownRole();
    const role = await this.get(tenant, id, change.tx);
    change.expect?.(role);
    if (role.builtIn) throw new UsersError('conflict', 'A built-in role stays as it is.');
    await this.rights.assertMayGive(tenant.id, id, change);
    return role;
  }

  private async grant(
    tenant: Tenant,
    roleId: string,
    permissions: NonNullable<RoleInput['permissions']>,
    change: Change & Inside,
  ): Promise<void> {
    const permissionIds = await this.permissionIds(tenant, permissions, change.tx);
    if (permissionIds.length === 0) return;
    const rows = permissionIds.map((permissionId) => ({ roleId, permissionId }));
    await this.roles.grant(tenant.id, rows, change.tx);
    await this.rights.assertMayGive(tenant.id, roleId, change);
  }

  private async assignmentChanged(
    tenant: Tenant,
    holder: RoleHolder,
    what: { detail: Record<string, unknown>; change: Change; tx: Transaction },
  ): Promise<void> {
    const isUser = holder.type === 'user';
    await this.record(tenant, isUser ? 'user.changed' : 'client.changed', { ...what, target: holder });
    if (isUser) await this.access.userChanged(tenant.id, holder.id, what.tx);
    else await this.access.clientChanged(tenant.id, holder.id, what.tx);
  }

  private async roleId(tenant: Tenant, name: string, tx: Transaction): Promise<string> {
    const id = NAME.test(name) ? await this.roles.findRoleId(tenant.id, name, tx) : null;
    if (id === null) throw new UsersError('not-found', `There is no role "${name}".`);
    return id;
  }

  private async permissionIds(
    tenant: Tenant,
    wanted: Readonly<Record<string, readonly string[]>>,
    tx: Transaction,
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const [resourceId, keys] of Object.entries(wanted)) {
      const known = new Map(
        (await this.roles.findPermissions(tenant.id, resourceId, tx)).map(({ key, id }) => [key, id]),
      );
      for (const key of new Set(keys)) {
        const id = known.get(key);
        if (id === undefined) throw new UsersError('not-found', `There is no permission "${key}" at that API.`);
        ids.push(id);
      }
    }
    return ids;
  }

  private record(
    tenant: Tenant,
    event: AuditEventName,
    what: { target: { type: string; id: string }; detail: Record<string, unknown>; change: Change; tx: Transaction },
  ): Promise<void> {
    const { target, detail, change, tx } = what;
    return this.audit.record(tenant.id, { event, result: 'success', ...auditOf(change), target, detail }, tx);
  }
}

function changeable({ displayName, description, permissions }: DescribedRole) {
  return { displayName, description, permissions };
}

function unknownRole(): UsersError {
  return new UsersError('not-found', 'There is no such role.');
}

function rethrowConflict(error: unknown): never {
  if (isUniqueViolation(error)) throw new UsersError('conflict', 'The name is taken.');
  throw error;
}
