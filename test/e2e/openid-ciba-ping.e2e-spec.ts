import type { Tenant } from '@tokenidp/tenancy';

import { PingDeliveries } from '../../libs/oauth/src/backchannel/ping-deliveries';
import { CibaFlow, createAsker, PingReceiver } from '../support/ciba-flow';
import { createUser } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';

const UNLIMITED = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
const HINT = { login_hint: 'ada' };

describe('CIBA Core §10.2 pings', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let receiver: PingReceiver;

  beforeAll(async () => {
    receiver = await PingReceiver.start();
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: receiver.host } });
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: UNLIMITED } });
    await createUser(idp, tenant);
  });

  afterEach(() => idp.clock.reset());

  afterAll(async () => {
    await idp?.close();
    await receiver?.close();
  });

  const told = ({ status, json }: { status: number; json: Record<string, unknown> | undefined }) =>
    `${status} ${String(json?.error)}`;

  const TOKEN = 'a'.repeat(1024);
  let pinged: CibaFlow;

  beforeAll(async () => {
    pinged = await CibaFlow.of(
      idp,
      tenant,
      await createAsker(idp, tenant, {
        backchannel_token_delivery_mode: 'ping',
        backchannel_client_notification_endpoint: receiver.url,
      }),
    );
  });

  beforeEach(() => {
    receiver.pings.length = 0;
    receiver.answers = [{ status: 204 }];
  });

  async function askAndDecide(decision: 'allow' | 'deny' = 'allow'): Promise<string> {
    const { auth_req_id } = await pinged.begin({ ...HINT, client_notification_token: TOKEN });
    expect(await pinged.decide(auth_req_id, decision)).toBe(true);
    await idp.get(PingDeliveries).deliver();
    for (let wait = 0; wait < 100 && receiver.pings.length === 0; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return auth_req_id;
  }

  it('CIBA Core §10.2 tells the client, with its own token, exactly which request', async () => {
    const auth_req_id = await askAndDecide();
    expect(receiver.pings).toHaveLength(1);
    expect(JSON.parse(receiver.pings[0]!.body)).toEqual({ auth_req_id });
    expect(receiver.pings[0]!.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
    });
    expect((await pinged.poll(auth_req_id)).status).toBe(200);
  });

  it('CIBA Core §10.2 fapi-ciba-id1-user-rejects-authentication: the client is told of a no, too', async () => {
    const auth_req_id = await askAndDecide('deny');
    expect(receiver.pings).toHaveLength(1);
    expect(await pinged.errorOf(auth_req_id)).toBe('400 access_denied');
  });

  it.each([
    ['response-has-body', { status: 200, body: '{"x":1}' }],
    ['401', { status: 401 }],
    ['403', { status: 403 }],
    ['return-redirect-request', { status: 301, headers: { location: '/elsewhere' } }],
  ])(
    'CIBA Core §10.2 fapi-ciba-id1-ping-backchannel-notification-endpoint-%s: once, and the flow goes on',
    async (_, answer) => {
      receiver.answers = [answer];
      const auth_req_id = await askAndDecide();
      idp.clock.forward(30);
      await idp.get(PingDeliveries).deliver();
      expect(receiver.pings).toHaveLength(1);
      expect((await pinged.poll(auth_req_id)).status).toBe(200);
    },
  );

  it('CIBA Core §10.2 is sent again when something failed on the other side', async () => {
    receiver.answers = [{ status: 503 }, { status: 204 }];
    await askAndDecide();
    idp.clock.forward(10);
    await idp.get(PingDeliveries).deliver();
    expect(receiver.pings).toHaveLength(2);
    idp.clock.forward(60);
    await idp.get(PingDeliveries).deliver();
    expect(receiver.pings).toHaveLength(2);
  });

  it('CIBA Core §10.2 fapi-ciba-id1-ping-with-mtls-backchannel-notification-endpoint-returns-401-and-require-server-does-not-retry', async () => {
    receiver.answers = [{ status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }];
    const auth_req_id = await askAndDecide();
    for (const seconds of [5, 60, 3600]) {
      idp.clock.forward(seconds);
      await idp.get(PingDeliveries).deliver();
    }
    expect(receiver.pings).toHaveLength(1);
    idp.clock.reset();
    expect((await pinged.poll(auth_req_id)).status).toBe(200);
  });

  it.each(['', 'two words', 'x'.repeat(1025)])('CIBA Core §7.1 needs a token to tell with: %j', async (token) => {
    expect(told(await pinged.ask({ ...HINT, client_notification_token: token }))).toBe('400 invalid_request');
  });
});
