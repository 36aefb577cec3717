/** Permissions of the admin API: `<area>.<what>`. Those of the system only exist in the system tenant. */
const AREAS = {
  clients: 'applications',
  resources: 'APIs and their scopes',
  users: 'users',
  roles: 'roles, permissions and their assignment',
  keys: 'signing keys',
  sessions: 'sessions',
  authorizations: 'authorizations and tokens',
  consents: 'consents',
  audit: 'the audit trail',
  settings: 'settings of the tenant',
  providers: 'upstream identity providers',
  branding: 'branding and texts',
  webhooks: 'webhooks',
  dashboard: 'the dashboard',
} as const;

const SYSTEM_AREAS = { tenants: 'tenants', jobs: 'background jobs' } as const;

const SPECIAL = {
  'clients.secrets': 'Create and revoke secrets of applications',
  'users.credentials': 'Reset and remove credentials of users',
  'users.impersonate': 'Act as a user',
  'keys.rotate': 'Rotate signing keys now',
  'keys.revoke': 'Revoke signing keys',
  'backchannel.decide': 'Decide back-channel requests of a sandbox tenant',
} as const;

const SYSTEM_SPECIAL = { 'tenants.administer': 'Act on the admin API of any tenant' } as const;

type AreaOf<A> = `${keyof A & string}.${'read' | 'write'}`;
export type SystemPermission = AreaOf<typeof SYSTEM_AREAS> | keyof typeof SYSTEM_SPECIAL;
export type AdminPermission = AreaOf<typeof AREAS> | keyof typeof SPECIAL | SystemPermission;

export interface BuiltInPermission {
  key: AdminPermission;
  description: string;
}

function permissionsOf(areas: Record<string, string>, special: Record<string, string>): BuiltInPermission[] {
  const pairs = Object.entries(areas).flatMap(([area, noun]) => [
    [`${area}.read`, `See ${noun}`],
    [`${area}.write`, `Change ${noun}`],
  ]);
  return [...pairs, ...Object.entries(special)].map(([key, description]) => ({
    key: key as AdminPermission,
    description: description!,
  }));
}

export const TENANT_PERMISSIONS: readonly BuiltInPermission[] = permissionsOf(AREAS, SPECIAL);
export const SYSTEM_PERMISSIONS: readonly BuiltInPermission[] = permissionsOf(SYSTEM_AREAS, SYSTEM_SPECIAL);
