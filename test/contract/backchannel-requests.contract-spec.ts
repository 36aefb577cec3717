import { auditParameters } from '@tokenidp/audit';
import { isUniqueViolation } from '@tokenidp/database';
import { newId, randomToken, sha256 } from '@tokenidp/kernel';
import {
  BackchannelRequestsRepository,
  type NewBackchannelRequest,
} from '../../libs/oauth/src/backchannel/backchannel-requests.repository';
import { ExchangesRepository } from '../../libs/oauth/src/tokens/exchanges.repository';
import { PolledDecisionsRepository } from '../../libs/oauth/src/tokens/polled-decisions.repository';
import { PollsRepository } from '../../libs/oauth/src/tokens/polls.repository';
import { onEveryDatabase } from '../support/contract';
import { later, newRefreshToken, NOW, TokenWorld } from '../support/token-rows';

onEveryDatabase('backchannel requests', (context) => {
  const world = new TokenWorld(() => context.database);
  const table = 'backchannel_request' as const;
  const repository = () => new BackchannelRequestsRepository(context.database);

  beforeAll(() => world.begin());

  const audit = () =>
    auditParameters(
      world.tenantId,
      { event: 'backchannel-request.opened', result: 'success', actor: { type: 'client' } },
      NOW,
    );

  async function open(changes: Partial<NewBackchannelRequest> = {}): Promise<NewBackchannelRequest> {
    const { tenantId, clientId, userId } = world;
    const row = {
      ...{ tenantId, id: newId(), clientId, userId, authReqIdHash: sha256(randomToken('tbr')) },
      ...{ parameters: { client_id: 'till', scope: 'openid' }, bindingMessage: 'W4-SC', notification: null },
      ...{ intervalSeconds: 5, now: NOW, expiresAt: later(120), ...audit(), ...changes },
    };
    await repository().open(row);
    return row;
  }

  const authorization = (now = later(10)) => ({
    ...{ tenantId: world.tenantId, authorizationId: newId(), clientId: world.clientId, userId: world.userId },
    ...{ sessionId: null, scope: 'openid', resources: [], authorizationDetails: undefined, claims: undefined },
    ...{ authTime: NOW, acr: 'one', amr: ['user'], now, ...audit() },
  });

  const approve = (id: string, row = authorization(), database = context.database) =>
    database.transaction((tx) => new PolledDecisionsRepository(database).approve({ table, id }, row, tx));
  const deny = (id: string, now = later(10)) =>
    context.database.transaction((tx) => {
      const audited = { tenantId: world.tenantId, now, ...audit() };
      return new PolledDecisionsRepository(context.database).deny({ table, id }, audited, tx);
    });
  const poll = ({ authReqIdHash: hash }: NewBackchannelRequest, now: Date, clientId = world.clientId) =>
    new PollsRepository(context.database).poll(table, { tenantId: world.tenantId, hash, clientId, now });

  it('CIBA Core §7.3 is written with its audit event, and waits for its user while it lives', async () => {
    const row = await open();
    const { id, clientId, userId, parameters, bindingMessage, notification } = row;
    const pending = {
      ...{ id, clientId, userId, parameters, bindingMessage, notification },
      ...{ createdAt: NOW, expiresAt: later(120) },
    };
    const { tenantId } = world;
    expect(await repository().find(tenantId, id, NOW)).toEqual(pending);
    expect(await repository().findByAuthReqId(tenantId, row.authReqIdHash, NOW)).toEqual(pending);
    expect(await repository().listOfUser(tenantId, userId!, NOW)).toContainEqual(pending);
    expect(await world.count('audit_event', 'id', row.auditId!)).toBe(1);
    expect(await repository().find(tenantId, id, later(120))).toBeNull();
    expect(await repository().findByAuthReqId(tenantId, row.authReqIdHash, later(120))).toBeNull();
    expect(await repository().find(newId(), id, NOW)).toBeNull();
    expect(await repository().findByAuthReqId(newId(), row.authReqIdHash, NOW)).toBeNull();
    expect(await repository().listOfUser(newId(), userId!, NOW)).toEqual([]);
  });

  it('CIBA Core §7.1 lists those of one user, the latest first', async () => {
    const userId = newId();
    await context.database.dataSource.query(`DELETE FROM "backchannel_request"`);
    await open();
    const known = await open({ now: later(1) });
    const latest = await open({ now: later(2) });
    expect((await repository().listOfUser(world.tenantId, world.userId, later(3))).map(({ id }) => id)).toEqual([
      ...[latest.id, known.id],
      expect.any(String),
    ]);
    expect(await repository().listOfUser(world.tenantId, userId, later(3))).toEqual([]);
  });

  it('S-160 one about nobody looks the same to its client, and can be answered by nobody', async () => {
    const row = await open({ userId: null });
    expect(await repository().find(world.tenantId, row.id, NOW)).toBeNull();
    expect(await repository().findByAuthReqId(world.tenantId, row.authReqIdHash, NOW)).toBeNull();
    expect(await poll(row, later(1))).toMatchObject({ id: row.id, state: 'pending', granted: null });
  });

  it('S-159 no two have the same auth_req_id, and nothing is left of the second', async () => {
    const { authReqIdHash } = await open();
    const second = { authReqIdHash, id: newId() };
    const error: unknown = await open(second).catch((failure: unknown) => failure);
    expect(isUniqueViolation(error)).toBe(true);
    expect(await world.count(table, 'id', second.id)).toBe(0);
  });

  it('CIBA Core §7.3 each poll that comes too early makes the interval longer; those of others do not count', async () => {
    const row = await open();
    const interval = async () => (await world.rows(table, 'id', row.id))[0]?.intervalSeconds;
    expect(await poll(row, NOW, newId())).toBeNull();
    expect([(await poll(row, NOW))?.isEarly, await interval()]).toEqual([false, 5]);
    expect([(await poll(row, later(4)))?.isEarly, await interval()]).toEqual([true, 10]);
    expect([(await poll(row, later(14)))?.isEarly, await interval()]).toEqual([false, 10]);
  });

  it('CIBA Core §7 one of several answers at once counts, with its authorization and its audit event', async () => {
    const row = await open();
    const { database } = await context.another();
    const granted = Array.from({ length: 8 }, () => authorization());
    const answers = await Promise.all(granted.map((each, n) => approve(row.id, each, n % 2 ? database : undefined)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    const winner = granted[answers.indexOf(true)]!;
    const written = await Promise.all(
      granted.map(({ authorizationId }) => world.count('authorization', 'id', authorizationId)),
    );
    expect(written.reduce((sum, count) => sum + count)).toBe(1);
    expect(await deny(row.id)).toBe(false);
    expect(await repository().find(world.tenantId, row.id, later(20))).toBeNull();
    expect(await poll(row, later(20))).toMatchObject({
      ...{ state: 'approved', redeemedAt: null },
      granted: {
        scope: 'openid',
        standing: { authorizationId: winner.authorizationId, sessionId: null, stands: true },
      },
    });
  });

  it('CIBA Core §11 is denied, or too late for either answer', async () => {
    const [denied, late] = [await open(), await open()];
    expect(await deny(denied.id)).toBe(true);
    expect(await poll(denied, later(20))).toMatchObject({ state: 'denied', granted: null });
    expect([await approve(late.id, authorization(later(120))), await deny(late.id, later(120))]).toEqual([
      false,
      false,
    ]);
    expect(await poll(late, later(120))).toMatchObject({ state: 'pending', isEarly: false });
  });

  it('S-159 buys tokens once, and only what was approved', async () => {
    const row = await open();
    const granted = authorization();
    const record = (changes = {}) => world.record(granted.authorizationId, { now: later(20), ...changes });
    const redeem = (of = record()) =>
      new ExchangesRepository(context.database).redeemPolled({ table, id: row.id }, of, newRefreshToken());
    expect(await redeem()).toBe(false);
    await approve(row.id, granted);
    expect(await redeem(record({ now: later(120) }))).toBe(false);
    expect(await redeem(record({ tenantId: newId() }))).toBe(false);
    const bought = await Promise.all(Array.from({ length: 4 }, () => redeem()));
    expect(bought.filter(Boolean)).toHaveLength(1);
    expect(await world.count('refresh_token', 'authorizationId', granted.authorizationId)).toBe(1);
  });
});
