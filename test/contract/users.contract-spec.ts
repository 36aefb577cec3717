import { openUsersSuite, type UsersSuite } from '../support/users-suite';
import { usersStatements } from '../support/users-statements';

describe('users', () => {
  let suite: UsersSuite;
  let stored: ReturnType<typeof usersStatements>;

  beforeAll(async () => {
    suite = await openUsersSuite();
    stored = usersStatements(suite.database, suite.acme);
  });

  afterEach(() => suite.clock.reset());

  afterAll(() => suite.close());

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
    const created = await suite.users.create(suite.acme, input);
    expect(created).toMatchObject({ ...input, tenantId: suite.acme.id, status: 'active' });
    expect(await suite.users.findById(suite.acme.id, created.id)).toEqual(created);
    expect(await stored.events('user.created', created.id)).toHaveLength(1);
  });

  it('S-134 finds one account by name and by e-mail, in whatever case', async () => {
    const { id } = await suite.users.create(suite.acme, { username: 'Ada.King', email: 'Ada@Example.com' });
    for (const login of ['ada.king', 'ADA.KING', 'Ａda.King', 'ada@example.com', 'ADA@EXAMPLE.COM']) {
      expect((await suite.users.findByLogin(suite.acme.id, login))?.id).toBe(id);
    }
    expect(await suite.users.findByLogin(suite.acme.id, 'ada')).toBeNull();
    expect(await suite.users.findByLogin(suite.acme.id, '%')).toBeNull();
    expect(await suite.users.findByLogin(suite.acme.id, 'ada.king\0')).toBeNull();
  });

  it.each([
    [{ username: 'TWIN' }, '/username'],
    [{ username: 'Twin' }, '/username'],
    [{ username: 'other', email: 'TWIN@example.com' }, '/email'],
  ])('refuses %j when another user has it', async (input, pointer) => {
    if (!(await suite.users.findByLogin(suite.acme.id, 'twin'))) {
      await suite.users.create(suite.acme, { username: 'twin', email: 'twin@example.com' });
    }
    await expect(suite.users.create(suite.acme, input)).rejects.toMatchObject({
      kind: 'conflict',
      fields: [{ pointer }],
    });
  });

  it('takes many users without an e-mail address, and one name in two tenants', async () => {
    await suite.users.create(suite.acme, { username: 'no-mail-1' });
    await suite.users.create(suite.acme, { username: 'no-mail-2' });
    const there = await suite.users.create(suite.globex, { username: 'no-mail-1' });
    expect((await suite.users.findByLogin(suite.globex.id, 'no-mail-1'))?.id).toBe(there.id);
    expect((await suite.users.findByLogin(suite.acme.id, 'no-mail-1'))?.id).not.toBe(there.id);
    expect(await suite.users.findById(suite.acme.id, there.id)).toBeNull();
    expect(await suite.users.findById(suite.acme.id, 'no-mail-1')).toBeNull();
  });

  it('S-134 cannot store a name that is the e-mail address of somebody else', async () => {
    const { id } = await suite.users.create(suite.acme, { username: 'mail@example.com', email: 'mail@example.com' });
    await expect(suite.users.update(suite.acme, id, { email: 'new@example.com' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(stored.rename(id, 'x@example.com')).rejects.toThrow('user_one_meaning');
    const both = { username: 'new@example.com', email: 'new@example.com' };
    expect(await suite.users.update(suite.acme, id, both)).toMatchObject({ ...both, emailVerified: false });
  });

  it('notes what was changed, and that another address is not verified', async () => {
    const { id, createdAt } = await suite.users.create(suite.acme, {
      username: 'mover',
      email: 'm1@example.com',
      emailVerified: true,
    });
    suite.clock.forward(5);
    const changed = await suite.users.update(suite.acme, id, { email: 'm2@example.com', claims: { nickname: 'M' } });
    expect(changed).toMatchObject({ email: 'm2@example.com', emailVerified: false, claims: { nickname: 'M' } });
    expect(changed.updatedAt.getTime()).toBeGreaterThan(createdAt.getTime());
    const [event] = await stored.events('user.changed', id);
    expect(Object.keys(event!.detail['after']!).sort()).toEqual(['claims', 'email']);
    expect(await suite.users.update(suite.acme, id, { email: null })).not.toMatchObject({ email: expect.anything() });
    await expect(suite.users.update(suite.globex, id, { locale: 'en' })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('S-122 loses none of several changes at once, a disabling least of all', async () => {
    const { users, acme } = suite;
    const { id } = await users.create(acme, { username: 'busy' });
    const patches = [
      { locale: 'de' },
      { phoneNumber: '+491234567' },
      { claims: { name: 'B' } },
      { email: 'b@example.com' },
    ];
    await Promise.all([...patches.map((patch) => users.update(acme, id, patch)), users.disable(acme, id)]);
    expect(await users.findById(acme.id, id)).toMatchObject({ ...Object.assign({}, ...patches), status: 'disabled' });
  });

  it('writes nothing when a part of it is refused', async () => {
    const input = { username: 'half', password: 'tramline quiet fork', roles: ['no-such-role'] };
    await expect(suite.users.create(suite.acme, input)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await suite.users.findByLogin(suite.acme.id, 'half')).toBeNull();
  });
});
