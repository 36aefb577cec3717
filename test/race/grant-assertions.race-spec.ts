import { ClientsService } from '@tokenidp/clients';
import { API, createApi, createMachine, createUser } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { everyRound, Race, RIVALS, ROUNDS } from '../support/race';
import { OutsideIssuer } from '../support/trusted-issuer';

jest.setTimeout(300_000);

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

describe('RFC 7523 §3 an assertion at both instances at once', () => {
  let race: Race;

  beforeAll(async () => {
    race = await Race.start();
  });
  afterAll(() => race?.close());

  it(`S-056 buys one token in each of ${ROUNDS} rounds, and nothing is left of the others`, async () => {
    const tenant = await race.newTenant('assertions');
    await createUser(race.idp, tenant);
    const { client, secret } = await createMachine(race.idp, tenant, { grant_types: [GRANT] });
    const api = await createApi(race.idp, tenant, [], { tokenFormat: 'opaque' });
    const assigned = { userScopes: ['api.read'], clientScopes: [] };
    await race.idp.get(ClientsService).assign(tenant, client.id, api.id, assigned);
    const outside = await OutsideIssuer.of(race.idp, tenant);
    const authorization = basic(client.client_id, secret);

    await everyRound(async () => {
      const form = { grant_type: GRANT, assertion: await outside.assertion('ada'), resource: API, scope: 'api.read' };
      const answers = await race.atOnce((via) => postForm(`${tenant.issuer}/token`, form, authorization, via));
      const outcomes = answers.map(({ status, json }) => [status, json?.error].join(' ').trim()).sort();
      expect(outcomes).toEqual(['200', ...Array.from({ length: RIVALS - 1 }, () => '400 invalid_grant')]);
    });

    const count = async (from: string): Promise<number> => {
      const sql = `SELECT COUNT(*) AS count FROM ${from} AND "tenantId" = $1`;
      return Number((await race.idp.database.dataSource.query<[{ count: string }]>(sql, [tenant.id]))[0].count);
    };
    expect(await count('"authorization" WHERE true')).toBe(ROUNDS);
    expect(await count('access_token WHERE true')).toBe(ROUNDS);
    expect(await count(`audit_event WHERE event = 'token.issued'`)).toBe(ROUNDS);
  });
});
