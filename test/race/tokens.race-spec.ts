import { AssertingClients } from '../support/asserting-clients';
import type { CodeFlow } from '../support/code-flow';
import { ProofKey, ProofSender } from '../support/dpop';
import { createApi, createClient, createMachine } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import type { HttpBrowser } from '../support/http-browser';
import type { TestIdp } from '../support/idp';
import { everyRound, LANES, QUICK_TOKENS, Race, RIVALS, ROUNDS } from '../support/race';

jest.setTimeout(300_000);

let race: Race;

beforeAll(async () => {
  race = await Race.start();
});
afterAll(() => race?.close());

/** What was answered, in the order of statuses: `200`, or the status and the error. */
const outcomes = (answers: readonly Answer[]): string[] =>
  answers.map(({ status, json }) => [status, json?.error].join(' ').trim()).sort();

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
/** Whether what the winner was given is tried in this round; the others are counted in the database. */
const isTried = (round: number): boolean => round % 10 === 0;

const wonBy = (winners: number, refusal: string): string[] => [
  ...times(winners, '200'),
  ...times(RIVALS - winners, refusal),
];

/** What the winners of a round were given, as a set. */
const given = (answers: readonly Answer[], member: string): string[] => [
  ...new Set(answers.filter(({ status }) => status === 200).map(({ json }) => String(json?.[member]))),
];

async function countRows(from: string, tenantId: string): Promise<number> {
  const [row] = await race.idp.database.dataSource.query<[{ count: string }]>(
    `SELECT COUNT(*) AS count FROM ${from} AND "tenantId" = $1`,
    [tenantId],
  );
  return Number(row.count);
}

/** Authorizations that were taken back. */
const countRevoked = (tenantId: string): Promise<number> =>
  countRows('"authorization" WHERE "revokedAt" IS NOT NULL', tenantId);

const countEvents = (event: string, tenantId: string): Promise<number> =>
  countRows(`audit_event WHERE event = '${event}'`, tenantId);

describe('OAuth 2.1 §4.1.3 a code at both instances at once', () => {
  it(`S-036 S-037 is redeemed once in each of ${ROUNDS} rounds, and what it bought is taken back`, async () => {
    const tenant = await race.newTenant('codes');
    const app = await createClient(race.idp, tenant, { ...QUICK_TOKENS, consent: 'implicit' });
    const { flow, browser } = await race.signedIn(tenant, app);
    await everyRound(async (round) => {
      const code = await flow.code(browser);
      const answers = await race.atOnce((via) => flow.redeem(code, {}, { via }));
      expect(outcomes(answers)).toEqual(wonBy(1, '400 invalid_grant'));
      if (isTried(round)) await expect(flow.isActive(given(answers, 'access_token')[0]!)).resolves.toBe(false);
    });
    expect(await countRevoked(tenant.id)).toBe(ROUNDS);
    expect(await countEvents('token.issued', tenant.id)).toBe(ROUNDS);
    expect(await countEvents('token.reuse-detected', tenant.id)).toBe(ROUNDS);
  });
});

