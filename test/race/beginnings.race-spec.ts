import { SetupService } from '@tokenidp/login';
import { type TenancyError, TenantsService } from '@tokenidp/tenancy';
import { type Answer, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { everyRound, Race, RIVALS, ROUNDS } from '../support/race';

jest.setTimeout(300_000);

let race: Race;

beforeAll(async () => {
  race = await Race.start();
});
afterAll(() => race?.close());

async function countRows(from: string): Promise<number> {
  const [row] = await race.idp.database.dataSource.query<[{ count: number }]>(
    `SELECT COUNT(*)::int AS count FROM ${from}`,
  );
  return row.count;
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('RFC 9700 §2 set-up links that are used at both instances at once', () => {
  const OWNERS = `user_role ur JOIN role r ON r."tenantId" = ur."tenantId" AND r.id = ur."roleId" AND r.name = 'owner'`;

  /** What the page of a link would send, if these were typed in. */
  async function formOf(link: string) {
    const page = await new HttpBrowser().open(link);
    const [[, hidden]] = [...page.forms] as [[string, Record<string, string>]];
    const password = 'correct horse battery staple';
    return (username: string, via: { origin: string }): Promise<Answer> => {
      const typed = { username, email: `${username}@example.com`, password, passwordAgain: password };
      return send(`${race.idp.origin}/setup`, { body: new URLSearchParams({ ...hidden, ...typed }), via });
    };
  }

  it(`S-139 make one administrator in each of ${ROUNDS} rounds, though each instance has told a link of its own`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const links = await race.atOnce((instance) => instance.get(SetupService).createLink(), 2);
      const [one, other] = await Promise.all(links.map((link) => formOf(link!)));
      const answers = await race.atOnce((via, rival) =>
        (rival % 4 < 2 ? one! : other!)(`person-${round}-${rival}`, via),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([303, ...times(RIVALS - 1, 410)]);
      expect(await countRows(OWNERS)).toBe(1);
      // As if nobody had been here, for the next round.
      await race.idp.database.dataSource.query('DELETE FROM user_role');
    }
    expect(await countRows(`"user" WHERE username LIKE 'person-%'`)).toBe(ROUNDS);
  });
});

describe('tenants that are created at both instances at once under one name', () => {
  it(`are one tenant with one set of keys and roles, in each of ${ROUNDS} rounds`, async () => {
    const keysBefore = await countRows('signing_key');
    const rolesBefore = await countRows('role');
    await everyRound(async (round) => {
      const slug = `tenant-${round}`;
      const settings = { keys: { algorithms: ['ES256' as const] } };
      const outcomes = await race.atOnce((instance) =>
        instance
          .get(TenantsService)
          .create({ slug, name: slug, settings })
          .then(
            ({ id }) => id,
            (error: TenancyError) => error.code,
          ),
      );
      const created = outcomes.filter((outcome) => outcome !== 'slug-taken');
      expect(created).toHaveLength(1);
      const known = await race.atOnce((instance) => instance.get(TenantsService).findBySlug(slug), 2);
      expect(known.map((tenant) => tenant?.id)).toEqual([created[0], created[0]]);
    });
    expect(await countRows(`tenant WHERE slug LIKE 'tenant-%'`)).toBe(ROUNDS);
    expect((await countRows('signing_key')) - keysBefore).toBe(ROUNDS);
    expect(((await countRows('role')) - rolesBefore) % ROUNDS).toBe(0);
  });
});
