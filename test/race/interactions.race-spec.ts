import type { Tenant } from '@tokenidp/tenancy';
import { CodeFlow } from '../support/code-flow';
import { createClient, createUser, REDIRECT_URI } from '../support/fixtures';
import { type Answer, send } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { everyRound, LANES, Race, RIVALS, ROUNDS } from '../support/race';

jest.setTimeout(300_000);

/** Each rival costs a password hash, or the round an app of its own. */
const DEAR_ROUNDS = 20;

let race: Race;

beforeAll(async () => {
  race = await Race.start();
});
afterAll(() => race?.close());

/** A form as this browser sends it, to any instance. */
function formOf(browser: HttpBrowser, page: HttpPage, step: string, typed: Record<string, string>) {
  const [action, hidden] = [...page.forms].find(([each]) => each.endsWith(`/${step}`))!;
  const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const url = new URL(action, page.url);
  return (via: { origin: string }): Promise<Answer> =>
    send(url, { headers: { cookie }, body: new URLSearchParams({ ...hidden, ...typed }), via });
}

/** `code`: the client was called with one; `used`: the page says that the interaction is over. */
function outcome({ status, headers }: Pick<Answer, 'status' | 'headers'>): string {
  const location = headers.get('location');
  if (location === null) return [400, 410].includes(status) ? 'used' : String(status);
  return location.startsWith(REDIRECT_URI) && new URL(location).searchParams.has('code') ? 'code' : location;
}

const outcomes = (answers: readonly Pick<Answer, 'status' | 'headers'>[]): string[] => answers.map(outcome).sort();
const ONE_CODE = ['code', ...Array<string>(RIVALS - 1).fill('used')];
const ALL_CODES = Array<string>(RIVALS).fill('code');

async function countRows(table: string, tenant: Tenant): Promise<number> {
  const sql = `SELECT COUNT(*)::int AS count FROM "${table}" WHERE "tenantId" = $1`;
  const [row] = await race.idp.database.dataSource.query<[{ count: number }]>(sql, [tenant.id]);
  return row.count;
}

function copyOf(browser: HttpBrowser): HttpBrowser {
  const copy = new HttpBrowser();
  for (const [name, value] of browser.jar) copy.jar.set(name, value);
  return copy;
}

describe('OAuth 2.1 §4.1.2 an interaction that is answered at both instances at once', () => {
  it(`S-036 gives one code for consent that is given eight times, in each of ${ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('consents');
    const { flow, browser } = await race.signedIn(tenant, await createClient(race.idp, tenant));
    const people = Array.from({ length: LANES }, () => copyOf(browser));
    await everyRound(async (_round, lane) => {
      const person = people[lane]!;
      const page = await person.open((await flow.request({ prompt: 'consent' })).url.href);
      const answers = await race.atOnce(formOf(person, page, 'consent', { decision: 'allow' }));
      expect(outcomes(answers)).toEqual(ONE_CODE);
    });
    // One was for the sign-in.
    expect(await countRows('authorization_code', tenant)).toBe(ROUNDS + 1);
    expect(await countRows('consent', tenant)).toBe(1);
  });

  it(`S-036 gives one code for a password that is sent eight times, in each of ${DEAR_ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('passwords');
    const flow = await CodeFlow.of(tenant, await createClient(race.idp, tenant, { consent: 'implicit' }));
    const { credentials } = await createUser(race.idp, tenant);
    for (let round = 0; round < DEAR_ROUNDS; round += 1) {
      const person = new HttpBrowser();
      const page = await person.open((await flow.request()).url.href);
      const answers = await race.atOnce(formOf(person, page, 'login', { ...credentials }));
      expect(outcomes(answers)).toEqual(ONE_CODE);
    }
    expect(await countRows('authorization_code', tenant)).toBe(DEAR_ROUNDS);
  });

  it(`gives a code to each of eight tabs of an app that is new to the person, in each of ${DEAR_ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('tabs');
    const { browser } = await race.signedIn(tenant, await createClient(race.idp, tenant));
    for (let round = 0; round < DEAR_ROUNDS; round += 1) {
      const flow = await CodeFlow.of(tenant, await createClient(race.idp, tenant));
      const forms: ReturnType<typeof formOf>[] = [];
      for (let tab = 0; tab < RIVALS; tab += 1) {
        const page = await browser.open((await flow.request()).url.href);
        forms.push(formOf(browser, page, 'consent', { decision: 'allow' }));
      }
      const answers = await race.atOnce((via, rival) => forms[rival]!(via));
      // A tab that came after another one's answer is sent to its page, which has nothing to ask any more.
      const onward = answers.filter((answer) => outcome(answer).startsWith('/t/tabs/interaction/'));
      const pages = await Promise.all(onward.map((each) => browser.open(race.idp.origin + outcome(each))));
      const direct = answers.filter((answer) => !onward.includes(answer));
      expect(outcomes([...direct, ...pages])).toEqual(ALL_CODES);
    }
    expect(await countRows('authorization_code', tenant)).toBe(DEAR_ROUNDS * RIVALS + 1);
    expect(await countRows('consent', tenant)).toBe(DEAR_ROUNDS + 1);
    expect(await countRows('session_client', tenant)).toBe(DEAR_ROUNDS + 1);
  });
});
