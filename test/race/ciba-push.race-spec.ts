import { SchedulerRegistry } from '@nestjs/schedule';
import { TenantsService } from '@tokenidp/tenancy';
import { BackchannelRequestsRepository } from '../../libs/oauth/src/backchannel/backchannel-requests.repository';
import { ClientNotifications } from '../../libs/oauth/src/backchannel/client-notifications';
import { PUSH, PushDeliveries } from '../../libs/oauth/src/backchannel/push-deliveries';
import { PushedTokens } from '../../libs/oauth/src/backchannel/pushed-tokens.service';
import { CibaFlow, createAsker, PingReceiver } from '../support/ciba-flow';
import { createUser } from '../support/fixtures';
import type { TestIdp } from '../support/idp';
import { everyRound, QUICK_TOKENS, Race, RIVALS, ROUNDS } from '../support/race';

jest.setTimeout(300_000);

describe('CIBA Core §10.3 a push at both instances at once', () => {
  let race: Race;
  let receiver: PingReceiver;
  let flow: CibaFlow;

  beforeAll(async () => {
    receiver = await PingReceiver.start();
    race = await Race.start({ OUTBOUND_ALLOWED_HOSTS: receiver.host });
    const limits = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
    const tenant = await race.newTenant('pushed', { limits, backchannel: { push: true } });
    await createUser(race.idp, tenant);
    const app = await createAsker(race.idp, tenant, {
      ...{ ...QUICK_TOKENS, refresh: { rotate: false, always: true } },
      backchannel_token_delivery_mode: 'push',
      backchannel_client_notification_endpoint: receiver.url,
    });
    flow = await CibaFlow.of(race.idp, tenant, app);
    // Each round says itself when it is delivered.
    for (const { get } of race.instances) {
      jest.spyOn(get(PushDeliveries), 'wake').mockReturnValue(undefined);
      await get(SchedulerRegistry).getCronJob(PUSH).stop();
    }
  });

  afterAll(async () => {
    await race?.close();
    await receiver?.close();
  });

  async function answered(): Promise<string> {
    const { json } = await flow.ask({ login_hint: 'ada', client_notification_token: 'token' });
    expect(await flow.decide(String(json?.auth_req_id))).toBe(true);
    return String(json?.auth_req_id);
  }

  /** The tokens, or how it was told that there are none for it. */
  async function redeem(instance: TestIdp, auth_req_id: string, id: string): Promise<unknown> {
    const tenant = (await instance.get(TenantsService).findById(flow.tenant.id))!;
    const sealed = await instance.get(BackchannelRequestsRepository).findNotification(tenant.id, id);
    const notification = instance.get(ClientNotifications).open({ tenantId: tenant.id, id }, sealed!);
    expect(notification.auth_req_id).toBe(auth_req_id);
    const order = { tenant, client: flow.app.client, id, notification };
    return instance
      .get(PushedTokens)
      .redeem(order)
      .catch((error: Error) => error.message);
  }

  it(`S-159 tokens are issued once in each of ${ROUNDS} rounds, of ${RIVALS} that issue at the same instant`, async () => {
    await everyRound(async () => {
      const { json } = await flow.ask({ login_hint: 'ada', client_notification_token: 'token' });
      const auth_req_id = String(json?.auth_req_id);
      const id = (await flow.find(auth_req_id))!;
      await flow.decide(auth_req_id);
      const answers = await race.atOnce((instance) => redeem(instance, auth_req_id, id));
      const issued = answers.filter((each) => typeof each === 'object' && each !== null);
      expect(issued).toEqual([expect.objectContaining({ auth_req_id, refresh_token: expect.any(String) })]);
    });
    await race.idp.get(PushDeliveries).deliver();
  });

  it('CIBA Core §10.3 and sent once, whichever instance is the first to look', async () => {
    receiver.pings.length = 0;
    const ids: string[] = [];
    for (let n = 0; n < 10; n += 1) ids.push(await answered());
    await race.atOnce((instance) => instance.get(PushDeliveries).deliver());
    const told = receiver.pings.map(({ body }) => (JSON.parse(body) as { auth_req_id: string }).auth_req_id);
    expect(told.sort()).toEqual(ids.sort());
  });
});
