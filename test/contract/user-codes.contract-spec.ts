import { UsersError } from '@tokenidp/users';
import { openUsersSuite, type UsersSuite } from '../support/users-suite';
import { usersStatements } from '../support/users-statements';

const CODE = '194857';

describe('user codes', () => {
  let suite: UsersSuite;
  let stored: ReturnType<typeof usersStatements>;

  beforeAll(async () => {
    suite = await openUsersSuite();
    stored = usersStatements(suite.database, suite.acme);
  });

  afterEach(() => suite.clock.reset());

  afterAll(() => suite.close());

  const create = async (username: string, code: string | null = CODE): Promise<string> => {
    const { id } = await suite.users.create(suite.acme, { username });
    if (code !== null) await suite.userCodes.set(suite.acme, id, code);
    return id;
  };
  const verify = (userId: string | null, code: string, { tenant = suite.acme, whom = userId ?? 'nobody' } = {}) =>
    suite.userCodes.verify({ tenant, userId, whom, code, request: suite.from() });

  it('are set, set anew and taken away, and only the last one counts', async () => {
    const id = await create('ada');
    expect(await verify(id, CODE)).toEqual({ outcome: 'ok' });
    await suite.userCodes.set(suite.acme, id, '758493');
    expect(await verify(id, CODE)).toEqual({ outcome: 'invalid' });
    expect(await verify(id, '758493')).toEqual({ outcome: 'ok' });
    expect(await verify(id, '758493', { tenant: suite.globex })).toEqual({ outcome: 'invalid' });
    expect(await suite.userCodes.isSet(suite.acme, id)).toBe(true);
    expect(await suite.userCodes.remove(suite.acme, id)).toBe(true);
    expect(await suite.userCodes.remove(suite.acme, id)).toBe(false);
    expect(await suite.userCodes.isSet(suite.acme, id)).toBe(false);
    expect(await verify(id, '758493')).toEqual({ outcome: 'invalid' });
    expect(await stored.events('factor.added', id)).toHaveLength(2);
    expect(await stored.events('factor.removed', id)).toHaveLength(1);
  });

  it('are refused when they are no codes, or nobody’s, and nothing is written', async () => {
    const id = await create('refused', null);
    for (const code of ['', '12345', '123456', '1 2 3 4']) {
      await expect(suite.userCodes.set(suite.acme, id, code)).rejects.toThrow(UsersError);
    }
    expect(await suite.userCodes.isSet(suite.acme, id)).toBe(false);
    await expect(suite.userCodes.set(suite.globex, id, CODE)).rejects.toThrow(UsersError);
    await expect(suite.userCodes.set(suite.acme, 'nobody', CODE)).rejects.toThrow(UsersError);
    expect(await suite.userCodes.remove(suite.acme, 'nobody')).toBe(false);
  });

  it('S-135 stores no code, and no plain hash of one; it stands beside the password', async () => {
    const id = await create('stored');
    expect((await stored.credential(id)).secret).toMatch(/^one\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await suite.users.setPassword(suite.acme, id, 'tramline quiet fork');
    const signedIn = await suite.passwords.verify(suite.acme, 'stored', 'tramline quiet fork', suite.from());
    expect([signedIn.outcome, (await verify(id, CODE)).outcome]).toEqual(['ok', 'ok']);
    expect((await suite.passwords.verify(suite.acme, 'stored', CODE, suite.from())).outcome).toBe('invalid');
  });

  it.each([
    ['somebody', () => create('guessed')],
    ['somebody without one', () => create('without', null)],
    ['nobody', async () => null],
  ])('S-134 S-136 guessing at that of %s is delayed by 1 s, 2 s, 4 s …', async (_, made) => {
    const id = await made();
    for (let failure = 0; failure < 5; failure += 1) expect(await verify(id, 'wrong!')).toEqual({ outcome: 'invalid' });
    for (const seconds of [1, 2, 4]) {
      expect(await verify(id, CODE)).toEqual({ outcome: 'delayed', retryAfterSeconds: seconds });
      suite.clock.forward(seconds);
      expect(await verify(id, 'wrong!')).toEqual({ outcome: 'invalid' });
    }
  });

  it('S-134 a code that was guessed at a hundred times is of no use until it is set anew', async () => {
    const id = await create('locked');
    await stored.nearlyDisable(id);
    suite.clock.forward(3600);
    expect(await verify(id, 'wrong!')).toEqual({ outcome: 'invalid' });
    suite.clock.forward(3600);
    expect(await verify(id, CODE)).toEqual({ outcome: 'invalid' });
    expect(await stored.events('account.locked', id)).toHaveLength(1);
    await suite.userCodes.set(suite.acme, id, CODE);
    expect(await verify(id, CODE)).toEqual({ outcome: 'ok' });
  });

  it('S-134 of many guesses at once only the free ones are looked at', async () => {
    const id = await create('rushed');
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => verify(id, n === 7 ? CODE : 'wrong!')));
    const { failures } = await stored.credential(id);
    expect(failures).toBeLessThanOrEqual(6);
    expect(answers.filter(({ outcome }) => outcome === 'ok').length).toBeLessThanOrEqual(1);
  });
});
