import { SchedulerRegistry } from '@nestjs/schedule';
import { KEY_REWRAP_JOB, KEY_ROTATION_JOB } from '@tokenidp/keys';
import type { MasterKey } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { KeysSuite, newMasterKey, openKeysInstance } from '../support/keys-suite';

const DAY = 86_400;
const LEAD = DAY + 300;

let suite: KeysSuite;
let tenant: Tenant;

beforeAll(async () => {
  suite = await KeysSuite.open();
});

afterAll(() => suite.close());

beforeEach(async () => {
  suite.clock.reset();
  tenant = await suite.newTenant('ES256');
});

describe('KeyRotationService', () => {
  it('asks one question when nothing is due', async () => {
    const statements = await suite.statementsOf(() => suite.idp.rotation.tick());
    expect(statements).toEqual(['keys.signing-key.due']);
  });

  it('S-099 publishes, activates, keeps and retires a key at its time, and wipes the private part', async () => {
    const [first] = await suite.stored(tenant);
    suite.clock.forward(90 * DAY - LEAD - 60);
    await suite.idp.rotation.tick();
    expect(await suite.states(tenant)).toEqual(['ES256 current']);
    suite.clock.forward(60);
    await suite.idp.rotation.tick();
    expect(await suite.states(tenant)).toEqual(['ES256 current', 'ES256 next']);
    expect((await suite.published(tenant)).map(({ kid }) => kid)[0]).toBe(first!.kid);
    expect(await suite.published(tenant)).toHaveLength(2);
    suite.clock.forward(LEAD - 10);
    await suite.idp.rotation.tick();
    expect(await suite.states(tenant)).toEqual(['ES256 current', 'ES256 next']);
    suite.clock.forward(11);
    await suite.idp.rotation.tick();
    expect(await suite.states(tenant)).toEqual(['ES256 previous', 'ES256 current']);
    suite.clock.forward(2 * 3600 - 10);
    await suite.idp.rotation.tick();
    expect(await suite.published(tenant)).toHaveLength(2);
    suite.clock.forward(11);
    await suite.idp.rotation.tick();
    const [retired, current] = await suite.stored(tenant);
    expect(retired).toMatchObject({ state: 'retired', wrappedPrivateKey: null, masterKeyId: null, dueAt: null });
    expect(current).toMatchObject({ state: 'current', retiredAt: null });
    expect(await suite.published(tenant)).toHaveLength(1);
    const events = (await suite.events(tenant)).map(({ event }) => event);
    expect(events).toEqual(['key.created', 'key.created', 'key.activated', 'key.retired']);
  });

  it('rotates every tenant though one fails, and records that it did', async () => {
    const other = await suite.newTenant('ES256');
    const findById = jest.spyOn(suite.idp.tenants, 'findById').mockImplementation(async (id) => {
      if (id === tenant.id) throw new Error('broken');
      return other;
    });
    suite.clock.forward(90 * DAY - LEAD);
    await expect(suite.idp.rotation.tick()).rejects.toThrow(/1 keys failed/);
    findById.mockRestore();
    expect(await suite.states(tenant)).toEqual(['ES256 current']);
    expect(await suite.states(other)).toEqual(['ES256 current', 'ES256 next']);
    await suite.idp.rotation.tick();
    expect(await suite.states(tenant)).toEqual(['ES256 current', 'ES256 next']);
  });

  it('runs by itself: the scheduler has both jobs', () => {
    const registry = suite.idp.module.get(SchedulerRegistry);
    expect([...registry.getCronJobs().keys()]).toEqual(expect.arrayContaining([KEY_REWRAP_JOB, KEY_ROTATION_JOB]));
  });
});

describe('KeysService.rotate', () => {
  const operator = { type: 'operator', id: 'o1', tenantId: '01970000-0000-7000-8000-000000000001' } as const;
  const request = { requestId: 'r1', ip: '192.0.2.1', userAgent: undefined };

  it('S-099 publishes a next key first, and lets it sign when it has been published long enough', async () => {
    const scheduled = await suite.idp.keys.rotate(tenant, 'ES256', { actor: operator, request });
    expect(scheduled.outcome).toBe('scheduled');
    const [, next] = await suite.stored(tenant);
    expect(next).toMatchObject({ state: 'next', dueAt: new Date(next!.createdAt.getTime() + LEAD * 1000) });
    expect(scheduled).toMatchObject({ kid: next!.kid, at: next!.dueAt });
    await expect(suite.idp.keys.rotate(tenant, 'ES256')).resolves.toEqual(scheduled);
    suite.clock.forward(LEAD - 10);
    await suite.idp.rotation.tick();
    expect(await suite.states(tenant)).toEqual(['ES256 current', 'ES256 next']);
    suite.clock.forward(11);
    await suite.idp.rotation.tick();
    expect(await suite.states(tenant)).toEqual(['ES256 previous', 'ES256 current']);
  });

  it('rotates at once what has been published long enough, in the name of who asked', async () => {
    await suite.idp.keys.rotate(tenant, 'ES256');
    suite.clock.forward(LEAD + 1);
    const before = await suite.sign(tenant);
    const outcome = await suite.idp.keys.rotate(tenant, 'ES256', { actor: operator, request });
    expect(outcome).toMatchObject({ outcome: 'rotated' });
    expect(await suite.states(tenant)).toEqual(['ES256 previous', 'ES256 current']);
    await expect(suite.isGood(tenant, before)).resolves.toBe(true);
    expect((await suite.idp.verifier.verify(tenant, await suite.sign(tenant), { type: 'at+jwt' }))?.header.kid).toBe(
      (outcome as { kid: string }).kid,
    );
    const activated = (await suite.events(tenant)).find(({ event }) => event === 'key.activated');
    expect(activated).toMatchObject({ actorType: 'operator', actorId: 'o1', requestId: 'r1', ip: '192.0.2.1' });
    expect(activated).toMatchObject({ actorTenantId: operator.tenantId, result: 'success' });
  });

  it('rotates at once when forced', async () => {
    await expect(suite.idp.keys.rotate(tenant, 'ES256', { force: true })).resolves.toMatchObject({
      outcome: 'rotated',
    });
    expect(await suite.states(tenant)).toEqual(['ES256 previous', 'ES256 current']);
  });

  it('knows no algorithm that the tenant does not', async () => {
    await expect(suite.idp.keys.rotate(tenant, 'PS256')).resolves.toEqual({ outcome: 'not-configured' });
    expect(await suite.states(tenant)).toEqual(['ES256 current']);
  });
});

