import { type AuthenticatedSession, BackchannelDeliveries } from '@tokenidp/oauth';
import { type BrowserCall, SessionsService } from '@tokenidp/login';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { CodeFlow } from '../support/code-flow';
import { createClient, createUser } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { LogoutReceiver } from '../support/logout-receiver';
import { everyRound, QUICK_TOKENS, Race, RIVALS, ROUNDS } from '../support/race';

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

/** A session of its own, without the cost of a password; returns it with the cookie that the browser would have. */
async function newSession(tenant: Tenant, user: User, clientRowId: string) {
  const cookies: string[] = [];
  const reply = { header: (_name: string, value: string) => cookies.push(value) };
  const request = { id: 'race', ip: '127.0.0.1', headers: {} };
  const sessions = race.idp.get(SessionsService);
  const call = { tenant, request, reply } as unknown as BrowserCall;
  const session: AuthenticatedSession = await sessions.begin(call, { user, amr: ['pwd'], current: null });
  await race.idp.database.transaction((tx) => sessions.join(tenant.id, session.id, clientRowId, tx));
  return { session, cookie: cookies[0]!.split(';')[0]! };
}

describe('OIDC Back-Channel Logout §2.5 a session that is ended at both instances at once', () => {
  it(`S-128 its client is told once in each of ${ROUNDS} rounds, whoever delivers it`, async () => {
    const tenant = await race.newTenant('logouts');
    const heard = { ...QUICK_TOKENS, consent: 'implicit' as const };
    const app = await createClient(race.idp, tenant, { ...heard, backchannel_logout_uri: receiver.url('/told') });
    const { user, credentials } = await createUser(race.idp, tenant);
    const flow = await CodeFlow.of(tenant, app);
    const tokens = await flow.tokens(await flow.code(new HttpBrowser(), { credentials }));
    const url = openid.buildEndSessionUrl(flow.config, { id_token_hint: tokens.id_token! });
    const ended: string[] = [];
    await everyRound(async () => {
      const { session, cookie } = await newSession(tenant, user, app.client.id);
      const answers = await race.atOnce((via) => send(url, { headers: { cookie }, via }));
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(RIVALS).fill(200));
      ended.push(session.sid);
      await race.atOnce((via) => via.get(BackchannelDeliveries).deliver());
    });
    const told = (await receiver.tokens('/told', ROUNDS)).map((each) => decodeJwt(each).sid);
    await race.atOnce((via) => via.get(BackchannelDeliveries).deliver(), 2);
    expect(receiver.received).toHaveLength(ROUNDS);
    expect(told.sort()).toEqual(ended.sort());
  });
});
