import { type BrowserCall, SessionExpiry, SessionsService } from '@tokenidp/login';
import { BackchannelDeliveries } from '@tokenidp/oauth';
import { decodeJwt } from 'jose';
import { createClient, createUser } from '../support/fixtures';
import { LogoutReceiver } from '../support/logout-receiver';
import { QUICK_TOKENS, Race } from '../support/race';

/** More than one batch of the job. */
const SESSIONS = 230;

let receiver: LogoutReceiver;
let race: Race;

beforeAll(async () => {
  receiver = await LogoutReceiver.start();
  race = await Race.start({ OUTBOUND_ALLOWED_HOSTS: receiver.host });
});

afterAll(async () => {
  await race?.close();
  await receiver?.close();
});

describe('OIDC Back-Channel Logout §2 sessions that end by themselves, looked for by two instances at once', () => {
  it(`S-121 S-128 the client of each of ${SESSIONS} is told once`, async () => {
    const tenant = await race.newTenant('expiry');
    const metadata = { ...QUICK_TOKENS, backchannel_logout_uri: receiver.url('/told') };
    const { client } = await createClient(race.idp, tenant, metadata);
    const { user } = await createUser(race.idp, tenant);
    const sessions = race.idp.get(SessionsService);
    const begun: string[] = [];
    for (let at = 0; at < SESSIONS; at += 1) {
      const reply = { header: () => undefined };
      const call = { tenant, request: { id: 'race', ip: '127.0.0.1', headers: {} }, reply } as unknown as BrowserCall;
      const { id, sid } = await sessions.begin(call, { user, amr: ['pwd'], current: null });
      await race.idp.database.transaction((tx) => sessions.join(tenant.id, id, client.id, tx));
      begun.push(sid);
    }
    const expire = () => race.atOnce((via) => via.get(SessionExpiry).run(), 6);
    await expire();
    expect(await sessions.list(tenant.id, user.id)).toHaveLength(SESSIONS);
    race.idp.clock.forward(tenant.settings.lifetimes.sessionIdleSeconds + 1);
    await expire();
    const told = (await receiver.tokens('/told', SESSIONS)).map((token) => decodeJwt(token).sid);
    await expire();
    await race.atOnce((via) => via.get(BackchannelDeliveries).deliver(), 2);
    expect(receiver.received).toHaveLength(SESSIONS);
    expect(told.sort()).toEqual(begun.sort());
  });
});
