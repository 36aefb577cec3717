import { REDIRECT_URI } from '../support/fixtures';
import { type Answer, send } from '../support/http';
import { everyRound, Race, RIVALS } from '../support/race';
import { OPEN, Registrar } from '../support/registration';

jest.setTimeout(300_000);

/** Each rival costs a transaction of several statements. */
const DEAR_ROUNDS = 50;

let race: Race;

beforeAll(async () => {
  race = await Race.start();
});
afterAll(() => race?.close());

interface Sent {
  token?: string;
  body: object;
}

function sendTo(url: string, method: string, { token, body }: Sent, via: { origin: string }): Promise<Answer> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  return send(url, { method, headers, body: JSON.stringify(body), via });
}

const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status).sort();

describe('RFC 7591 §3 registrations at both instances at once', () => {
  it(`S-170 an initial access token of one use registers one client, in each of ${DEAR_ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('once', { ...OPEN, registration: { mode: 'token', maxClients: 10_000 } });
    const place = await Registrar.of(race.idp, tenant);
    await everyRound(async () => {
      const token = await place.initialToken();
      const body = { redirect_uris: [REDIRECT_URI] };
      const answers = await race.atOnce((via) => sendTo(place.endpoint, 'POST', { token, body }, via));
      expect(statuses(answers)).toEqual([201, ...Array<number>(RIVALS - 1).fill(401)]);
    }, DEAR_ROUNDS);
  });

  it('S-170 the last place is given to one', async () => {
    const tenant = await race.newTenant('full', { ...OPEN, registration: { mode: 'open', maxClients: 3 } });
    const place = await Registrar.of(race.idp, tenant);
    const body = { redirect_uris: [REDIRECT_URI] };
    const answers = await race.atOnce((via) => sendTo(place.endpoint, 'POST', { body }, via));
    expect(statuses(answers)).toEqual([201, 201, 201, ...Array<number>(RIVALS - 3).fill(403)]);
  });

  it(`S-171 a registration access token makes one update, in each of ${DEAR_ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('updates', { ...OPEN, registration: { mode: 'open', maxClients: 10_000 } });
    const place = await Registrar.of(race.idp, tenant);
    await everyRound(async () => {
      const client = await place.register();
      const body = { client_id: client.client_id, redirect_uris: [REDIRECT_URI], client_name: 'Renamed' };
      const [url, token] = [client.registration_client_uri, client.registration_access_token];
      const answers = await race.atOnce((via) => sendTo(url, 'PUT', { token, body }, via));
      expect(statuses(answers)).toEqual([200, ...Array<number>(RIVALS - 1).fill(401)]);
    }, DEAR_ROUNDS);
  });
});
