import {
  type AdminPermission,
  type BuiltInPermission,
  SYSTEM_PERMISSIONS,
  TENANT_PERMISSIONS,
} from '@tokenidp/admin-api';
import type { TenantKind } from '@tokenidp/tenancy';

export type BuiltInRoleName =
  'owner' | 'administrator' | 'user-manager' | 'application-manager' | 'auditor' | 'operator';

interface RoleDefinition {
  name: BuiltInRoleName;
  displayName: string;
  description: string;
  isSystemOnly?: true;
  has: (key: AdminPermission) => boolean;
}

const OWNERS_ONLY: ReadonlySet<string> = new Set<AdminPermission>([
  'users.impersonate',
  'keys.revoke',
  'tenants.write',
  'tenants.administer',
  'jobs.write',
]);

const USER_MANAGER: ReadonlySet<string> = new Set<AdminPermission>([
  'users.read',
  'users.write',
  'users.credentials',
  'roles.read',
  'sessions.read',
  'sessions.write',
  'authorizations.read',
  'authorizations.write',
  'consents.read',
  'consents.write',
  'audit.read',
  'dashboard.read',
]);

const APPLICATION_MANAGER: ReadonlySet<string> = new Set<AdminPermission>([
  'clients.read',
  'clients.write',
  'clients.secrets',
  'resources.read',
  'resources.write',
  'roles.read',
  'authorizations.read',
  'consents.read',
  'keys.read',
  'dashboard.read',
]);

const ROLES: readonly RoleDefinition[] = [
  { name: 'owner', displayName: 'Owner', description: 'Everything in the tenant', has: () => true },
  {
    name: 'administrator',
    displayName: 'Administrator',
    description: 'Everything but impersonation, revocation of keys and other tenants',
    has: (key) => !OWNERS_ONLY.has(key),
  },
  {
    name: 'user-manager',
    displayName: 'User manager',
    description: 'Users, their credentials, sessions and consents',
    has: (key) => USER_MANAGER.has(key),
  },
  {
    name: 'application-manager',
    displayName: 'Application manager',
    description: 'Applications, their secrets, and APIs',
    has: (key) => APPLICATION_MANAGER.has(key),
  },
  {
    name: 'auditor',
    displayName: 'Auditor',
    description: 'Sees everything, changes nothing',
    has: (key) => key.endsWith('.read'),
  },
  {
    name: 'operator',
    displayName: 'Operator',
    description: 'Acts on every tenant',
    isSystemOnly: true,
    has: () => true,
  },
];

export interface BuiltInRole {
  name: BuiltInRoleName;
  displayName: string;
  description: string;
  permissions: readonly AdminPermission[];
}

/** What a new tenant of this kind is given. */
export function builtInRights(kind: TenantKind): { permissions: BuiltInPermission[]; roles: BuiltInRole[] } {
  const isSystem = kind === 'system';
  const permissions = isSystem ? [...TENANT_PERMISSIONS, ...SYSTEM_PERMISSIONS] : [...TENANT_PERMISSIONS];
  const roles = ROLES.filter(({ isSystemOnly }) => isSystem || !isSystemOnly);
  return {
    permissions,
    roles: roles.map(({ name, displayName, description, has }) => ({
      name,
      displayName,
      description,
      permissions: permissions.map(({ key }) => key).filter(has),
    })),
  };
}
