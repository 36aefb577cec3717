import { auditParameters } from '@tokenidp/audit';
import { isUniqueViolation } from '@tokenidp/database';
import { newId, randomToken, sha256 } from '@tokenidp/kernel';
import {
  DeviceAuthorizationsRepository,
  type NewDeviceAuthorization,
} from '../../libs/oauth/src/device/device-authorizations.repository';
import { type ExchangeRecord, ExchangesRepository } from '../../libs/oauth/src/tokens/exchanges.repository';
import { PolledDecisionsRepository } from '../../libs/oauth/src/tokens/polled-decisions.repository';
import { PollsRepository } from '../../libs/oauth/src/tokens/polls.repository';
import type { NewRefreshToken } from '../../libs/oauth/src/tokens/refresh-tokens';
import { onEveryDatabase } from '../support/contract';
import { later, newRefreshToken, NOW, TokenWorld } from '../support/token-rows';

onEveryDatabase('device authorizations', (context) => {
  const world = new TokenWorld(() => context.database);
  const table = 'device_authorization' as const;
  const repository = (database = context.database) => new DeviceAuthorizationsRepository(database);
  const polls = (database = context.database) => new PollsRepository(database);

  beforeAll(() => world.begin());

  const audit = () =>
    auditParameters(
      world.tenantId,
      { event: 'device-request.opened', result: 'success', actor: { type: 'user' } },
      NOW,
    );

  async function open(changes: Partial<NewDeviceAuthorization> = {}): Promise<NewDeviceAuthorization> {
    const { tenantId, clientId } = world;
    const row = {
      ...{ tenantId, id: newId(), clientId, deviceCodeHash: sha256(randomToken('tdc')), userCodeHash: newId() },
      ...{ parameters: { client_id: 'tv', scope: 'openid', resource: ['https://a.example'] }, ip: '192.0.2.1' },
      ...{ intervalSeconds: 5, now: NOW, expiresAt: later(600), ...audit(), ...changes },
    };
    await repository().open(row);
    return row;
  }

  const authorization = () => ({
    ...{ tenantId: world.tenantId, authorizationId: newId(), clientId: world.clientId, userId: world.userId },
    ...{
      sessionId: newId(),
      scope: 'openid',
      resources: [],
      authorizationDetails: undefined,
      claims: undefined,
      authTime: NOW,
      acr: 'one',
    },
    ...{ amr: ['pwd'], now: later(10), ...audit() },
  });

  const approve = (id: string, row = authorization(), database = context.database) =>
    database.transaction((tx) => new PolledDecisionsRepository(database).approve({ table, id }, row, tx));
  const deny = (id: string, now = later(10)) =>
    context.database.transaction((tx) =>
      new PolledDecisionsRepository(context.database).deny(
        { table, id },
        { tenantId: world.tenantId, now, ...audit() },
        tx,
      ),
    );
  const poll = ({ deviceCodeHash: hash }: NewDeviceAuthorization, now: Date, clientId = world.clientId) =>
    polls().poll('device_authorization', { tenantId: world.tenantId, hash, clientId, now });

  it('RFC 8628 §3.2 is written with its audit event, and found by its user code while it lives', async () => {
    const row = await open();
    const { tenantId } = world;
    const find = (now: Date, tenant = tenantId) => repository().findByUserCode(tenant, row.userCodeHash, now);
    expect(await find(NOW)).toEqual({
      ...{ id: row.id, clientId: row.clientId, parameters: row.parameters, ip: row.ip },
      ...{ createdAt: NOW, expiresAt: later(600) },
    });
    expect(await world.count('audit_event', 'id', row.auditId!)).toBe(1);
    expect(await find(later(600))).toBeNull();
    expect(await find(NOW, newId())).toBeNull();
    expect(await repository().find(tenantId, row.id, NOW)).toMatchObject({ id: row.id });
    expect(await repository().find(newId(), row.id, NOW)).toBeNull();
  });

  it('RFC 8628 §6.1 no two have the same code, and nothing is left of the second', async () => {
    const { userCodeHash } = await open();
    const second = { userCodeHash, id: newId() };
    const error: unknown = await open(second).catch((failure: unknown) => failure);
    expect(isUniqueViolation(error)).toBe(true);
    expect(await world.count('device_authorization', 'id', second.id)).toBe(0);
  });

  it('RFC 8628 §3.5 S-158 each poll that comes too early makes the interval longer', async () => {
    const row = await open();
    const isEarly = async (seconds: number) => (await poll(row, later(seconds)))?.isEarly;
    const interval = async () => (await world.rows('device_authorization', 'id', row.id))[0]?.intervalSeconds;
    expect([await isEarly(0), await isEarly(5), await interval()]).toEqual([false, false, 5]);
    expect([await isEarly(9), await interval()]).toEqual([true, 10]);
    expect([await isEarly(18), await interval()]).toEqual([true, 15]);
    expect([await isEarly(33), await interval()]).toEqual([false, 15]);
  });

  it('RFC 8628 §3.5 S-158 of many polls at one instant all but the first are too early, and all count', async () => {
    const row = await open();
    const { database } = await context.another();
    const key = { tenantId: world.tenantId, hash: row.deviceCodeHash, clientId: world.clientId, now: NOW };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => polls(n % 2 ? database : undefined).poll('device_authorization', key)),
    );
    expect(answers.filter((answer) => answer?.isEarly === false)).toHaveLength(1);
    expect(await world.rows('device_authorization', 'id', row.id)).toMatchObject([{ intervalSeconds: 40 }]);
  });

  it('S-156 is nothing to another client or tenant, whose polls do not count', async () => {
    const row = await open();
    expect(await poll(row, NOW, newId())).toBeNull();
    const { deviceCodeHash: hash } = row;
    expect(
      await polls().poll('device_authorization', { tenantId: newId(), hash, clientId: world.clientId, now: NOW }),
    ).toBeNull();
    expect(await world.rows('device_authorization', 'id', row.id)).toMatchObject([{ polledAt: null }]);
  });

  it('RFC 8628 §3.3 is approved once, with the authorization and the audit event', async () => {
    const row = await open();
    const granted = authorization();
    expect(await approve(row.id, granted)).toBe(true);
    expect(await world.count('audit_event', 'id', granted.auditId!)).toBe(1);
    const late = authorization();
    expect([await approve(row.id, late), await deny(row.id)]).toEqual([false, false]);
    expect(await world.count('authorization', 'id', late.authorizationId)).toBe(0);
    expect(await world.count('audit_event', 'id', late.auditId!)).toBe(0);
    expect(await poll(row, later(20))).toMatchObject({
      ...{ id: row.id, state: 'approved', isEarly: false, redeemedAt: null },
      granted: { scope: 'openid', standing: { authorizationId: granted.authorizationId, stands: true } },
    });
  });

  it('RFC 8628 §3.3 one of several answers at once counts', async () => {
    const row = await open();
    const { database } = await context.another();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => approve(row.id, authorization(), n % 2 ? database : undefined)),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('RFC 8628 §3.5 is denied, or too late for either answer', async () => {
    const [denied, late] = [await open(), await open()];
    expect(await deny(denied.id)).toBe(true);
    expect(await poll(denied, later(20))).toMatchObject({ state: 'denied', granted: null });
    expect(await approve(late.id, { ...authorization(), now: later(600) })).toBe(false);
    expect(await deny(late.id, later(600))).toBe(false);
    expect(await poll(late, later(600))).toMatchObject({ state: 'pending', isEarly: false });
  });

  it('S-156 buys tokens once, and only what was approved', async () => {
    const row = await open();
    const granted = authorization();
    const record = () => world.record(granted.authorizationId, { now: later(20) });
    const redeem = (of: ExchangeRecord, refresh: NewRefreshToken | null) =>
      new ExchangesRepository(context.database).redeemPolled({ table, id: row.id }, of, refresh);
    expect(await redeem(record(), null)).toBe(false);
    await approve(row.id, granted);
    const late = { ...record(), now: later(600) };
    expect(await redeem(late, null)).toBe(false);
    expect(await redeem({ ...record(), tenantId: newId() }, null)).toBe(false);
    expect(await redeem(record(), newRefreshToken())).toBe(true);
    expect(await redeem(record(), newRefreshToken())).toBe(false);
    expect(await world.count('refresh_token', 'authorizationId', granted.authorizationId)).toBe(1);
    expect(await poll(row, later(30))).toMatchObject({ redeemedAt: later(20) });
  });
});
