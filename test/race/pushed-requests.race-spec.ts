import { type Answer, send } from '../support/http';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { type PushingClient, PushingClients } from '../support/pushing-clients';
import { everyRound, LANES, Race, RIVALS, ROUNDS } from '../support/race';

jest.setTimeout(300_000);

let race: Race;
let world: PushingClients;
let app: PushingClient;
let browsers: HttpBrowser[];

const QUICK = { keys: { algorithms: ['ES256' as const] } };

beforeAll(async () => {
  race = await Race.start();
  world = await PushingClients.in(race.idp, { slug: 'pushing', settings: QUICK });
  app = await world.client('ES256', { id_token_signed_response_alg: 'ES256' });
  browsers = Array.from({ length: LANES }, () => new HttpBrowser());
  for (const browser of browsers) await app.callback(await pushedAddress(), browser);
});
afterAll(() => race?.close());

/** Pushed at either instance. */
async function pushedAddress(changes: Record<string, unknown> = {}, via?: { origin: string }): Promise<URL> {
  const { json } = await app.push((await app.asks(changes)).parameters, {}, via);
  return app.address({ request_uri: String(json?.request_uri) });
}

const cookieOf = ({ jar }: HttpBrowser): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

/** `code`: the client was called with one; `used`: a page says that the request is over. */
function outcome({ status, headers }: Answer): string {
  const location = headers.get('location');
  if (location === null) return [400, 410].includes(status) ? 'used' : String(status);
  return new URL(location, 'http://localhost').searchParams.has('code') ? 'code' : location;
}

const outcomes = (answers: readonly Answer[]): string[] => answers.map(outcome).sort();
const ONE_CODE = ['code', ...Array<string>(RIVALS - 1).fill('used')];

async function countRows(from: string): Promise<number> {
  const sql = `SELECT COUNT(*)::int AS count FROM ${from} AND "tenantId" = $1`;
  const [row] = await race.idp.database.dataSource.query<[{ count: number }]>(sql, [world.tenant.id]);
  return row.count;
}

const codes = (): Promise<number> => countRows('authorization_code WHERE TRUE');
const redeemed = (): Promise<number> => countRows('pushed_request WHERE "redeemedAt" IS NOT NULL');

describe('RFC 9126 §4 a pushed request at both instances at once', () => {
  it(`S-111 gives one code where the user is signed in, in each of ${ROUNDS} rounds`, async () => {
    const before = [await codes(), await redeemed()];
    await everyRound(async (round, lane) => {
      const url = await pushedAddress({}, race.instances[round % 2]);
      const headers = { cookie: cookieOf(browsers[lane]!) };
      const answers = await race.atOnce((via) => send(url, { headers, via }));
      expect(outcomes(answers)).toEqual(ONE_CODE);
    });
    expect([await codes(), await redeemed()]).toEqual(before.map((count) => count + ROUNDS));
  });

  it(`S-111 gives one code to eight pages on which the user agrees, in each of 100 rounds`, async () => {
    const before = [await codes(), await redeemed()];
    await everyRound(async (round, lane) => {
      const browser = browsers[lane]!;
      const url = await pushedAddress({ prompt: 'consent' }, race.instances[round % 2]);
      const pages: HttpPage[] = [];
      for (let rival = 0; rival < RIVALS; rival += 1) pages.push(await browser.open(url.href));
      const headers = { cookie: cookieOf(browser) };
      const answers = await race.atOnce((via, rival) => {
        const page = pages[rival]!;
        const [action, hidden] = [...page.forms].find(([each]) => each.endsWith('/consent'))!;
        const body = new URLSearchParams({ ...hidden, decision: 'allow' });
        return send(new URL(action, page.url), { headers, body, via });
      });
      expect(outcomes(answers)).toEqual(ONE_CODE);
    }, 100);
    expect([await codes(), await redeemed()]).toEqual(before.map((count) => count + 100));
  });
});
