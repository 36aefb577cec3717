import { clientLike, httpRequestLike, sessionLike, tenant } from '../../test/samples';
import { SignOut } from './sign-out.service';

function world(failing?: string) {
  const done: string[] = [];
  const tx = {};
  const step = (name: string, answer?: unknown) =>
    jest.fn(async (...args: unknown[]) => {
      if (name === failing) throw new Error(name);
      if (!args.includes(tx)) throw new Error(`${name} is not in the transaction`);
      done.push(name);
      return answer;
    });
  const end = step('end');
  const revokeOfSession = step('revoke', 3);
  const record = step('audit');
  const database = {
    transaction: async (work: (within: object) => Promise<void>) => {
      await work(tx);
      done.push('commit');
    },
  };
  const signOut = new SignOut({ end } as never, { revokeOfSession } as never, { record } as never, database as never);
  const reply = {} as never;
  const run = () =>
    signOut.signOut(tenant, sessionLike(), { request: httpRequestLike(), reply, clientId: clientLike().id });
  return { done, end, revokeOfSession, record, reply, run };
}

describe('signing out', () => {
  it('OIDC RP-Initiated Logout §2, OIDC Core §11 ends the session with what was granted in it, and says so', async () => {
    const { done, end, revokeOfSession, record, reply, run } = world();
    await run();
    expect(done).toEqual(['end', 'revoke', 'audit', 'commit']);
    expect(end).toHaveBeenCalledWith(tenant, sessionLike(), reply, {});
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
});
