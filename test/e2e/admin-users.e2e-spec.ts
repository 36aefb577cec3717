import type { Tenant } from '@tokenidp/tenancy';
import { PasswordService, UsersService } from '@tokenidp/users';
import { type AdminApi, adminApi } from '../support/admin';
import { createUser } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';

const PASSWORD = 'seven purple tractors hum';
const UNKNOWN = '01990000-0000-7000-8000-00000000abcd';

describe('the administration API: users', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let other: Tenant;
  let api: AdminApi;
  let manager: AdminApi;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    other = await idp.createTenant({ slug: 'globex' });
    api = await adminApi(idp, tenant);
    manager = await adminApi(idp, tenant, ['user-manager']);
  });

  afterAll(() => idp?.close());

  const person = (username: string, more: object = {}) => ({ username, email: `${username}@people.example`, ...more });
  const names = (page: { body: { items: { username: string }[] } }) => page.body.items.map(({ username }) => username);

  it('creates, shows, changes and deletes, with every claim', async () => {
    const claims = { given_name: 'Grace', 'name#de': 'Gräfin', address: { locality: 'London', country: 'UK' } };
    const made = await api.post('users', person('grace', { claims, locale: 'en-GB', attributes: { a: { b: 1 } } }));
    expect([made.status, made.body.claims, made.body.status, made.body.emailVerified]).toEqual([
      201,
      claims,
      'active',
      false,
    ]);
    const path = `users/${made.body.id}`;
    const shown = await api.get(path);
    expect([shown.body, shown.headers.get('etag')]).toEqual([made.body, made.headers.get('etag')]);
    const patch = { claims: { given_name: null, nickname: 'G', address: { country: null } }, attributes: { c: [2] } };
    const changed = await api.patch(path, { ...patch, email: null });
    expect([changed.status, changed.body.email, changed.body.claims, changed.body.attributes]).toEqual([
      200,
      null,
      { 'name#de': 'Gräfin', nickname: 'G', address: { locality: 'London' } },
      { a: { b: 1 }, c: [2] },
    ]);
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
  });

  it('RFC 9110 §13.1.1 a change names the version it has seen, a create may be repeated', async () => {
    const key = { 'idempotency-key': 'one' };
    const input = person('etag', { password: PASSWORD });
    const [first, again] = await Promise.all([api.post('users', input, key), api.post('users', input, key)]);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect((await api.post('users', { ...input, password: `${PASSWORD} aloud` }, key)).status).toBe(422);
    const path = `users/${first.body.id}`;
    const seen = { 'if-match': first.headers.get('etag')! };
    expect((await api.patch(path, { locale: 'de' }, {})).status).toBe(428);
    expect((await api.patch(path, { locale: 'de' }, seen)).status).toBe(200);
    expect((await api.patch(path, { locale: 'fr' }, seen)).status).toBe(412);
    expect((await api.delete(path, seen)).status).toBe(412);
    expect((await api.post('users', input)).body.errors[0].pointer).toBe('/username');
  });

  it('finds by part of a name, address or user name, pages in every order, and filters', async () => {
    for (const n of [3, 1, 2]) {
      const claims = { name: `Émile Žižek ${n}` };
      await api.post(
        'users',
        person(`list-${n}`, { claims, emailVerified: n === 1, locale: 'cs', roles: ['auditor'] }),
      );
    }
    await api.post('users', { username: 'list-bare', status: 'invited' });
    for (const part of ['LIST-', 'list-2@peo', 'émile žižek', 'Žižek 2', 'žiž', 'ži', 'l']) {
      const found = names(await api.get(`users?search=${encodeURIComponent(part)}`));
      expect([part, found.includes('list-2')]).toEqual([part, true]);
    }
    for (const sort of ['username', '-username', 'email', '-email', 'createdAt', '-createdAt', 'lastSignInAt']) {
      const found: string[] = [];
      let cursor = '';
      do {
        const page = await api.get(`users?search=list-&limit=2&sort=${sort}${cursor}`);
        expect([sort, page.status]).toEqual([sort, 200]);
        found.push(...names(page));
        cursor = page.body.nextCursor ? `&cursor=${page.body.nextCursor}` : '';
      } while (cursor);
      expect(found.toSorted()).toEqual(['list-1', 'list-2', 'list-3', 'list-bare']);
      if (sort === '-username') expect(found).toEqual(['list-bare', 'list-3', 'list-2', 'list-1']);
    }
    const only = async (query: string) => names(await api.get(`users?search=list-&${query}`)).length;
    expect(await only('status=invited')).toBe(1);
    expect(await only('emailVerified=true')).toBe(1);
    expect(await only('locale=cs')).toBe(3);
    expect([await only('role=auditor'), await only('role=nobody-has-it')]).toEqual([3, 0]);
    expect(await only('createdFrom=2001-01-01T00:00:00Z&createdTo=9999-12-31T23:59:59Z')).toBe(4);
    expect(await only('createdTo=0000-01-01T00:00:00%2B14:00')).toBe(0);
    expect(await only('lastSignInTo=9999-12-31T23:59:59-23:59')).toBe(0);
  });

  it('S-177 refuses what it does not know, and whatever no database can hold', async () => {
    const bad = await api.post('users', { username: 'a b', tenantId: 'x', passwordHash: 'x', createdAt: 'x' });
    const pointers = bad.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort();
    expect([bad.status, pointers]).toEqual([400, ['/createdAt', '/passwordHash', '/tenantId']]);
    const texts = [{ username: 'a b' }, { email: 'no' }, { locale: '!' }, { status: 'locked' }, { password: 'acme' }];
    const objects = [{ claims: { isAdmin: true } }, { claims: { name: '\ud800' } }, { attributes: { 'a\u0000': 1 } }];
    const lists = [{ attributes: { a: ['\udfff'] } }, { roles: ['none'] }, { roles: ['\u0000'] }];
    for (const more of [...texts, ...objects, ...lists]) {
      const answer = await api.post('users', { ...person('bad'), ...more });
      expect([more, [400, 404].includes(answer.status)]).toEqual([more, true]);
    }
    expect((await api.get('users?search=bad')).body.items).toEqual([]);
    const forged = Buffer.from(JSON.stringify(['x', '+275760-09-13T00:00:00.000Z', UNKNOWN])).toString('base64url');
    expect((await api.get(`users?sort=createdAt&cursor=${forged}`)).status).toBe(400);
  });

  it('S-122 disables, enables and unlocks; S-135 ASVS V6.4.6 shows of credentials only what they are', async () => {
    const { user, credentials } = await createUser(idp, tenant, person('locked'));
    const passwords = idp.get(PasswordService);
    const attempt = (password: string) =>
      passwords.verify(tenant, 'locked', password, { requestId: 'r', ip: '10.1.2.3', userAgent: 'test' });
    for (let n = 0; n < 6; n += 1) await attempt('wrong');
    expect((await attempt(credentials.password)).outcome).toBe('delayed');
    const path = `users/${user.id}`;
    const [password] = (await api.get(`${path}/credentials`)).body.items;
    expect(Object.keys(password).sort()).toEqual(
      'blockedUntil createdAt disabledAt failures id lastUsedAt name type updatedAt'.split(' '),
    );
    expect([password.type, password.failures > 0]).toEqual(['password', true]);
    expect((await api.post(`${path}/unlock`, undefined)).status).toBe(200);
    expect((await attempt(credentials.password)).outcome).toBe('ok');
    expect((await api.post(`${path}/disable`, undefined)).body.status).toBe('disabled');
    expect((await attempt(credentials.password)).outcome).toBe('invalid');
    expect((await api.post(`${path}/enable`, undefined)).body.status).toBe('active');
    const set = (value: string) => api.send(`${path}/password`, { method: 'PUT', body: { password: value } });
    expect((await set('short')).body.errors[0].pointer).toBe('/password');
    expect((await set(PASSWORD)).status).toBe(204);
    expect((await attempt(PASSWORD)).outcome).toBe('ok');
    expect((await api.delete(`${path}/credentials/${password.id}`, {})).status).toBe(204);
    expect((await api.get(`${path}/credentials`)).body.items).toEqual([]);
    expect((await attempt(PASSWORD)).outcome).toBe('invalid');
  });

  it('each row of a bulk is by itself', async () => {
    const { body: kept } = await api.post('users', person('bulk-kept'));
    const answer = await api.post('users/bulk', {
      operations: [
        { op: 'create', data: person('bulk-1') },
        { op: 'create', data: { ...person('bulk-2'), passwordHash: 'x' } },
        { op: 'create', data: person('bulk-1') },
        { op: 'update', id: kept.id, etag: '*', data: { locale: 'de' } },
        { op: 'update', id: kept.id, data: { locale: 'fr' } },
        { op: 'update', id: kept.id, etag: '"old"', data: { locale: 'fr' } },
        { op: 'delete', id: UNKNOWN, etag: '*' },
        { op: 'delete', id: kept.id, etag: '*' },
        { op: 'update', etag: '*' },
      ],
    });
    const statuses = answer.body.results.map(({ status }: { status: number }) => status);
    expect([answer.status, statuses]).toEqual([200, [201, 400, 409, 200, 428, 412, 404, 204, 400]]);
    expect(answer.body.results[1].problem.errors[0].pointer).toBe('/passwordHash');
  });

  it('exports what fits, and says so in the trail', async () => {
    for (const n of [1, 2]) await api.post('users', person(`export-${n}`, { attributes: { formula: '=1+1' } }));
    const lines = (await api.get('users/export?search=export-')).text.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { username: string }).username)).toEqual(['export-1', 'export-2']);
    expect(Object.keys(JSON.parse(lines[0]!) as object)).not.toContain('sortValue');
    const csv = (await api.get('users/export?search=export-&format=csv&sort=-username')).text.trim().split('\r\n');
    expect([csv.length, csv[0]!.split(',')[1], csv[1]!.split(',')[1]]).toEqual([3, 'username', 'export-2']);
    const trail = await idp.database.dataSource.query(
      `SELECT detail FROM audit_event WHERE "tenantId" = $1 AND event = 'export.taken'`,
      [tenant.id],
    );
    expect(trail).toHaveLength(2);
  });

  describe('S-178 nobody gives or takes more than they hold', () => {
    let ownerId: string;

    beforeAll(async () => {
      ({ id: ownerId } = await idp.get(UsersService).create(tenant, { username: 'the-owner', roles: ['owner'] }));
    });

    it('a user manager changes no owner', async () => {
      const path = `users/${ownerId}`;
      const answers = await Promise.all([
        manager.patch(path, { email: 'mine@evil.example' }),
        manager.delete(path),
        manager.post(`${path}/disable`, undefined),
        manager.post(`${path}/unlock`, undefined),
        manager.send(`${path}/password`, { method: 'PUT', body: { password: PASSWORD } }),
        manager.delete(`${path}/credentials/${UNKNOWN}`, {}),
        manager.send(`${path}/roles/owner`, { method: 'DELETE' }),
        manager.post('users/bulk', { operations: [{ op: 'delete', id: ownerId, etag: '*' }] }),
      ]);
      expect(answers.slice(0, 7).map(({ status }) => status)).toEqual(Array(7).fill(403));
      expect(answers[7]!.body.results[0].status).toBe(403);
      expect((await api.get(path)).body).toMatchObject({ status: 'active', email: null });
    });

    it('a user manager makes no owner and gives no role at all', async () => {
      expect((await manager.post('users', person('made-1'))).status).toBe(201);
      expect((await manager.post('users', person('made-2', { roles: ['owner'] }))).status).toBe(403);
      expect((await manager.post('users', person('made-2', { roles: ['auditor'] }))).status).toBe(403);
    });

    it('an administrator gives what they hold, and no more', async () => {
      const administrator = await adminApi(idp, tenant, ['administrator']);
      expect((await administrator.post('users', person('given-1', { roles: ['auditor'] }))).status).toBe(201);
      expect((await administrator.post('users', person('given-2', { roles: ['owner'] }))).status).toBe(403);
      expect((await api.get('users?search=given-2')).body.items).toEqual([]);
    });

    it('the last owner stays, whoever asks and however often at once', async () => {
      const path = `users/${ownerId}`;
      expect((await api.post(`${path}/disable`, undefined)).status).toBe(409);
      expect((await api.delete(path)).status).toBe(409);
      expect((await api.send(`${path}/roles/owner`, { method: 'DELETE' })).status).toBe(409);
      const { body: second } = await api.post('users', person('second-owner', { roles: ['owner'] }));
      const [one, two] = await Promise.all([
        api.post(`${path}/disable`, undefined),
        api.send(`users/${second.id}/roles/owner`, { method: 'DELETE' }),
      ]);
      expect([one.status, two.status].filter((status) => status === 409)).toHaveLength(1);
    });
  });

  it('S-176 users of other tenants and auditors: nothing to be changed', async () => {
    const { user } = await createUser(idp, other, { username: 'foreign' });
    const answers = await Promise.all([
      api.get(`users/${user.id}`),
      api.patch(`users/${user.id}`, { locale: 'de' }, { 'if-match': '*' }),
      api.delete(`users/${user.id}`, { 'if-match': '*' }),
      api.post(`users/${user.id}/disable`, undefined),
      api.get(`users/${user.id}/credentials`),
      api.send(`users/${user.id}/password`, { method: 'PUT', body: { password: PASSWORD } }),
      api.get(`users/${user.id}/roles`),
      api.send(`users/${user.id}/roles/auditor`, { method: 'PUT' }),
      api.get('users/no-id'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(404));
    const auditor = await adminApi(idp, tenant, ['auditor']);
    expect((await auditor.get('users')).status).toBe(200);
    expect((await auditor.post('users', person('by-auditor'))).status).toBe(403);
  });
});
