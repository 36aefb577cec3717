import { sessionLike, tenant, user } from '../../test/samples';
import { BackchannelLogouts } from './backchannel-logouts';

const client = (client_id: string, isBackchannel: boolean) => ({ client_id, isBackchannel });

async function told(...clients: ReturnType<typeof client>[]) {
  const enqueue = jest.fn(async (..._args: unknown[]) => {});
  const wake = jest.fn();
  const hooks: (() => void)[] = [];
  const tx = { afterCommit: (hook: () => void) => hooks.push(hook) };
  const logouts = new BackchannelLogouts({ enqueue } as never, { wake } as never);
  await logouts.sessionEnded(tenant.id, { id: sessionLike().id, userId: user.id, clients }, tx as never);
  return { enqueue, wake, hooks, tx };
}

describe('OIDC Back-Channel Logout §2.5 the end of a session', () => {
  it('is written down for each client that wants to hear, with the end itself, and delivered after it', async () => {
    const { enqueue, wake, hooks, tx } = await told(client('a', true), client('b', false), client('c', true));
    const payload = { userId: user.id, sessionId: sessionLike().id };
    expect(enqueue.mock.calls).toEqual(
      ['a', 'c'].map((client_id) => [
        {
          tenantId: tenant.id,
          topic: 'backchannel-logout',
          key: `${tenant.id} ${client_id}`,
          payload: { ...payload, client_id },
        },
        tx,
      ]),
    );
    expect(wake).not.toHaveBeenCalled();
    hooks.forEach((hook) => hook());
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('wakes nobody when nobody wants to hear', async () => {
    const { enqueue, hooks } = await told(client('b', false));
    expect([enqueue.mock.calls, hooks]).toEqual([[], []]);
  });
});
