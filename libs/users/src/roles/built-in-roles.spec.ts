import { builtInRights, type BuiltInRoleName } from './built-in-roles';

const permissionsOf = (name: BuiltInRoleName, kind: 'standard' | 'system' = 'standard') =>
  builtInRights(kind).roles.find((role) => role.name === name)?.permissions;

describe('builtInRights', () => {
  it('gives every area a read and a write permission, and each key once', () => {
    const keys = builtInRights('system').permissions.map(({ key }) => key);
    expect(new Set(keys).size).toBe(39);
    const areas = [
      'tenants',
      'clients',
      'resources',
      'users',
      'roles',
      'keys',
      'sessions',
      'authorizations',
      'consents',
    ];
    for (const area of [...areas, 'audit', 'settings', 'providers', 'branding', 'webhooks', 'jobs', 'dashboard']) {
      expect(keys).toEqual(expect.arrayContaining([`${area}.read`, `${area}.write`]));
    }
  });

  it('leaves what is about other tenants to the system tenant', () => {
    const keys = builtInRights('standard').permissions.map(({ key }) => key);
    expect(keys.filter((key) => /^(tenants|jobs)\./.test(key))).toEqual([]);
    expect(permissionsOf('operator')).toBeUndefined();
    expect(permissionsOf('operator', 'system')).toContain('tenants.administer');
  });

  it.each([
    ['owner', 'keys.revoke', true],
    ['owner', 'users.impersonate', true],
    ['administrator', 'users.write', true],
    ['administrator', 'keys.revoke', false],
    ['administrator', 'users.impersonate', false],
    ['user-manager', 'users.credentials', true],
    ['user-manager', 'clients.read', false],
    ['user-manager', 'roles.write', false],
    ['application-manager', 'clients.secrets', true],
    ['application-manager', 'users.read', false],
    ['auditor', 'audit.read', true],
  ] as const)('gives %s %s: %s', (role, key, expected) => {
    expect(permissionsOf(role)?.includes(key)).toBe(expected);
  });

  it('lets auditors change nothing', () => {
    expect(permissionsOf('auditor', 'system')?.filter((key) => !key.endsWith('.read'))).toEqual([]);
  });
});
