import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { AUDIT_ENTITIES } from '@tokenidp/audit';
import { Database, DatabaseModule, DatabaseOptions } from '@tokenidp/database';
import { Clock, KeyedHash, MasterKeys, newId, type RequestContext } from '@tokenidp/kernel';
import {
  TENANCY_ENTITIES,
  TenancyModule,
  TenancyOptions,
  type Tenant,
  TenantInitializers,
  TenantsService,
} from '@tokenidp/tenancy';
import {
  AccessService,
  PasswordService,
  RolesService,
  USERS_ENTITIES,
  UsersModule,
  UsersService,
} from '@tokenidp/users';
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { TestClock } from '../support/clock';

const clock = new TestClock();
const keys = new MasterKeys([{ id: 'one', key: randomBytes(32) }]);
const dataDir = mkdtempSync(join(tmpdir(), 'users-'));
const PASSWORD = 'tramline quiet fork';

const provided = [
  { provide: Clock, useValue: clock },
  { provide: MasterKeys, useValue: keys },
  { provide: KeyedHash, useValue: new KeyedHash(keys) },
  {
    provide: DatabaseOptions,
    useValue: { url: undefined, dataDir, entities: [...TENANCY_ENTITIES, ...AUDIT_ENTITIES, ...USERS_ENTITIES] },
  },
  {
    provide: TenancyOptions,
    useValue: { publicUrl: new URL('https://id.example.com'), issuerMode: 'path', rootDomain: undefined },
  },
];

@Global()
@Module({ providers: provided, exports: provided.map(({ provide }) => provide) })
class ConfigurationModule {}

/** Stands in for the clients: the admin API that comes with every tenant. */
const adminApi = {
  async initialize(tenant: Tenant, tx: Parameters<TenantInitializers['issuerChanged']>[1]) {
    await tx.manager.query(
      `INSERT INTO resource ("tenantId", id, identifier, name, "tokenFormat", algorithm, "includePermissions",
         "includeRoles", "builtIn", "createdAt", "updatedAt")
       VALUES ($1, $2, '{issuer}/admin/api', 'Admin API', 'jwt', 'ES256', false, false, true, now(), now())`,
      [tenant.id, newId()],
    );
  },
};

