import { CibaFlow, createAsker } from '../support/ciba-flow';
import { createDevice, DeviceFlow } from '../support/device-flow';
import { createUser } from '../support/fixtures';
import type { Answer } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { everyRound, LANES, QUICK_TOKENS, Race, RIVALS, ROUNDS } from '../support/race';

jest.setTimeout(900_000);

const outcome = ({ status, json }: Answer): string => (status === 200 ? '200' : `${status} ${String(json?.error)}`);

describe('RFC 8628 §3.4, §3.5 a device code at both instances at once', () => {
  let race: Race;
  let flow: DeviceFlow;
  const browsers: HttpBrowser[] = [];

  beforeAll(async () => {
    race = await Race.start();
    const tenant = await race.newTenant('devices', {
      limits: { userCodesPerAddressPerMinute: 100_000, userCodesPerMinute: 100_000 },
    });
    const { credentials } = await createUser(race.idp, tenant);
    const app = await createDevice(race.idp, tenant, { ...QUICK_TOKENS, refresh: { rotate: true, always: true } });
    flow = await DeviceFlow.of(tenant, app);
    for (let lane = 0; lane < LANES; lane += 1) {
      const browser = new HttpBrowser();
      await flow.approve(browser, (await flow.begin()).user_code, credentials);
      browsers.push(browser);
    }
  });

  afterAll(() => race?.close());

  it(`S-156 buys tokens once in each of ${ROUNDS} rounds, of ${RIVALS} polls at the same instant`, async () => {
    await everyRound(async (_round, lane) => {
      const device = await flow.begin();
      await flow.approve(browsers[lane]!, device.user_code);
      const answers = await race.atOnce((via) => flow.poll(device.device_code, {}, via));
      expect(answers.map(outcome).sort()).toEqual(['200', ...Array<string>(RIVALS - 1).fill('400 invalid_grant')]);
      expect(answers.filter(({ json }) => json?.refresh_token !== undefined)).toHaveLength(1);
    });
  });

  it(`S-158 lets one of ${RIVALS} polls at the same instant wait in peace, and slows the others down`, async () => {
    await everyRound(async () => {
      const device = await flow.begin();
      const answers = await race.atOnce((via) => flow.poll(device.device_code, {}, via));
      expect(answers.map(outcome).sort()).toEqual([
        '400 authorization_pending',
        ...Array<string>(RIVALS - 1).fill('400 slow_down'),
      ]);
    }, 100);
  });

  it('S-157 one of two answers at the same instant counts', async () => {
    await everyRound(async (_round, lane) => {
      const device = await flow.begin();
      const page = await flow.enter(browsers[lane]!, device.user_code);
      const decide = (decision: string) => browsers[lane]!.submit(page, 'consent', { decision });
      const answers = await Promise.all([decide('allow'), decide('deny')]);
      const told = outcome(await flow.poll(device.device_code));
      const ends = answers.map(({ headers, status }) => headers.get('location')?.split('/').pop() ?? String(status));
      expect(['200', '400 access_denied']).toContain(told);
      expect(ends).toContain(told === '200' ? 'done' : 'denied');
      expect(ends).not.toContain(told === '200' ? 'denied' : 'done');
    }, 100);
  });

  it(`S-159 CIBA Core §10.1 an auth_req_id buys tokens once in each of ${ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('askers', {
      limits: { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 },
    });
    await createUser(race.idp, tenant);
    const app = await createAsker(race.idp, tenant, { ...QUICK_TOKENS, refresh: { rotate: false, always: true } });
    const asker = await CibaFlow.of(race.idp, tenant, app);
    await everyRound(async () => {
      const { auth_req_id } = await asker.begin({ login_hint: 'ada' });
      const decided = await Promise.all([asker.decide(auth_req_id), asker.decide(auth_req_id)]);
      expect(decided.sort()).toEqual([false, true]);
      const answers = await race.atOnce((via) => asker.poll(auth_req_id, {}, via));
      expect(answers.map(outcome).sort()).toEqual(['200', ...Array<string>(RIVALS - 1).fill('400 invalid_grant')]);
    });
  });
});
