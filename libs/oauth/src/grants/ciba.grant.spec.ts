import { randomToken } from '@tokenidp/kernel';
import { refusalOf } from '../../test/samples';
import { appLike, tokenRequestLike } from '../../test/token-samples';
import type { PolledExchange, PolledOrder } from '../tokens/polled-exchange.service';
import { CibaGrant } from './ciba.grant';

function setUp() {
  const orders: PolledOrder[] = [];
  const response = { access_token: 'token', token_type: 'Bearer', expires_in: 300 } as const;
  const polled = { exchange: async (order: PolledOrder) => (orders.push(order), response) };
  const grant = new CibaGrant(polled as unknown as PolledExchange);
  return { grant, orders, exchange: (auth_req_id: string) => grant.exchange(tokenRequestLike({ auth_req_id })) };
}

describe('CIBA Core §10.1, §11 redeeming an auth_req_id', () => {
  it('asks for what waits under it', async () => {
    const { exchange, orders } = setUp();
    const code = randomToken('tbr');
    await expect(exchange(code)).resolves.toMatchObject({ access_token: 'token' });
    expect(orders).toMatchObject([
      { table: 'backchannel_request', code, grantType: 'urn:openid:params:grant-type:ciba' },
    ]);
  });

  it('CIBA Core §11 of a client whose tokens are pushed nothing is asked: unauthorized_client', async () => {
    const { grant, orders } = setUp();
    const client = appLike({ backchannel_token_delivery_mode: 'push' });
    const request = tokenRequestLike({ auth_req_id: randomToken('tbr') }, { client });
    await expect(refusalOf(() => grant.exchange(request))).resolves.toBe('unauthorized_client');
    expect(orders).toEqual([]);
  });

  it.each([
    ['', 'invalid_request'],
    ['x', 'invalid_grant'],
    [randomToken('tdc'), 'invalid_grant'],
  ])('S-159 %j is asked of nobody: %s', async (id, error) => {
    const { exchange, orders } = setUp();
    await expect(refusalOf(() => exchange(id))).resolves.toBe(error);
    expect(orders).toEqual([]);
  });
});