describe('users', () => {
  let module: TestingModule;
  let database: Database;
  let users: UsersService;
  let passwords: PasswordService;
  let access: AccessService;
  let roles: RolesService;
  let acme: Tenant;
  let globex: Tenant;
  let addresses = 0;

  const sql = <Row>(text: string, values: unknown[]) => database.dataSource.query<Row[]>(text, values);
  /** From another address each time, unless told. */
  const from = (ip = `10.0.${(addresses >> 8) & 255}.${addresses++ & 255}`): RequestContext => ({
    requestId: newId(),
    ip,
    userAgent: undefined,
  });
  const outcome = async (login: string, password: string, tenant = acme, request = from()) =>
    (await passwords.verify(tenant, login, password, request)).outcome;
  const credentialOf = async (userId: string) =>
    (
      await sql<{ failures: number; disabledAt: Date | null; secret: string; blockedUntil: Date | null }>(
        `SELECT * FROM credential WHERE "tenantId" = $1 AND "userId" = $2`,
        [acme.id, userId],
      )
    )[0]!;
  const events = (event: string, targetId: string) =>
    sql(`SELECT * FROM audit_event WHERE "tenantId" = $1 AND event = $2 AND "targetId" = $3`, [
      acme.id,
      event,
      targetId,
    ]);

  beforeAll(async () => {
    module = await Test.createTestingModule({
      imports: [ConfigurationModule, DatabaseModule, TenancyModule, UsersModule],
    }).compile();
    module.get(TenantInitializers).add(adminApi);
    await module.init();
    database = module.get(Database);
    [users, passwords] = [module.get(UsersService), module.get(PasswordService)];
    [access, roles] = [module.get(AccessService), module.get(RolesService)];
    acme = await module.get(TenantsService).create({ slug: 'acme', name: 'Acme' });
    globex = await module.get(TenantsService).create({ slug: 'globex', name: 'Globex' });
  });

  afterEach(() => clock.reset());

  afterAll(async () => {
    await module.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  describe('rows', () => {
    it('keeps every member of a user and gives it back', async () => {
      const input = {
        username: 'Full',
        email: 'Full@Example.com',
        emailVerified: true,
        phoneNumber: '+441234567890',
        phoneNumberVerified: true,
        locale: 'en-GB',
        claims: { name: 'Ful L', birthdate: '1815-12-10', address: { country: 'GB' } },
        attributes: { department: { floor: 3 } },
      };
      const created = await users.create(acme, input);
      expect(created).toMatchObject({ ...input, tenantId: acme.id, status: 'active' });
      expect(await users.findById(acme.id, created.id)).toEqual(created);
      expect(await events('user.created', created.id)).toHaveLength(1);
    });

    it('S-134 finds one account by name and by e-mail, in whatever case', async () => {
      const { id } = await users.create(acme, { username: 'Ada.King', email: 'Ada@Example.com' });
      for (const login of ['ada.king', 'ADA.KING', 'Ａda.King', 'ada@example.com', 'ADA@EXAMPLE.COM']) {
        expect((await users.findByLogin(acme.id, login))?.id).toBe(id);
      }
      expect(await users.findByLogin(acme.id, 'ada')).toBeNull();
      expect(await users.findByLogin(acme.id, '%')).toBeNull();
      expect(await users.findByLogin(acme.id, 'ada.king\0')).toBeNull();
    });

    it.each([
      [{ username: 'TWIN' }, '/username'],
      [{ username: 'Twin' }, '/username'],
      [{ username: 'other', email: 'TWIN@example.com' }, '/email'],
    ])('refuses %j when another user has it', async (input, pointer) => {
      if (!(await users.findByLogin(acme.id, 'twin'))) {
        await users.create(acme, { username: 'twin', email: 'twin@example.com' });
      }
      await expect(users.create(acme, input)).rejects.toMatchObject({ kind: 'conflict', fields: [{ pointer }] });
    });

    it('takes many users without an e-mail address, and one name in two tenants', async () => {
      await users.create(acme, { username: 'no-mail-1' });
      await users.create(acme, { username: 'no-mail-2' });
      const there = await users.create(globex, { username: 'no-mail-1' });
      expect((await users.findByLogin(globex.id, 'no-mail-1'))?.id).toBe(there.id);
      expect((await users.findByLogin(acme.id, 'no-mail-1'))?.id).not.toBe(there.id);
      expect(await users.findById(acme.id, there.id)).toBeNull();
    });

    it('S-134 cannot store a name that is the e-mail address of somebody else', async () => {
      const { id } = await users.create(acme, { username: 'mail@example.com', email: 'mail@example.com' });
      await expect(users.update(acme, id, { email: 'new@example.com' })).rejects.toMatchObject({ kind: 'invalid' });
      const change = sql(`UPDATE "user" SET "usernameNormal" = 'x@example.com' WHERE "tenantId" = $1 AND id = $2`, [
        acme.id,
        id,
      ]);
      await expect(change).rejects.toThrow('user_one_meaning');
      const both = { username: 'new@example.com', email: 'new@example.com' };
      expect(await users.update(acme, id, both)).toMatchObject({ ...both, emailVerified: false });
    });

    it('notes what was changed, and that another address is not verified', async () => {
      const { id, createdAt } = await users.create(acme, {
        username: 'mover',
        email: 'm1@example.com',
        emailVerified: true,
      });
      clock.forward(5);
      const changed = await users.update(acme, id, { email: 'm2@example.com', claims: { nickname: 'M' } });
      expect(changed).toMatchObject({ email: 'm2@example.com', emailVerified: false, claims: { nickname: 'M' } });
      expect(changed.updatedAt.getTime()).toBeGreaterThan(createdAt.getTime());
      const [event] = (await events('user.changed', id)) as { detail: Record<string, object> }[];
      expect(Object.keys(event!.detail['after']!).sort()).toEqual(['claims', 'email']);
      expect(await users.update(acme, id, { email: null })).not.toMatchObject({ email: expect.anything() });
      await expect(users.update(globex, id, { locale: 'en' })).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('writes nothing when a part of it is refused', async () => {
      const input = { username: 'half', password: PASSWORD, roles: ['no-such-role'] };
      await expect(users.create(acme, input)).rejects.toMatchObject({ kind: 'not-found' });
      expect(await users.findByLogin(acme.id, 'half')).toBeNull();
    });
  });

  describe('passwords', () => {
    const create = (username: string) =>
      users.create(acme, { username, email: `${username}@example.com`, password: PASSWORD });

    it('signs in by name and e-mail, notes the instant, and says nothing of who exists', async () => {
      const { id } = await create('signer');
      const result = await passwords.verify(acme, 'SIGNER@example.com', PASSWORD, from());
      expect(result).toMatchObject({ outcome: 'ok', user: { id, username: 'signer' } });
      expect((await users.findById(acme.id, id))?.lastSignInAt).toBeInstanceOf(Date);
      expect(await outcome('signer', 'wrong')).toBe('invalid');
      expect(await outcome('nobody', PASSWORD)).toBe('invalid');
      expect(await outcome('signer', PASSWORD, globex)).toBe('invalid');
    });

    it('S-135 stores no password, and no plain hash of one', async () => {
      const { id } = await create('stored');
      expect((await credentialOf(id)).secret).toMatch(/^one\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it('S-134 counts failures across identifiers, and forgets them at a success', async () => {
      const { id } = await create('counted');
      for (const login of ['counted', 'COUNTED', 'counted@example.com', 'Counted@Example.COM']) {
        expect(await outcome(login, 'wrong')).toBe('invalid');
      }
      expect((await credentialOf(id)).failures).toBe(4);
      expect(await outcome('counted', PASSWORD)).toBe('ok');
      expect((await credentialOf(id)).failures).toBe(0);
    });

    it.each(['delayed-user', 'delayed-nobody'])('S-134 S-136 delays %s by 1 s, 2 s, 4 s … 15 min', async (login) => {
      if (login === 'delayed-user') await create(login);
      for (let failure = 0; failure < 5; failure += 1) expect(await outcome(login, 'wrong')).toBe('invalid');
      for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
        const result = await passwords.verify(acme, login, PASSWORD, from());
        expect(result).toEqual({ outcome: 'delayed', retryAfterSeconds: seconds });
        clock.forward(seconds);
        expect(await outcome(login, 'wrong')).toBe('invalid');
      }
      clock.forward(901);
      expect(await outcome(login, PASSWORD)).toBe(login === 'delayed-user' ? 'ok' : 'invalid');
    });

    it('S-134 lets 20 wrong passwords at once have five answers, exactly', async () => {
      const { id } = await create('raced');
      const guesses = Array.from({ length: 20 }, (_none, guess) => guess);
      const wave = async (from: number, to: number) =>
        Promise.all(guesses.slice(from, to).map((guess) => outcome('raced', `wrong ${guess}`)));
      const outcomes = [...(await wave(0, 10)), ...(await wave(10, 20))];
      expect(outcomes.filter((each) => each === 'invalid')).toHaveLength(5);
      expect(outcomes.filter((each) => each === 'delayed')).toHaveLength(15);
      expect((await credentialOf(id)).failures).toBe(5);
    });

    it('S-134 lets a right password among many wrong ones at once in only while it is not too early', async () => {
      const { id } = await create('needle');
      for (let failure = 0; failure < 5; failure += 1) await outcome('needle', 'wrong');
      clock.forward(2);
      const tries = ['wrong 1', 'wrong 2', PASSWORD, 'wrong 3', 'wrong 4'];
      const outcomes = await Promise.all(tries.map((password) => outcome('needle', password)));
      const answered = outcomes.filter((each) => each !== 'delayed');
      if (outcomes[2] === 'ok') expect((await credentialOf(id)).failures).toBeLessThanOrEqual(4);
      else expect([answered, (await credentialOf(id)).failures]).toEqual([['invalid'], 6]);
    });

    it('serves many right passwords of one user at once', async () => {
      await create('popular');
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcome('popular', PASSWORD)));
      expect(new Set(outcomes)).toEqual(new Set(['ok']));
    });

    it.each(['doomed-user', 'doomed-nobody'])(
      'S-134 S-136 disables the password of %s at 100 failures, not the account',
      async (login) => {
        const id = login === 'doomed-user' ? (await create(login)).id : undefined;
        const table = id ? `credential SET failures = 99 WHERE "userId" = '${id}'` : 'unknown_login SET failures = 99';
        if (!id) await outcome(login, 'wrong');
        await sql(`UPDATE ${table}`, []);
        expect(await outcome(login, 'wrong')).toBe('invalid');
        clock.forward(10_000);
        expect(await outcome(login, PASSWORD)).toBe('disabled');
        if (!id) return;
        expect(await events('account.locked', id)).toHaveLength(1);
        expect((await users.findById(acme.id, id))?.status).toBe('active');
        await users.setPassword(acme, id, 'another quiet tramline');
        expect(await outcome(login, PASSWORD)).toBe('invalid');
        expect(await outcome(login, 'another quiet tramline')).toBe('ok');
        expect(await events('password.changed', id)).toHaveLength(1);
      },
    );

    it('S-134 delays an address after 20 failures in a minute, whoever they were of', async () => {
      await create('neighbour');
      const here = from('2001:db8:1:2:aaaa::1');
      for (let guess = 0; guess < 20; guess += 1)
        expect(await outcome(`nobody-${guess}`, 'x', acme, here)).toBe('invalid');
      const sameNetwork = from('2001:db8:1:2:bbbb::2');
      const result = await passwords.verify(acme, 'neighbour', PASSWORD, sameNetwork);
      expect(result).toMatchObject({ outcome: 'delayed', retryAfterSeconds: expect.any(Number) });
      expect(await outcome('neighbour', PASSWORD, acme, from('2001:db8:1:3::1'))).toBe('ok');
      clock.forward(61);
      expect(await outcome('neighbour', PASSWORD, acme, sameNetwork)).toBe('ok');
    });

    it('does not let in a user who is disabled, and lets them in again', async () => {
      const { id } = await create('paused');
      await users.disable(acme, id);
      expect(await outcome('paused', PASSWORD)).toBe('invalid');
      await users.enable(acme, id);
      expect(await outcome('paused', PASSWORD)).toBe('ok');
      expect(await events('user.changed', id)).toHaveLength(2);
    });

    it('S-132 refuses what the policy refuses, and keeps the old password', async () => {
      const { id } = await create('stubborn');
      const refused = users.setPassword(acme, id, 'stubborn1234567');
      await expect(refused).rejects.toMatchObject({
        kind: 'invalid',
        fields: [{ pointer: '/password', detail: 'personal' }],
      });
      expect(await outcome('stubborn', PASSWORD)).toBe('ok');
    });

    it('costs a sign-in three statements', async () => {
      await create('frugal');
      await outcome('frugal', PASSWORD);
      const sent: string[] = [];
      const stop = database.observe((name) => sent.push(name));
      expect(await outcome('frugal', PASSWORD)).toBe('ok');
      stop();
      expect(sent.sort()).toEqual([
        'database.counter.get',
        'users.password.candidate-by-username',
        'users.password.succeed',
      ]);
    });
  });

  describe('roles', () => {
    const resourceOf = async (tenant: Tenant) =>
      (await sql<{ id: string }>('SELECT id FROM resource WHERE "tenantId" = $1', [tenant.id]))[0]!.id;

    it('gives a new tenant its built-in roles, and only the system tenant those of operators', async () => {
      const system = await module.get(TenantsService).createSystemTenant();
      const names = async (tenant: Tenant) =>
        (await sql<{ name: string }>('SELECT name FROM role WHERE "tenantId" = $1 ORDER BY name', [tenant.id])).map(
          ({ name }) => name,
        );
      const usual = ['administrator', 'application-manager', 'auditor', 'owner', 'user-manager'];
      expect(await names(acme)).toEqual(usual);
      expect(await names(system)).toEqual([...usual, 'operator'].sort());
      const count = async (tenant: Tenant) =>
        (await sql<{ count: number }>('SELECT count(*) FROM permission WHERE "tenantId" = $1', [tenant.id]))[0]!.count;
      expect([await count(acme), await count(system)]).toEqual([34, 39]);
    });

    it('costs a tenant three statements for its roles', async () => {
      const sent: string[] = [];
      const stop = database.observe((name) => sent.push(name));
      await module.get(TenantsService).create({ slug: 'initech', name: 'Initech' });
      stop();
      expect(sent.filter((name) => name.startsWith('users.'))).toHaveLength(3);
    });

    it('tells what a user may do, from memory, and sees a change at once', async () => {
      const [here, { id }] = [
        await resourceOf(acme),
        await users.create(acme, { username: 'auditor', roles: ['auditor'] }),
      ];
      const first = await access.ofUser(acme.id, id, here);
      expect(first.roles).toEqual(['auditor']);
      expect(first.permissions).toContain('users.read');
      expect(first.permissions.filter((key) => !key.endsWith('.read'))).toEqual([]);
      // The news of the user's creation may still be on its way, and would empty the cache again.
      await setTimeout(200);
      await access.ofUser(acme.id, id, here);
      const sent: string[] = [];
      const stop = database.observe((name) => sent.push(name));
      await access.ofUser(acme.id, id, here);
      stop();
      expect(sent).toEqual([]);
      await users.assignRole(acme, id, 'user-manager');
      await users.assignRole(acme, id, 'user-manager');
      expect((await access.ofUser(acme.id, id, here)).permissions).toContain('users.credentials');
      await users.unassignRole(acme, id, 'auditor');
      await users.unassignRole(acme, id, 'user-manager');
      expect(await access.ofUser(acme.id, id, here)).toEqual({ roles: [], permissions: [] });
    });

    it('S-122 leaves a disabled user no right', async () => {
      const [here, { id }] = [
        await resourceOf(acme),
        await users.create(acme, { username: 'leaver', roles: ['owner'] }),
      ];
      expect((await access.ofUser(acme.id, id, here)).permissions).toContain('keys.revoke');
      await users.disable(acme, id);
      expect(await access.ofUser(acme.id, id, here)).toEqual({ roles: [], permissions: [] });
    });

    it('keeps rights within the tenant and within the resource', async () => {
      const { id } = await users.create(acme, { username: 'local', roles: ['owner'] });
      expect(await access.ofUser(globex.id, id, await resourceOf(globex))).toEqual({ roles: [], permissions: [] });
      expect((await access.ofUser(acme.id, id, newId())).permissions).toEqual([]);
      await expect(users.assignRole(globex, id, 'owner')).rejects.toMatchObject({ kind: 'not-found' });
      const role = await sql<{ id: string }>('SELECT id FROM role WHERE "tenantId" = $1', [globex.id]);
      const across = sql(
        'INSERT INTO user_role ("tenantId", "userId", "roleId", "createdAt") VALUES ($1, $2, $3, now())',
        [globex.id, id, role[0]!.id],
      );
      await expect(across).rejects.toThrow('user_role_user');
    });

    it('makes custom permissions and roles, for users and for clients', async () => {
      const api = newId();
      const client = newId();
      await sql(
        `INSERT INTO resource ("tenantId", id, identifier, name, "tokenFormat", algorithm, "includePermissions",
           "includeRoles", "builtIn", "createdAt", "updatedAt")
         VALUES ($1, $2, 'https://api.example.com', 'API', 'jwt', 'ES256', true, true, false, now(), now())`,
        [acme.id, api],
      );
      await sql(
        `INSERT INTO client ("tenantId", id, "clientId", type, name, status, origin, "securityProfile", metadata, "createdAt", "updatedAt")
         VALUES ($1, $2, 'machine', 'machine', 'Machine', 'active', 'admin', 'baseline', '{}', now(), now())`,
        [acme.id, client],
      );
      const keys = ['orders.read', 'orders.write'].map((key) => ({ key, description: key }));
      await roles.createPermissions(acme, api, keys);
      await roles.create(acme, { name: 'clerk', displayName: 'Clerk', permissions: { [api]: ['orders.read'] } });
      const { id } = await users.create(acme, { username: 'clerk', roles: ['clerk'] });
      expect(await access.ofUser(acme.id, id, api)).toEqual({ roles: ['clerk'], permissions: ['orders.read'] });
      await roles.assign(acme, { type: 'client', id: client }, 'clerk');
      expect(await access.ofClient(acme.id, client, api)).toEqual({ roles: ['clerk'], permissions: ['orders.read'] });
      await roles.unassign(acme, { type: 'client', id: client }, 'clerk');
      expect(await access.ofClient(acme.id, client, api)).toEqual({ roles: [], permissions: [] });
      await expect(roles.createPermissions(acme, api, keys)).rejects.toMatchObject({ kind: 'conflict' });
      await expect(roles.createPermissions(globex, api, keys)).rejects.toMatchObject({ kind: 'not-found' });
      const unknown = { name: 'ghost', displayName: 'Ghost', permissions: { [api]: ['orders.delete'] } };
      await expect(roles.create(acme, unknown)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(roles.create(acme, { name: 'owner', displayName: 'Me' })).rejects.toMatchObject({
        kind: 'conflict',
      });
    });
  });
});
