import { ClientMetadataError } from '@tokenidp/clients';
import { Database } from '@tokenidp/database';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { createHash } from 'node:crypto';
import * as openid from 'openid-client';
import { PushDeliveries } from '../../libs/oauth/src/backchannel/push-deliveries';
import { CibaFlow, createAsker, PingReceiver } from '../support/ciba-flow';
import { createApi, createUser } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';

const UNLIMITED = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
const TOKEN = 'a'.repeat(1024);
const HINT = { login_hint: 'ada', client_notification_token: TOKEN };
const CLAIM = 'urn:openid:params:jwt:claim:';

describe('CIBA Core §10.3 pushes', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let receiver: PingReceiver;
  let flow: CibaFlow;

  beforeAll(async () => {
    receiver = await PingReceiver.start();
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: receiver.host } });
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: UNLIMITED, backchannel: { push: true } } });
    ({ user } = await createUser(idp, tenant));
    flow = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant, pushed()));
    await createApi(idp, tenant, [flow.app.client]);
  });

  beforeEach(() => {
    receiver.pings.length = 0;
    receiver.answers = [{ status: 204 }];
  });
  afterEach(() => idp.clock.reset());
  afterAll(async () => {
    await idp?.close();
    await receiver?.close();
  });

  const pushed = () => ({
    backchannel_token_delivery_mode: 'push' as const,
    backchannel_client_notification_endpoint: receiver.url,
  });
  const told = ({ status, json }: { status: number; json: Record<string, unknown> | undefined }) =>
    `${status} ${String(json?.error)}`;
  const ask = async (parameters: Record<string, string> = {}): Promise<string> =>
    String((await flow.ask({ ...HINT, ...parameters })).json?.auth_req_id);
  const bodies = () => receiver.pings.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  const halfHash = (text: string) => createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

  async function arrived(count = 1): Promise<void> {
    await idp.get(PushDeliveries).deliver();
    for (let wait = 0; wait < 100 && receiver.pings.length < count; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('CIBA Core §4 is named in the metadata where the tenant wants it, and nowhere else', async () => {
    const modes = 'backchannel_token_delivery_modes_supported';
    expect(flow.config.serverMetadata()[modes]).toEqual(['poll', 'ping', 'push']);
    const other = await idp.createTenant({ slug: 'other' });
    const there = await CibaFlow.of(idp, other, await createAsker(idp, other));
    expect(there.config.serverMetadata()[modes]).toEqual(['poll', 'ping']);
    await expect(createAsker(idp, other, pushed())).rejects.toThrow(ClientMetadataError);
  });

  it('CIBA Core §10.3.1 the tokens come by themselves, once, and the ID token vouches for them', async () => {
    const asked = await flow.ask({ ...HINT, scope: 'openid email offline_access api.read' });
    expect(asked.json).toEqual({ auth_req_id: expect.stringMatching(/^tbr_/), expires_in: 120 });
    const auth_req_id = String(asked.json?.auth_req_id);
    expect(await flow.decide(auth_req_id)).toBe(true);
    await Promise.all([arrived(), arrived()]);
    expect(receiver.pings).toHaveLength(1);
    expect(receiver.pings[0]!.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
    });
    const [body] = bodies() as [Record<string, string>];
    expect(body).toEqual({
      ...{ auth_req_id, token_type: 'Bearer', expires_in: 300, scope: expect.stringContaining('api.read') },
      ...{ access_token: expect.any(String), refresh_token: expect.any(String), id_token: expect.any(String) },
    });
    const keys = createRemoteJWKSet(new URL(String(flow.config.serverMetadata().jwks_uri)));
    const audience = flow.app.client.client_id;
    const { payload } = await jwtVerify(body.id_token!, keys, { issuer: tenant.issuer, audience });
    expect(payload).toMatchObject({
      ...{ sub: user.id, at_hash: halfHash(body.access_token!) },
      ...{ [`${CLAIM}auth_req_id`]: auth_req_id, [`${CLAIM}rt_hash`]: halfHash(body.refresh_token!) },
    });
    const info = await openid.fetchUserInfo(flow.config, body.access_token!, user.id);
    expect(info).toMatchObject({ sub: user.id, email: 'ada@example.com' });
    expect((await openid.refreshTokenGrant(flow.config, body.refresh_token!)).access_token).toMatch(/./);
  });

  it('CIBA Core §10.3.1 without a refresh token there is no hash of one', async () => {
    await flow.decide(await ask());
    await arrived();
    const [body] = bodies() as [Record<string, string>];
    expect(Object.keys(body).sort()).toEqual([
      ...['access_token', 'auth_req_id', 'expires_in', 'id_token', 'scope', 'token_type'],
    ]);
    const claims = JSON.parse(Buffer.from(body.id_token!.split('.')[1]!, 'base64url').toString()) as object;
    expect(Object.keys(claims)).not.toContain(`${CLAIM}rt_hash`);
  });

  it('CIBA Core §11 the client gets nothing by asking: unauthorized_client, whatever was decided', async () => {
    const auth_req_id = await ask();
    expect(await flow.errorOf(auth_req_id)).toBe('400 unauthorized_client');
    await flow.decide(auth_req_id);
    expect(await flow.errorOf(auth_req_id)).toBe('400 unauthorized_client');
    expect(await flow.errorOf('')).toBe('400 unauthorized_client');
    await arrived();
    expect(receiver.pings).toHaveLength(1);
  });

  it.each(['', 'two words'])('CIBA Core §7.1 needs a token to push with: %j', async (client_notification_token) => {
    expect(told(await flow.ask({ ...HINT, client_notification_token }))).toBe('400 invalid_request');
  });

  it('CIBA Core §12 a no is pushed, too', async () => {
    const auth_req_id = await ask();
    await flow.decide(auth_req_id, 'deny');
    await arrived();
    expect(bodies()).toEqual([{ auth_req_id, error: 'access_denied', error_description: expect.any(String) }]);
  });

  it('CIBA Core §12 that nobody has answered in time is pushed at the end, once, and not before', async () => {
    const auth_req_id = await ask({ requested_expiry: '30' });
    idp.clock.forward(29);
    await idp.get(PushDeliveries).deliver();
    expect(receiver.pings).toHaveLength(0);
    idp.clock.forward(1);
    receiver.answers = [{ status: 503 }, { status: 204 }];
    await Promise.all([arrived(), arrived()]);
    const told = { auth_req_id, error: 'expired_token', error_description: expect.any(String) };
    expect(bodies()).toEqual([told]);
    idp.clock.forward(10);
    await arrived(2);
    expect(bodies()).toEqual([told, told]);
    expect(await flow.decide(auth_req_id)).toBe(false);
    idp.clock.forward(600);
    await idp.get(PushDeliveries).deliver();
    expect(receiver.pings).toHaveLength(2);
  });

  it.each(['allow', 'deny'] as const)('CIBA Core §12 after an answer (%s) its end is not told', async (decision) => {
    const auth_req_id = await ask();
    receiver.answers = [{ status: 503 }];
    await flow.decide(auth_req_id, decision);
    await arrived();
    const [first] = bodies();
    receiver.answers = [{ status: 204 }];
    idp.clock.forward(121);
    await arrived(2);
    await idp.get(PushDeliveries).deliver();
    expect(bodies()).toEqual([first, first]);
    expect(first).toHaveProperty(decision === 'allow' ? 'access_token' : 'error');
  });

  it('CIBA Core §12 what cannot be issued any more is a transaction that failed', async () => {
    const eve = await createUser(idp, tenant, { username: 'eve' });
    const auth_req_id = await ask({ login_hint: 'eve' });
    receiver.answers = [{ status: 500 }];
    // The user goes between the answer and its delivery.
    const pushes = idp.get(PushDeliveries);
    const held = jest.spyOn(pushes, 'wake').mockReturnValue(undefined);
    await flow.decide(auth_req_id);
    await idp.get(UsersService).disable(tenant, eve.user.id);
    held.mockRestore();
    receiver.answers = [{ status: 204 }];
    await arrived();
    expect(bodies()).toEqual([{ auth_req_id, error: 'transaction_failed', error_description: expect.any(String) }]);
  });

  it('CIBA Core §10.3 S-159 what was issued is sent again as it was, and lies nowhere in plain text', async () => {
    receiver.answers = [{ status: 503 }, { status: 204 }];
    const auth_req_id = await ask({ scope: 'openid offline_access' });
    await flow.decide(auth_req_id);
    await arrived();
    const [first] = bodies() as [Record<string, string>];
    const { dataSource } = idp.get(Database);
    for (const table of ['backchannel_request', 'outbox', 'audit_event']) {
      const rows = JSON.stringify(await dataSource.query(`SELECT * FROM "${table}"`));
      for (const secret of [auth_req_id, TOKEN, first.access_token, first.refresh_token, first.id_token]) {
        expect(rows).not.toContain(secret);
      }
    }
    idp.clock.forward(10);
    await arrived(2);
    expect(bodies()).toEqual([first, first]);
    idp.clock.forward(60);
    await arrived(2);
    expect(receiver.pings).toHaveLength(2);
    expect((await openid.refreshTokenGrant(flow.config, first.refresh_token!)).access_token).toMatch(/./);
  });

  it.each([
    ['a body', { status: 200, body: '{"x":1}' }],
    ['401', { status: 401 }],
    ['a redirect', { status: 301, headers: { location: '/elsewhere' } }],
  ])('CIBA Core §10.3 S-162 %s is no reason to send it again', async (_, answer) => {
    receiver.answers = [answer];
    await flow.decide(await ask());
    await arrived();
    idp.clock.forward(30);
    await idp.get(PushDeliveries).deliver();
    expect(receiver.pings).toHaveLength(1);
  });

  it('CIBA Core §13 once the tenant does not want it any more, nobody may ask, and nothing is pushed', async () => {
    const there = await idp.createTenant({
      slug: 'gone',
      settings: { limits: UNLIMITED, backchannel: { push: true } },
    });
    await createUser(idp, there);
    const late = await CibaFlow.of(idp, there, await createAsker(idp, there, pushed()));
    const auth_req_id = String((await late.ask(HINT)).json?.auth_req_id);
    await idp.get(TenantsService).updateSettings(there.id, { backchannel: { push: false } });
    expect(told(await late.ask(HINT))).toBe('400 unauthorized_client');
    expect(await late.decide(auth_req_id)).toBe(true);
    await idp.get(PushDeliveries).deliver();
    expect(receiver.pings).toHaveLength(0);
  });
});
