import { AuditChain, AuditObservers, AuditRetention, type RecordedEvent } from '@tokenidp/audit';
import { newId } from '@tokenidp/kernel';
import { AuditSuite } from '../support/audit-suite';
import type { KeysInstance } from '../support/keys-suite';

const DAY = 24 * 3600;

let suite: AuditSuite;
let tenantId: string;

beforeAll(async () => {
  suite = await AuditSuite.open();
});

afterAll(() => suite.close());

beforeEach(() => {
  suite.keys.clock.reset();
  tenantId = newId();
});

describe('the sealing of two instances', () => {
  it('takes in what commits after later events were sealed', async () => {
    let commit = (): void => {};
    const held = new Promise<void>((resolve) => (commit = resolve));
    const slow = suite.idp.database.transaction(async (tx) => {
      await suite.idp.audit.record(
        tenantId,
        { event: 'user.changed', result: 'success', actor: { type: 'system' } },
        tx,
      );
      await held;
    });
    await suite.sealedTen(tenantId);
    for (let run = 0; run < 4; run++) {
      await suite.sql(`UPDATE "audit_sealing" SET "markedAt" = "markedAt" - interval '5 seconds'`);
      await suite.record(suite.sibling, run, tenantId);
      await suite.sealAll(tenantId);
    }
    commit();
    await slow;
    await suite.sealAll(tenantId);
    await expect(suite.chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true, verified: 15 });
  });

  it('the last 10,000 events of two instances have no gap and verify', async () => {
    const instances = [suite.idp, suite.sibling];
    let next = 0;
    const writer = async (lane: number): Promise<void> => {
      while (next < 10_000) await suite.record(instances[lane % 2]!, next++, tenantId);
    };
    const sealer = async (instance: KeysInstance): Promise<void> => {
      while (next < 10_000) {
        await suite.seal(instance);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await Promise.all([...Array.from({ length: 16 }, (_, lane) => writer(lane)), ...instances.map(sealer)]);
    await suite.sealAll(tenantId);
    const [counted] = await suite.sql(
      `SELECT COUNT(*) AS "events", (SELECT COUNT(DISTINCT "eventId") FROM "audit_seal" WHERE "tenantId" = $1) AS "seals",
         (SELECT MAX("sequence") FROM "audit_seal" WHERE "tenantId" = $1) AS "last"
       FROM "audit_event" WHERE "tenantId" = $1`,
      [tenantId],
    );
    expect([counted!.events, counted!.seals, counted!.last].map(Number)).toEqual([10_000, 10_000, 10_000]);
    await expect(suite.sibling.module.get(AuditChain).verify(tenantId, { last: 10_000 })).resolves.toMatchObject({
      isIntact: true,
      verified: 10_000,
      from: 1,
      to: 10_000,
    });
  }, 120_000);

  it('tells observers of each event once, in the transaction that seals it', async () => {
    const seen: RecordedEvent[] = [];
    let fails = true;
    const observer = {
      async recorded(events: readonly RecordedEvent[]): Promise<void> {
        const mine = events.filter((event) => event.tenantId === tenantId);
        if (mine.length > 0 && fails) {
          fails = false;
          throw new Error('not now');
        }
        seen.push(...mine);
      },
    };
    for (const { module } of [suite.idp, suite.sibling]) module.get(AuditObservers).add(observer);
    const ids = [];
    for (let n = 0; n < 5; n++) await suite.record(suite.idp, n, tenantId);
    for (let attempt = 0; attempt < 50 && seen.length < 5; attempt++) {
      await suite.seal().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const rows = await suite.sql(`SELECT "eventId" FROM "audit_seal" WHERE "tenantId" = $1 ORDER BY "sequence"`, [
      tenantId,
    ]);
    ids.push(...rows.map(({ eventId }) => String(eventId)));
    expect(seen.map(({ id }) => id)).toEqual(ids);
    expect(ids).toHaveLength(5);
  });
});

describe('retention', () => {
  it('removes what is older than the tenant wants, and the chain goes on from there', async () => {
    const tenant = await suite.idp.tenants.create({
      slug: 'short',
      name: 'Short',
      settings: { keys: { algorithms: ['ES256'] }, audit: { retentionDays: 30 } },
    });
    const retention = suite.idp.module.get(AuditRetention);
    for (let n = 0; n < 5; n++) await suite.record(suite.idp, n, tenant.id);
    await suite.sealAll(tenant.id);
    const first = await suite.chain.verify(tenant.id);
    await expect(retention.purge(tenant)).resolves.toBe(0);
    suite.keys.clock.forward(20 * DAY);
    for (let n = 0; n < 3; n++) await suite.record(suite.sibling, n, tenant.id);
    await suite.sealAll(tenant.id);
    suite.keys.clock.forward(11 * DAY);
    await retention.run();
    const verdict = await suite.chain.verify(tenant.id);
    expect(verdict).toMatchObject({ isIntact: true, verified: 3, removed: first.verified, from: first.verified + 1 });
    expect(await suite.keys.events(tenant)).toHaveLength(3);
    await suite.sql(
      `DELETE FROM "audit_event" WHERE "tenantId" = $1 AND "id" = (
      SELECT "eventId" FROM "audit_seal" WHERE "tenantId" = $1 ORDER BY "sequence" LIMIT 1)`,
      [tenant.id],
    );
    expect((await suite.chain.verify(tenant.id)).fault).toMatchObject({
      kind: 'event-removed',
      sequence: first.verified + 1,
    });
  });

  it('ASVS V16.4.2 is no break to whoever verifies meanwhile, wherever it strikes', async () => {
    const tenant = await suite.idp.tenants.create({
      slug: 'meanwhile',
      name: 'Meanwhile',
      settings: { keys: { algorithms: ['ES256'] }, audit: { retentionDays: 30 } },
    });
    const retention = suite.idp.module.get(AuditRetention);
    const repository = (suite.chain as unknown as { repository: Record<string, () => Promise<unknown>> }).repository;
    for (const [round, method] of ['links', 'links', 'stranger'].entries()) {
      for (let n = 0; n < 4; n++) await suite.record(suite.idp, n, tenant.id);
      await suite.sealAll(tenant.id);
      suite.keys.clock.forward(31 * DAY);
      await suite.record(suite.idp, 9, tenant.id);
      await suite.sealAll(tenant.id);
      const { [method]: original } = repository;
      // Between the look at where the chain begins and the look at what comes then, all that is old goes.
      const spy = jest.spyOn(repository, method).mockImplementationOnce(async (...asked: unknown[]) => {
        expect(await retention.purge(tenant)).toBeGreaterThan(0);
        return (original as (...all: unknown[]) => Promise<unknown>).apply(repository, asked);
      });
      const range = round === 1 ? { last: 3 } : {};
      const verdict = await suite.chain.verify(tenant.id, range);
      spy.mockRestore();
      expect([method, verdict.isIntact, verdict.fault]).toEqual([method, true, null]);
    }
    // What somebody else takes away meanwhile is one.
    for (let n = 0; n < 4; n++) await suite.record(suite.idp, n, tenant.id);
    await suite.sealAll(tenant.id);
    await suite.sql(`UPDATE "audit_chain" SET "anchorSequence" = "anchorSequence" + 2 WHERE "tenantId" = $1`, [
      tenant.id,
    ]);
    expect((await suite.chain.verify(tenant.id)).isIntact).toBe(false);
  });

  it('goes on beside many verifications at once', async () => {
    const tenant = await suite.idp.tenants.create({
      slug: 'beside',
      name: 'Beside',
      settings: { keys: { algorithms: ['ES256'] }, audit: { retentionDays: 30 } },
    });
    const retention = suite.sibling.module.get(AuditRetention);
    for (let round = 0; round < 10; round++) {
      for (let n = 0; n < 10; n++) await suite.record(suite.idp, n, tenant.id);
      await suite.sealAll(tenant.id);
      suite.keys.clock.forward(16 * DAY);
      const verdicts = Array.from({ length: 5 }, () => suite.chain.verify(tenant.id));
      const [, ...all] = await Promise.all([retention.purge(tenant), ...verdicts]);
      expect(all.map(({ fault }) => fault)).toEqual([null, null, null, null, null]);
    }
  });
});
