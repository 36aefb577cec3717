import { List } from '@tokenidp/database';
import type { PermissionEntity } from './permission.entity';
import type { RoleRow } from './role-details.repository';

export const ROLES = new List<RoleRow>({
  name: 'users.role.page',
  select: `t."id", t."name", t."displayName", t."description", t."builtIn", t."createdAt", t."updatedAt"`,
  from: '"role" t',
  sorts: {
    name: { column: 't."name"', type: 'identifier' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
  },
  filters: {
    search: {
      type: 'text',
      condition: `lower(t."name") LIKE :value ESCAPE '\\' OR lower(t."displayName") LIKE :value ESCAPE '\\'`,
    },
    builtIn: { type: 'boolean', condition: 't."builtIn" = :value' },
  },
});

export const PERMISSIONS = new List<Omit<PermissionEntity, 'tenantId'>>({
  name: 'users.permission.page',
  select: `t."id", t."resourceId", t."key", t."description", t."builtIn", t."createdAt"`,
  from: '"permission" t',
  sorts: {
    key: { column: 't."key"', type: 'identifier' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
  },
  filters: {
    search: {
      type: 'text',
      condition: `lower(t."key") LIKE :value ESCAPE '\\' OR lower(t."description") LIKE :value ESCAPE '\\'`,
    },
    resourceId: { type: 'id', condition: 't."resourceId" = :value' },
    roleId: {
      type: 'id',
      condition: `EXISTS (SELECT 1 FROM "role_permission" rp
      WHERE rp."tenantId" = :tenantId AND rp."permissionId" = t."id" AND rp."roleId" = :value)`,
    },
    builtIn: { type: 'boolean', condition: 't."builtIn" = :value' },
  },
});

/** A role that somebody holds, and since when. */
export type HeldRole = RoleRow & { readonly assignedAt: Date };

const heldBy = (type: 'user' | 'client') =>
  new List<HeldRole>({
    name: `users.${type}-role.page`,
    select: `r."id", r."name", r."displayName", r."description", r."builtIn", r."createdAt", r."updatedAt",
  t."createdAt" AS "assignedAt"`,
    from: `"${type}_role" t JOIN "role" r ON r."tenantId" = t."tenantId" AND r."id" = t."roleId"`,
    sorts: { name: { column: 'r."name"', type: 'identifier' } },
    filters: { holderId: { type: 'id', condition: `t."${type}Id" = :value` } },
    key: 't."roleId"',
  });

export const HELD_ROLES = { user: heldBy('user'), client: heldBy('client') };

/** Who holds a role. */
export interface RoleMember {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly assignedAt: Date;
}

const membersOf = (type: 'user' | 'client', name: string) =>
  new List<RoleMember>({
    name: `users.role.${type}s`,
    select: `h."id", h."${name}" AS "name", h."status", t."createdAt" AS "assignedAt"`,
    from: `"${type}_role" t JOIN "${type}" h ON h."tenantId" = t."tenantId" AND h."id" = t."${type}Id"`,
    sorts: { assignedAt: { column: 't."createdAt"', type: 'instant' } },
    filters: { roleId: { type: 'id', condition: 't."roleId" = :value' } },
    key: `t."${type}Id"`,
  });

export const ROLE_MEMBERS = { user: membersOf('user', 'username'), client: membersOf('client', 'name') };
