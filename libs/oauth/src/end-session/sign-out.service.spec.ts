import { clientLike, httpRequestLike, sessionLike, tenant, user } from '../../test/samples';
import { SignOut } from './sign-out.service';

function world(failing?: string, isLive = true) {
  const done: string[] = [];
  const tx = {};
  const step = (name: string, answer?: unknown) =>
    jest.fn(async (...args: unknown[]) => {
      if (name === failing) throw new Error(name);
      if (!args.includes(tx)) throw new Error(`${name} is not in the transaction`);
      done.push(name);
      return answer;
    });
  const ended = { id: sessionLike().id, userId: user.id, clients: [] };
  const expired = ['one', 'two'].map((id) => ({ ...ended, tenantId: `tenant of ${id}`, id }));
  const end = step('end', isLive ? ended : null);
  const revokeOfSession = step('revoke', 3);
  const record = step('audit');
  const database = {
    transaction: async (work: (within: object) => Promise<unknown>) => {
      const result = await work(tx);
      done.push('commit');
      return result;
    },
  };
  const signOut = new SignOut(
    { end, endExpired: step('endExpired', expired), dropCookies: () => void done.push('cookies') } as never,
    { revokeOfSession } as never,
    { record } as never,
    database as never,
  );
  const reply = {} as never;
  const run = () =>
    signOut.signOut(tenant, sessionLike(), { request: httpRequestLike(), reply, clientId: clientLike().id });
  const expire = (hold = step('hold')) => signOut.expire(2, hold as never);
  return { done, end, revokeOfSession, record, run, expire };
}

describe('signing out', () => {
  it('OIDC RP-Initiated Logout §2, OIDC Core §11 ends the session with what was granted in it, and says so', async () => {
    const { done, end, revokeOfSession, record, run } = world();
    await run();
    expect(done).toEqual(['end', 'revoke', 'audit', 'commit', 'cookies']);
    expect(end).toHaveBeenCalledWith(tenant.id, sessionLike().id, {});
    expect(revokeOfSession).toHaveBeenCalledWith(tenant.id, sessionLike().id, {});
    expect(record.mock.calls[0]).toMatchObject([
      tenant.id,
      {
        event: 'sign-out.succeeded',
        actor: { type: 'user', id: sessionLike().userId },
        clientId: clientLike().id,
        sessionId: sessionLike().id,
        detail: { authorizationsRevoked: 3 },
        request: { requestId: 'request', ip: '192.0.2.1' },
      },
      {},
    ]);
  });

  it.each(['end', 'revoke', 'audit'])('is all or nothing: %s fails', async (failing) => {
    const { done, run } = world(failing);
    await expect(run()).rejects.toThrow(failing);
    expect(done).not.toContain('commit');
  });

  it('a session that somebody else has ended is not told of twice; the browser forgets it all the same', async () => {
    const { done, run } = world(undefined, false);
    expect(await run()).toBeNull();
    expect(done).toEqual(['end', 'commit', 'cookies']);
  });
});

describe('sessions whose time is over', () => {
  it('OIDC Back-Channel Logout §2, §2.7 end as if their users had left, of whatever tenant, under the lease', async () => {
    const { done, revokeOfSession, record, expire } = world();
    expect(await expire()).toBe(2);
    expect(done).toEqual(['hold', 'endExpired', 'revoke', 'audit', 'revoke', 'audit', 'commit']);
    expect(revokeOfSession).toHaveBeenCalledWith('tenant of two', 'two', {});
    expect(record).toHaveBeenCalledWith(
      'tenant of one',
      expect.objectContaining({
        ...{ event: 'sign-out.succeeded', actor: { type: 'system' }, sessionId: 'one' },
        detail: { authorizationsRevoked: 3, reason: 'expired' },
      }),
      {},
    );
  });

  it('whoever has lost the lease ends nothing', async () => {
    const { done, expire } = world('hold');
    await expect(expire()).rejects.toThrow('hold');
    expect(done).toEqual([]);
  });
});
