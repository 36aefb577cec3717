import type { Client } from '@tokenidp/clients';
import { randomToken, sha256 } from '@tokenidp/kernel';
import { NOW, refusalOf } from '../../test/samples';
import {
  appLike,
  AUTHORIZATION_ID,
  issuer,
  SESSION_ID,
  signed,
  standingLike,
  tokenRequestLike,
  type Written,
} from '../../test/token-samples';
import type { ExchangeRecord, ExchangesRepository } from '../tokens/exchanges.repository';
import { PolledExchange } from '../tokens/polled-exchange.service';
import type { Poll, PolledRequest, PolledTable, PollsRepository } from '../tokens/polls.repository';
import type { IssuedRefreshToken, RefreshTokens } from '../tokens/refresh-tokens';
import { UserTokens } from '../tokens/user-tokens';
import { DeviceCodeGrant } from './device-code.grant';

const CODE = randomToken('tdc');
const approved: PolledRequest = {
  id: 'device',
  expiresAt: new Date(NOW.getTime() + 1000),
  redeemedAt: null,
  state: 'approved',
  isEarly: false,
  granted: { scope: 'openid', standing: standingLike() },
};
const pending = { state: 'pending', granted: null } as const;

function setUp(changes: Partial<PolledRequest> = {}, redeems = true) {
  const written: Written[] = [];
  const polled: Poll[] = [];
  const polls = {
    poll: async (_table: PolledTable, poll: Poll) => {
      polled.push(poll);
      return poll.hash === sha256(CODE) ? { ...approved, ...changes } : null;
    },
  };
  const exchanges = {
    redeemPolled: async (polled: { id: string }, record: ExchangeRecord, refresh: unknown) => {
      written.push({ call: 'redeem', record, rest: [polled.id, refresh] });
      return redeems;
    },
  };
  const refreshTokens = {
    mayHave: (_client: Client, scopes: ReadonlySet<string>) => scopes.has('offline_access'),
    first: () => ({ token: 'trt_first', row: { id: 'refresh' } }) as unknown as IssuedRefreshToken,
  };
  const polledExchange = new PolledExchange(
    polls as unknown as PollsRepository,
    exchanges as unknown as ExchangesRepository,
    refreshTokens as unknown as RefreshTokens,
    new UserTokens(issuer),
  );
  const grant = new DeviceCodeGrant(polledExchange);
  const exchange = (device_code = CODE) => grant.exchange(tokenRequestLike({ device_code }));
  return { exchange, written, polled };
}

describe('RFC 8628 §3.4, §3.5, §5.2 redeeming a device code', () => {
  it('answers with tokens, and writes what follows in the call that spends it', async () => {
    const { exchange, written, polled } = setUp();
    const response = await exchange();
    expect(response).toMatchObject({ token_type: 'Bearer', scope: 'openid', id_token: expect.any(String) });
    expect(signed(response.id_token).claims).toMatchObject({ sid: SESSION_ID, amr: ['pwd'] });
    expect(written).toMatchObject([
      { record: { authorizationId: AUTHORIZATION_ID, access: null, now: NOW }, rest: ['device', null] },
    ]);
    expect(polled).toMatchObject([{ hash: sha256(CODE), clientId: appLike().id, now: NOW }]);
  });

  it('gives a refresh token where one was granted', async () => {
    const granted = { scope: 'openid offline_access', standing: standingLike() };
    const { exchange, written } = setUp({ granted });
    await expect(exchange()).resolves.toMatchObject({ refresh_token: 'trt_first' });
    expect(written[0]?.rest).toEqual(['device', { id: 'refresh' }]);
  });

  it.each<[string, Partial<PolledRequest>, string]>([
    ['nobody has decided', pending, 'authorization_pending'],
    ['S-158 nobody has decided, and it asks too often', { ...pending, isEarly: true }, 'slow_down'],
    ['S-158 the time is over', { ...pending, expiresAt: NOW }, 'expired_token'],
    ['S-158 the time is over, though it was approved', { expiresAt: NOW }, 'expired_token'],
    ['S-158 the user said no', { state: 'denied', granted: null }, 'access_denied'],
    ['S-156 it has been spent', { redeemedAt: NOW }, 'invalid_grant'],
    ['what was granted is forgotten', { granted: null }, 'invalid_grant'],
    [
      'S-163 what was granted does not stand any more',
      { granted: { scope: 'openid', standing: standingLike({ stands: false }) } },
      'invalid_grant',
    ],
  ])('when %s: nothing is spent', async (_, device, error) => {
    const { exchange, written } = setUp(device);
    await expect(refusalOf(() => exchange())).resolves.toBe(error);
    expect(written).toEqual([]);
  });

  it('S-156 gives nothing when another request has spent it meanwhile', async () => {
    await expect(refusalOf(() => setUp({}, false).exchange())).resolves.toBe('invalid_grant');
  });

  it.each([
    ['', 'invalid_request'],
    ['x', 'invalid_grant'],
    [randomToken('tac'), 'invalid_grant'],
    [`${CODE.slice(0, -1)}${CODE.endsWith('A') ? 'B' : 'A'}`, 'invalid_grant'],
  ])('S-077 %j is asked of nobody: %s', async (code, error) => {
    const { exchange, polled } = setUp();
    await expect(refusalOf(() => exchange(code))).resolves.toBe(error);
    expect(polled).toEqual([]);
  });

  it('S-156 a code that this client was never given is none', async () => {
    await expect(refusalOf(() => setUp().exchange(randomToken('tdc')))).resolves.toBe('invalid_grant');
  });
});
