import { adminApiIdentifier, ClientsService, ResourcesService } from '@tokenidp/clients';
import { newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { setTimeout } from 'node:timers/promises';
import { usersStatements } from '../support/users-statements';
import { openUsersSuite, type UsersSuite } from '../support/users-suite';

const NOTHING = { roles: [], permissions: [] };

describe('roles', () => {
  let suite: UsersSuite;

  beforeAll(async () => {
    suite = await openUsersSuite();
  });

  afterAll(() => suite.close());

  const adminApiOf = async (tenant: Tenant) =>
    (await suite.module.get(ResourcesService).findByIdentifier(tenant.id, adminApiIdentifier(tenant)))!.id;

  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const sent: string[] = [];
    const stop = suite.database.observe((name) => sent.push(name));
    await work();
    stop();
    return sent;
  }

  it('gives a new tenant its built-in roles, and only the system tenant those of operators', async () => {
    const system = await suite.tenants.createSystemTenant();
    const [inAcme, inSystem] = [suite.acme, system].map((tenant) => usersStatements(suite.database, tenant));
    const usual = ['administrator', 'application-manager', 'auditor', 'owner', 'user-manager'];
    expect((await inAcme!.roles()).map(({ name }) => name)).toEqual(usual);
    expect((await inSystem!.roles()).map(({ name }) => name)).toEqual([...usual, 'operator'].sort());
    expect(await inAcme!.permissions()).toHaveLength(34);
    expect(await inSystem!.permissions()).toHaveLength(39);
  });

  it('costs a tenant three statements for its roles', async () => {
    const sent = await statementsOf(() => suite.tenants.create({ slug: 'initech', name: 'Initech' }));
    expect(sent.filter((name) => name.startsWith('users.'))).toHaveLength(3);
  });

  it('tells what a user may do, from memory, and sees a change at once', async () => {
    const { access, acme, users } = suite;
    const [api, { id }] = [
      await adminApiOf(acme),
      await users.create(acme, { username: 'auditor', roles: ['auditor'] }),
    ];
    const first = await access.ofUser(acme.id, id, api);
    expect(first.roles).toEqual(['auditor']);
    expect(first.permissions).toContain('users.read');
    expect(first.permissions.filter((key) => !key.endsWith('.read'))).toEqual([]);
    // The news of the user's creation may still be on its way, and would empty the cache again.
    await setTimeout(200);
    await access.ofUser(acme.id, id, api);
    expect(await statementsOf(() => access.ofUser(acme.id, id, api))).toEqual([]);
    await users.assignRole(acme, id, 'user-manager');
    await users.assignRole(acme, id, 'user-manager');
    expect((await access.ofUser(acme.id, id, api)).permissions).toContain('users.credentials');
    await users.unassignRole(acme, id, 'auditor');
    await users.unassignRole(acme, id, 'user-manager');
    expect(await access.ofUser(acme.id, id, api)).toEqual(NOTHING);
    const assigned = await usersStatements(suite.database, acme).events('user.changed', id);
    expect(assigned.map(({ detail }) => detail)).toEqual([
      { assigned: 'auditor' },
      { assigned: 'user-manager' },
      { unassigned: 'auditor' },
      { unassigned: 'user-manager' },
    ]);
  });

  it('S-122 leaves a disabled user no right', async () => {
    const { access, acme, users } = suite;
    await users.create(acme, { username: 'stays', roles: ['owner'] });
    const [api, { id }] = [await adminApiOf(acme), await users.create(acme, { username: 'leaver', roles: ['owner'] })];
    expect((await access.ofUser(acme.id, id, api)).permissions).toContain('keys.revoke');
    await users.disable(acme, id);
    expect(await access.ofUser(acme.id, id, api)).toEqual(NOTHING);
  });

  it('keeps rights within the tenant and within the resource', async () => {
    const { access, acme, globex, users } = suite;
    const { id } = await users.create(acme, { username: 'local', roles: ['owner'] });
    expect(await access.ofUser(globex.id, id, await adminApiOf(globex))).toEqual(NOTHING);
    expect((await access.ofUser(acme.id, id, newId())).permissions).toEqual([]);
    await expect(users.assignRole(globex, id, 'owner')).rejects.toMatchObject({ kind: 'not-found' });
    const there = usersStatements(suite.database, globex);
    const [role] = await there.roles();
    await expect(there.give(id, role!.id)).rejects.toThrow('user_role_user');
  });

  it('makes custom permissions and roles, for users and for clients', async () => {
    const { access, acme, globex, module, roles, users } = suite;
    const api = await module
      .get(ResourcesService)
      .create(acme, { identifier: 'https://api.example.com', name: 'Orders' });
    const { client } = await module.get(ClientsService).create(acme, { client_name: 'Machine', type: 'machine' });
    const keys = ['orders.read', 'orders.write'].map((key) => ({ key, description: key }));
    await roles.createPermissions(acme, api.id, keys);
    await roles.create(acme, { name: 'clerk', displayName: 'Clerk', permissions: { [api.id]: ['orders.read'] } });
    const clerk = { roles: ['clerk'], permissions: ['orders.read'] };
    const { id } = await users.create(acme, { username: 'clerk', roles: ['clerk'] });
    expect(await access.ofUser(acme.id, id, api.id)).toEqual(clerk);
    await roles.assign(acme, { type: 'client', id: client.id }, 'clerk');
    expect(await access.ofClient(acme.id, client.id, api.id)).toEqual(clerk);
    await roles.unassign(acme, { type: 'client', id: client.id }, 'clerk');
    expect(await access.ofClient(acme.id, client.id, api.id)).toEqual(NOTHING);
    await expect(roles.createPermissions(acme, api.id, keys)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(roles.createPermissions(globex, api.id, keys)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('refuses a role whose name is taken, or whose permission is not there, and keeps nothing of it', async () => {
    const { acme, roles } = suite;
    const api = await adminApiOf(acme);
    const ghost = { name: 'ghost', displayName: 'Ghost', permissions: { [api]: ['ghosts.read'] } };
    await expect(roles.create(acme, ghost)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(roles.create(acme, { name: 'owner', displayName: 'Me' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(roles.create(acme, { name: 'No Name', displayName: '?' })).rejects.toMatchObject({ kind: 'invalid' });
    const names = (await usersStatements(suite.database, acme).roles()).map(({ name }) => name);
    expect(names).not.toContain('ghost');
  });
});