describe('OAuth 2.1 §4.3.1 a refresh token of a public client at both instances at once', () => {
  async function appIn(slug: string, refreshGraceSeconds?: number): Promise<{ flow: CodeFlow; browser: HttpBrowser }> {
    const settings = refreshGraceSeconds === undefined ? {} : { lifetimes: { refreshGraceSeconds } };
    const tenant = await race.newTenant(slug, settings);
    const app = await createClient(race.idp, tenant, {
      ...{ ...QUICK_TOKENS, type: 'spa', token_endpoint_auth_method: 'none' },
      ...{ consent: 'implicit', refresh: { always: true, rotate: true } },
    });
    return race.signedIn(tenant, app);
  }

  /** The refresh token of an authorization of its own. */
  async function newToken({ flow, browser }: { flow: CodeFlow; browser: HttpBrowser }): Promise<string> {
    const answer = await flow.redeem(await flow.code(browser));
    return String(answer.json?.refresh_token);
  }

  /** Neither the successor nor the access token of the family is worth anything. */
  async function expectDead(flow: CodeFlow, answers: readonly Answer[]): Promise<void> {
    const [successor] = given(answers, 'refresh_token');
    expect(outcomes([await flow.refresh(successor!)])).toEqual(['400 invalid_grant']);
    for (const token of given(answers, 'access_token')) {
      const userinfo = await send(`${flow.tenant.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
      expect(userinfo.status).toBe(401);
    }
  }

  it(`S-071 S-072 without a grace is rotated once in each of ${ROUNDS} rounds, and the family ends`, async () => {
    const app = await appIn('strict', 0);
    await everyRound(async (round) => {
      const token = await newToken(app);
      const answers = await race.atOnce((via) => app.flow.refresh(token, {}, { via }));
      expect(outcomes(answers)).toEqual(wonBy(1, '400 invalid_grant'));
      if (isTried(round)) await expectDead(app.flow, answers);
    });
    const { id } = app.flow.tenant;
    expect(await countRows('refresh_token WHERE "parentId" IS NOT NULL', id)).toBe(ROUNDS);
    expect(await countRevoked(id)).toBe(ROUNDS);
    expect(await countEvents('token.reuse-detected', id)).toBe(ROUNDS);
  });

  it(`S-071 S-072 within the grace has one successor, told twice, in each of ${ROUNDS} rounds; the third use ends the family`, async () => {
    const app = await appIn('graceful');
    await everyRound(async (round) => {
      const token = await newToken(app);
      const answers = await race.atOnce((via) => app.flow.refresh(token, {}, { via }));
      expect(outcomes(answers)).toEqual(wonBy(2, '400 invalid_grant'));
      expect(given(answers, 'refresh_token')).toHaveLength(1);
      if (isTried(round)) await expectDead(app.flow, answers);
    });
    const { id } = app.flow.tenant;
    expect(await countRows('refresh_token WHERE "parentId" IS NOT NULL', id)).toBe(ROUNDS);
    expect(await countRevoked(id)).toBe(ROUNDS);
    expect(await countEvents('token.reuse-detected', id)).toBe(ROUNDS);
  });

  it(`S-071 sent twice by an honest client has one successor, in each of ${ROUNDS} generations`, async () => {
    const app = await appIn('honest');
    const tokens = await Promise.all(Array.from({ length: LANES }, () => newToken(app)));
    await everyRound(async (_round, lane) => {
      const token = tokens[lane]!;
      const answers = await race.atOnce((via) => app.flow.refresh(token, {}, { via }), 2);
      expect(outcomes(answers)).toEqual(['200', '200']);
      const [successor, ...others] = given(answers, 'refresh_token');
      expect(others).toEqual([]);
      expect(successor).not.toBe(token);
      tokens[lane] = successor!;
    });
    const { id } = app.flow.tenant;
    expect(await countRows('refresh_token WHERE "parentId" IS NOT NULL', id)).toBe(ROUNDS);
    expect(await countEvents('token.reuse-detected', id)).toBe(0);
  });
});

describe('RFC 9449 §11.1 a DPoP proof at both instances at once', () => {
  it(`S-115 buys one token in each of ${ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('proofs');
    const machine = await createMachine(race.idp, tenant, { dpop_bound_access_tokens: true });
    const sender = new ProofSender(race.idp, tenant.issuer);
    const key = new ProofKey('ES256');
    const headers = basic(machine.client.client_id, machine.secret);
    await everyRound(async () => {
      const dpop = sender.proof('/token', 'POST', { key });
      const form = { grant_type: 'client_credentials' };
      const ask = (via: TestIdp) => postForm(`${tenant.issuer}/token`, form, { ...headers, dpop }, via);
      expect(outcomes(await race.atOnce(ask))).toEqual(wonBy(1, '400 invalid_dpop_proof'));
    });
    expect(await countRows('replay WHERE "expiresAt" IS NOT NULL', tenant.id)).toBe(ROUNDS);
  });
});

describe('RFC 7523 §3 a client assertion at both instances at once', () => {
  it(`S-056 proves the client once in each of ${ROUNDS} rounds`, async () => {
    const tenant = await race.newTenant('assertions', { limits: { clientAuthFailuresPerMinute: 100_000 } });
    const clients = await AssertingClients.of(race.idp, tenant);
    const machine = await clients.signing();
    await createApi(race.idp, tenant, [machine.client]);
    await everyRound(async () => {
      const assertion = await clients.sign(clients.claims(machine));
      const answers = await race.atOnce((via) => clients.present(assertion, { form: { scope: 'api.read' }, via }));
      expect(outcomes(answers)).toEqual(wonBy(1, '401 invalid_client'));
    });
  });
});
