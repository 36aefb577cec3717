import { Logger } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import type { DeliveryOptions, OutboxMessage } from '@tokenidp/database';
import { clientLike, FixedClock, NOW, sessionLike, tenant, user } from '../../test/samples';
import { FakeAudit } from '../../test/token-samples';
import { BackchannelDeliveries } from './backchannel-deliveries';

const payload = { client_id: 'app', userId: user.id, sessionId: sessionLike().id };
const backchannel_logout_uri = 'https://app.example/bye';

interface Changes {
  client?: Partial<Client> | null;
  fails?: Error;
  attempts?: number;
  /** how long the outbox has something to do */
  until?: Promise<void>;
}

function world({ client = { backchannel_logout_uri }, fails, attempts = 1, until }: Changes = {}) {
  const message: OutboxMessage = {
    tenantId: tenant.id,
    id: 'm',
    topic: 'backchannel-logout',
    key: 'k',
    payload,
    attempts,
  };
  const rounds: DeliveryOptions[] = [];
  const outbox = {
    deliver: async (_topic: string, handler: (each: OutboxMessage) => Promise<void>, options: DeliveryOptions) => {
      rounds.push(options);
      await until;
      await handler(message);
    },
  };
  const logoutToken = jest.fn(async (..._args: unknown[]) => 'eyJ.logout.token');
  const call = jest.fn(async (..._args: unknown[]) => {
    if (fails) throw fails;
  });
  const audit = new FakeAudit();
  const deliveries = new BackchannelDeliveries(
    outbox as never,
    { findById: async () => tenant } as never,
    { find: async () => client && clientLike(client) } as never,
    { logoutToken } as never,
    { call, unavailable: () => ['busy'] } as never,
    audit as never,
    new FixedClock(),
  );
  return { deliveries, rounds, logoutToken, call, audit };
}

describe('OIDC Back-Channel Logout §2.4, §2.5, §2.7 a logout on its way', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();

  beforeEach(() => warn.mockClear());

  afterAll(() => warn.mockRestore());

  it('S-128 is told with a token that is made now, and passes over who is not to be called', async () => {
    const { deliveries, rounds, logoutToken, call } = world();
    await deliveries.deliver();
    expect(logoutToken).toHaveBeenCalledWith(expect.objectContaining({ ...payload, tenant, now: NOW }));
    expect(call).toHaveBeenCalledWith('k', [backchannel_logout_uri, 'eyJ.logout.token'], expect.any(Function));
    expect(rounds[0]!.passOver!()).toEqual(['busy']);
  });

  it.each([
    ['has no such address any more', {}],
    ['is gone', null],
  ])('is dropped when its client %s', async (_title, client) => {
    const { deliveries, call } = world({ client });
    await deliveries.deliver();
    expect(call).not.toHaveBeenCalled();
  });

  it.each([
    [9, 0],
    [10, 1],
  ])('after attempt %i that fails, the audit trail has %i events; the log has no token', async (attempts, events) => {
    const { deliveries, audit } = world({ fails: new Error('the receiver answered 500'), attempts });
    await expect(deliveries.deliver()).rejects.toThrow('the receiver answered 500');
    expect(audit.events).toHaveLength(events);
    expect(JSON.stringify([audit.events, warn.mock.calls])).not.toContain('eyJ');
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`(attempt ${attempts}): the receiver answered 500`));
  });

  it('begins no more than 32 runs at once, one more when a wish came meanwhile, and none once it is closing', async () => {
    let end = (): void => {};
    const { deliveries, rounds } = world({ until: new Promise((resolve) => (end = resolve)) });
    for (let wish = 0; wish < 40; wish += 1) deliveries.wake();
    expect(rounds).toHaveLength(32);
    end();
    await new Promise(setImmediate);
    expect(rounds).toHaveLength(33);
    await deliveries.beforeApplicationShutdown();
    deliveries.wake();
    expect(rounds).toHaveLength(33);
    expect(rounds[0]!.signal!.aborted).toBe(true);
  });
});
