import { adminApiIdentifier, ResourcesService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { type AdminApi, adminApi } from '../support/admin';
import { createApi, createMachine } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';

const UNKNOWN = '01990000-0000-7000-8000-00000000abcd';

describe('the administration API: roles and permissions', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let other: Tenant;
  let api: AdminApi;
  let administrator: AdminApi;
  let adminApiId: string;
  let invoicesId: string;
  let userId: string;
  let machineId: string;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    other = await idp.createTenant({ slug: 'globex' });
    api = await adminApi(idp, tenant);
    administrator = await adminApi(idp, tenant, ['administrator']);
    adminApiId = (await idp.get(ResourcesService).findByIdentifier(tenant.id, adminApiIdentifier(tenant)))!.id;
    invoicesId = (await createApi(idp, tenant, [])).id;
    userId = (await idp.get(UsersService).create(tenant, { username: 'ann' })).id;
    machineId = (await createMachine(idp, tenant)).client.id;
  });

  afterAll(() => idp?.close());

  const role = (name: string, keys: string[] = [], more: object = {}) => ({
    name,
    displayName: `Role ${name}`,
    permissions: keys.length > 0 ? [{ resourceId: adminApiId, keys }] : [],
    ...more,
  });
  const put = (path: string, caller = api) => caller.send(path, { method: 'PUT' });
  const namesAt = async (path: string) => (await api.get(path)).body.items.map(({ name }: { name: string }) => name);

  it('creates, shows, changes and deletes roles of one’s own; the built-in stay', async () => {
    const made = await api.post('roles', role('support', ['users.read', 'sessions.read']));
    expect([made.status, made.body.builtIn, made.body.permissions]).toEqual([
      201,
      false,
      [{ resourceId: adminApiId, keys: ['sessions.read', 'users.read'] }],
    ]);
    const path = `roles/${made.body.id}`;
    expect((await api.get(path)).headers.get('etag')).toBe(made.headers.get('etag'));
    const changed = await api.patch(path, { displayName: 'Help', permissions: [{ resourceId: adminApiId, keys: [] }] });
    expect([changed.status, changed.body.displayName, changed.body.permissions]).toEqual([200, 'Help', []]);
    expect((await api.patch(path, { displayName: 'x' }, {})).status).toBe(428);
    expect((await api.patch(path, { displayName: 'x' }, { 'if-match': '"old"' })).status).toBe(412);
    expect((await api.patch(path, { name: 'other' })).body.errors[0].pointer).toBe('/name');
    expect((await api.post('roles', role('support'))).status).toBe(409);
    expect((await api.post('roles', role('Bad Name'))).status).toBe(400);
    expect((await api.post('roles', role('ghost', ['no.such']))).status).toBe(404);
    expect((await api.delete(path)).status).toBe(204);
    const { body } = await api.get('roles?builtIn=true&search=owner');
    expect((await api.delete(`roles/${body.items[0].id}`)).status).toBe(409);
    expect((await api.patch(`roles/${body.items[0].id}`, { permissions: [] })).status).toBe(409);
    expect(await namesAt('roles?sort=-name&builtIn=true')).toEqual([
      'user-manager',
      'owner',
      'auditor',
      'application-manager',
      'administrator',
    ]);
  });

  it('S-179 gives and takes roles of users and of applications, which acts at once', async () => {
    const { body: made } = await api.post('roles', role('reader', ['users.read']));
    for (const holder of [`users/${userId}`, `clients/${machineId}`]) {
      expect([(await put(`${holder}/roles/reader`)).status, await namesAt(`${holder}/roles`)]).toEqual([
        204,
        ['reader'],
      ]);
      expect((await put(`${holder}/roles/reader`)).status).toBe(204);
    }
    expect(await namesAt(`roles/${made.id}/members`)).toEqual(['ann']);
    expect(await namesAt(`roles/${made.id}/members?type=client`)).toEqual(['Test client']);
    for (const holder of [`users/${userId}`, `clients/${machineId}`]) {
      expect((await api.send(`${holder}/roles/reader`, { method: 'DELETE' })).status).toBe(204);
      expect(await namesAt(`${holder}/roles`)).toEqual([]);
    }
    expect((await put(`users/${userId}/roles/none`)).status).toBe(404);
    expect((await put(`users/${userId}/roles/%00`)).status).toBe(404);
    expect((await put(`clients/${UNKNOWN}/roles/reader`)).status).toBe(404);
  });

  it('permissions of an API: added, changed, listed, deleted; those of the administration stay', async () => {
    const add = (resourceId: string, key: string, caller = api) =>
      caller.post(`resources/${resourceId}/permissions`, { key, description: 'Pay back' });
    const made = await add(invoicesId, 'invoices.refund');
    expect([made.status, made.body.resourceId, made.body.builtIn]).toEqual([201, invoicesId, false]);
    expect((await add(invoicesId, 'invoices.refund')).status).toBe(409);
    expect((await add(invoicesId, 'Not A Key')).status).toBe(400);
    expect((await add(adminApiId, 'keys.steal')).status).toBe(409);
    expect((await add(UNKNOWN, 'a.b')).status).toBe(404);
    const path = `permissions/${made.body.id}`;
    expect((await api.patch(path, { description: 'Refund' })).body.description).toBe('Refund');
    expect((await api.get(`permissions?resourceId=${invoicesId}`)).body.items).toHaveLength(1);
    const granted = role('refunder', [], { permissions: [{ resourceId: invoicesId, keys: ['invoices.refund'] }] });
    const { body: refunder } = await api.post('roles', granted);
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.get(`roles/${refunder.id}`)).body.permissions).toEqual([]);
    const { body } = await api.get('permissions?builtIn=true&search=keys.revoke');
    expect((await api.delete(`permissions/${body.items[0].id}`)).status).toBe(409);
  });

  it('S-178 no way leads to more than one holds', async () => {
    const { body: strong } = await api.post('roles', role('strong', ['keys.revoke']));
    const { body: weak } = await api.post('roles', role('weak', ['users.read']));
    await put(`users/${userId}/roles/strong`);
    const keys = (...all: string[]) => ({ permissions: [{ resourceId: adminApiId, keys: all }] });
    const answers = await Promise.all([
      administrator.post('roles', role('mine', ['users.impersonate'])),
      administrator.patch(`roles/${weak.id}`, keys('users.read', 'keys.revoke')),
      administrator.patch(`roles/${strong.id}`, { displayName: 'Mine' }),
      administrator.patch(`roles/${strong.id}`, { permissions: [] }),
      administrator.delete(`roles/${strong.id}`),
      put(`users/${userId}/roles/strong`, administrator),
      put(`users/${userId}/roles/owner`, administrator),
      put(`clients/${machineId}/roles/strong`, administrator),
      administrator.send(`users/${userId}/roles/strong`, { method: 'DELETE' }),
      administrator.post('users', { username: 'bob', roles: ['strong'] }),
      administrator.send(`users/${userId}/password`, {
        method: 'PUT',
        body: { password: 'seven purple tractors hum' },
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(403));
    expect(answers[0]!.body.detail).toContain('users.impersonate');
    expect((await api.get(`roles/${weak.id}`)).body.permissions[0].keys).toEqual(['users.read']);
    expect((await administrator.patch(`roles/${weak.id}`, keys('users.write'))).status).toBe(200);
    expect((await api.get('roles?search=mine')).body.items).toEqual([]);
  });

  it('S-176 nothing of another tenant, and nothing changed by an auditor', async () => {
    const foreign = await adminApi(idp, other);
    const { body: theirs } = await foreign.post('roles', { name: 'theirs', displayName: 'Theirs' });
    const theirApi = (await createApi(idp, other, [])).id;
    const answers = await Promise.all([
      api.get(`roles/${theirs.id}`),
      api.get(`roles/${theirs.id}/members`),
      api.patch(`roles/${theirs.id}`, { displayName: 'x' }, { 'if-match': '*' }),
      api.delete(`roles/${theirs.id}`, { 'if-match': '*' }),
      put(`users/${userId}/roles/theirs`),
      api.post('roles', role('thief', [], { permissions: [{ resourceId: theirApi, keys: ['a.b'] }] })),
      api.post(`resources/${theirApi}/permissions`, { key: 'a.b', description: '' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(404));
    const auditor = await adminApi(idp, tenant, ['auditor']);
    expect((await auditor.get('roles')).status).toBe(200);
    expect((await auditor.post('roles', role('auditors'))).status).toBe(403);
    expect((await put(`users/${userId}/roles/auditor`, auditor)).status).toBe(403);
  });
});
