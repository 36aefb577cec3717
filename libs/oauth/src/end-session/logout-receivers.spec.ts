import { type GuardedHttpClient, OutboundError } from '@tokenidp/kernel';
import { FixedClock } from '../../test/samples';
import { LogoutReceivers } from './logout-receivers';

const to = ['https://app.example/bye', 'to+ken'] as const;

function world() {
  const clock = new FixedClock();
  const fetch = jest.fn(async (..._args: unknown[]): Promise<unknown> => ({ status: 200 }));
  const receivers = new LogoutReceivers({ fetch } as unknown as GuardedHttpClient, clock);
  const missed = jest.fn();
  const call = (key = 'a') => receivers.call(key, to, missed);
  const fails = (reason: 'timeout' | 'unreachable' | 'refused') =>
    fetch.mockRejectedValueOnce(new OutboundError(reason));
  return { clock, fetch, receivers, missed, call, fails };
}

describe('OIDC Back-Channel Logout §2.5, §2.8 calling a receiver', () => {
  it('posts the token as a form', async () => {
    const { fetch, call } = world();
    await call();
    expect(fetch).toHaveBeenCalledWith(to[0], {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'logout_token=to%2Bken',
      timeoutMs: 5000,
    });
  });

  it.each([
    [200, true],
    [204, true],
    [302, false],
    [400, false],
    [501, false],
  ])('S-128 takes %i for an answer: %s', async (status, isTaken) => {
    const { fetch, call } = world();
    fetch.mockResolvedValueOnce({ status });
    const outcome = await call().then(
      () => 'taken',
      (error: Error) => error.message,
    );
    expect(outcome).toBe(isTaken ? 'taken' : `the receiver answered ${status}`);
  });

  it('rests one that was silent three times in a row, for half a minute', async () => {
    const { clock, receivers, call, fails } = world();
    for (const reason of ['timeout', 'unreachable'] as const) {
      fails(reason);
      await expect(call()).rejects.toThrow();
    }
    expect(receivers.unavailable()).toEqual([]);
    fails('timeout');
    await expect(call()).rejects.toThrow();
    expect(receivers.unavailable()).toEqual(['a']);
    clock.forward(30);
    expect(receivers.unavailable()).toEqual([]);
  });

  it('an answer, even a refusal, ends the silence', async () => {
    const { receivers, call, fails, fetch } = world();
    for (let round = 0; round < 3; round += 1) {
      fails('timeout');
      await expect(call()).rejects.toThrow();
      fetch.mockResolvedValueOnce({ status: 500 });
      await expect(call()).rejects.toThrow();
    }
    expect(receivers.unavailable()).toEqual([]);
  });

  it('lets no more than four calls wait for one receiver, and says when there is room again', async () => {
    const { receivers, call, fetch, missed } = world();
    let answer = (): void => {};
    const open = new Promise<{ status: number }>((resolve) => (answer = () => resolve({ status: 200 })));
    fetch.mockReturnValue(open);
    const calls = [call(), call(), call(), call()];
    expect(receivers.unavailable()).toEqual(['a']);
    expect(missed).not.toHaveBeenCalled();
    answer();
    await Promise.all(calls);
    expect(missed).toHaveBeenCalledTimes(1);
    expect(receivers.unavailable()).toEqual([]);
  });
});