describe('KeysService.revoke', () => {
  it('takes a current key out at once and puts a new one in its place, in one transaction', async () => {
    const jwt = await suite.sign(tenant);
    await expect(suite.isGood(tenant, jwt)).resolves.toBe(true);
    const [first] = await suite.stored(tenant);
    let result: unknown;
    const statements = await suite.statementsOf(async () => {
      result = await suite.idp.keys.revoke(tenant, first!.kid, 'found in a log');
    });
    expect(statements.filter((name) => name === 'commit')).toHaveLength(1);
    const [revoked, current] = await suite.stored(tenant);
    expect(result).toEqual({ outcome: 'revoked', current: current!.kid });
    expect(revoked).toMatchObject({ state: 'revoked', reason: 'found in a log', wrappedPrivateKey: null, dueAt: null });
    expect(current!.state).toBe('current');
    expect((await suite.published(tenant)).map(({ kid }) => kid)).toEqual([current!.kid]);
    for (const ignoreExpiry of [false, true]) {
      await expect(suite.idp.verifier.verify(tenant, jwt, { type: 'at+jwt', ignoreExpiry })).resolves.toBeNull();
    }
    await expect(suite.isGood(tenant, await suite.sign(tenant))).resolves.toBe(true);
    const events = await suite.events(tenant);
    expect(events.map(({ event }) => event)).toEqual(['key.created', 'key.revoked', 'key.created']);
    expect(events[1]!.detail).toEqual({ kid: first!.kid, alg: 'ES256', reason: 'found in a log', was: 'current' });
  });

  it('lets a next key, which clients know already, take over from a revoked one', async () => {
    await suite.idp.keys.rotate(tenant, 'ES256');
    const [first, next] = await suite.stored(tenant);
    await expect(suite.idp.keys.revoke(tenant, first!.kid, 'r')).resolves.toEqual({
      outcome: 'revoked',
      current: next!.kid,
    });
    expect(await suite.states(tenant)).toEqual(['ES256 revoked', 'ES256 current']);
  });

  it('revokes a next, a previous and a retired key, too', async () => {
    await suite.idp.keys.rotate(tenant, 'ES256');
    const [first, next] = await suite.stored(tenant);
    await expect(suite.idp.keys.revoke(tenant, next!.kid, 'r')).resolves.toEqual({ outcome: 'revoked' });
    expect(await suite.states(tenant)).toEqual(['ES256 current', 'ES256 revoked']);
    expect((await suite.stored(tenant))[0]!.dueAt).toEqual(
      new Date(first!.createdAt.getTime() + (90 * DAY - LEAD) * 1000),
    );
    await suite.idp.keys.rotate(tenant, 'ES256', { force: true });
    await expect(suite.idp.keys.revoke(tenant, first!.kid, 'r')).resolves.toEqual({ outcome: 'revoked' });
    expect(await suite.published(tenant)).toHaveLength(1);
  });

  it('revokes once, and only what there is', async () => {
    const [first] = await suite.stored(tenant);
    await suite.idp.keys.revoke(tenant, first!.kid, 'r');
    await expect(suite.idp.keys.revoke(tenant, first!.kid, 'r')).resolves.toEqual({ outcome: 'already-revoked' });
    await expect(suite.idp.keys.revoke(tenant, 'no-such-kid', 'r')).resolves.toEqual({ outcome: 'unknown-key' });
    const foreign = await suite.newTenant('ES256');
    const [theirs] = await suite.stored(foreign);
    await expect(suite.idp.keys.revoke(tenant, theirs!.kid, 'r')).resolves.toEqual({ outcome: 'unknown-key' });
    expect(await suite.states(foreign)).toEqual(['ES256 current']);
  });
});

describe('KeyRewrapService', () => {
  it('S-186 moves every key under the new master key, after which the old one can go', async () => {
    const jwt = await suite.sign(tenant);
    const added = newMasterKey('m2');
    const masterKeyIds = async () => (await suite.stored(tenant)).map(({ masterKeyId }) => masterKeyId);
    const restart = (...masterKeys: MasterKey[]) => openKeysInstance(suite.url, suite.clock, masterKeys);

    await (await restart(added, suite.masterKey)).close();
    expect(await masterKeyIds()).toEqual(['m2']);

    const alone = await restart(added);
    const request = { algorithm: 'ES256', type: 'at+jwt', claims: suite.claims(tenant) } as const;
    const own = await alone.signer.sign(tenant, request);
    for (const each of [own, jwt]) {
      await expect(alone.verifier.verify(tenant, each, { type: 'at+jwt' })).resolves.not.toBeNull();
    }
    await alone.close();

    // Back under the first one, for the other tests.
    await (await restart(suite.masterKey, added)).close();
    expect(await masterKeyIds()).toEqual(['m1']);
  });
});
