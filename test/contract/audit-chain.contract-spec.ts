import { AuditChain, AuditObservers, AuditRetention, AuditSealing, type RecordedEvent } from '@tokenidp/audit';
import { newId } from '@tokenidp/kernel';
import { type KeysInstance, KeysSuite, openKeysInstance } from '../support/keys-suite';

const DAY = 24 * 3600;

let suite: KeysSuite;
let sibling: KeysInstance;
let chain: AuditChain;
let tenantId: string;

const sealingOf = ({ module }: KeysInstance): AuditSealing => module.get(AuditSealing);
const sql = (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  suite.idp.database.dataSource.query(text, values);

beforeAll(async () => {
  suite = await KeysSuite.open();
  sibling = await openKeysInstance(suite.url, suite.clock, [suite.masterKey]);
  chain = suite.idp.module.get(AuditChain);
});

afterAll(async () => {
  await sibling.close();
  await suite.close();
});

beforeEach(() => {
  suite.clock.reset();
  tenantId = newId();
});

function record(instance: KeysInstance, n: number, of = tenantId): Promise<void> {
  const detail = { n, before: { name: 'a', list: [1, { z: 1, a: 2 }] }, after: { name: 'ä "b"' } };
  return instance.audit.record(of, {
    event: 'client.changed',
    result: 'success',
    actor: { type: 'user', id: 'u' },
    detail,
  });
}

/** Until nothing is left; another instance may be at it, too. */
async function sealAll(of = tenantId): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    await sealingOf(suite.idp).seal();
    const [row] = await sql(
      `SELECT COUNT(*) AS "left" FROM "audit_event" e WHERE "tenantId" = $1 AND NOT EXISTS (
         SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")`,
      [of],
    );
    if (Number(row!.left) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('events were left without a seal');
}

/** Ten events of both instances, sealed; the ids in the order of the chain. */
async function sealedTen(): Promise<string[]> {
  for (let n = 0; n < 10; n++) await record(n % 2 ? sibling : suite.idp, n);
  await sealAll();
  const rows = await sql(`SELECT "eventId" FROM "audit_seal" WHERE "tenantId" = $1 ORDER BY "sequence"`, [tenantId]);
  return rows.map(({ eventId }) => String(eventId));
}

describe('the audit chain', () => {
  it('holds every event once, without a gap, and verifies as a whole and in part', async () => {
    expect(await sealedTen()).toHaveLength(10);
    await expect(chain.verify(tenantId)).resolves.toMatchObject({
      isIntact: true,
      verified: 10,
      from: 1,
      to: 10,
      late: 0,
    });
    await expect(chain.verify(tenantId, { last: 3 })).resolves.toMatchObject({ isIntact: true, verified: 3, from: 8 });
    await record(suite.idp, 11);
    await expect(chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true, verified: 10 });
    await expect(chain.verify(newId())).resolves.toMatchObject({ isIntact: true, verified: 0 });
  });

  it.each([
    ['its result', `"result" = 'failure'`],
    ['who', `"actorId" = 'somebody else'`],
    ['a member of its detail', `"detail" = jsonb_set("detail", '{before,list,1,a}', '3')`],
    ['when', `"occurredAt" = "occurredAt" - interval '1 minute'`],
    ['how often', `"occurrences" = 2`],
  ])('finds an event that was changed: %s', async (_what, change) => {
    const ids = await sealedTen();
    await sql(`UPDATE "audit_event" SET ${change} WHERE "tenantId" = $1 AND "id" = $2`, [tenantId, ids[4]]);
    const fault = { kind: 'changed', sequence: 5, eventId: ids[4] };
    await expect(chain.verify(tenantId)).resolves.toMatchObject({ isIntact: false, verified: 4, fault });
    await expect(chain.verify(tenantId, { last: 3 })).resolves.toMatchObject({ isIntact: true });
  });

  it('finds an event that was removed, with its seal or without', async () => {
    const ids = await sealedTen();
    await sql(`DELETE FROM "audit_event" WHERE "tenantId" = $1 AND "id" = $2`, [tenantId, ids[4]]);
    expect((await chain.verify(tenantId)).fault).toEqual({ kind: 'event-removed', sequence: 5, eventId: ids[4] });
    await sql(`DELETE FROM "audit_seal" WHERE "tenantId" = $1 AND "eventId" = $2`, [tenantId, ids[4]]);
    expect((await chain.verify(tenantId)).fault).toEqual({ kind: 'seal-removed', sequence: 5, eventId: null });
  });

  it('finds that the end was cut off, and that the end was moved to hide it', async () => {
    const ids = await sealedTen();
    await sql(`DELETE FROM "audit_event" WHERE "tenantId" = $1 AND "id" = $2`, [tenantId, ids[9]]);
    await sql(`DELETE FROM "audit_seal" WHERE "tenantId" = $1 AND "sequence" = 10`, [tenantId]);
    expect((await chain.verify(tenantId)).fault).toMatchObject({ kind: 'seal-removed', sequence: 10 });
    await sql(
      `UPDATE "audit_chain" SET "headSequence" = 9, "headHash" = (
         SELECT "hash" FROM "audit_seal" WHERE "tenantId" = $1 AND "sequence" = 9) WHERE "tenantId" = $1`,
      [tenantId],
    );
    expect((await chain.verify(tenantId)).fault).toMatchObject({ kind: 'state-changed' });
    await record(suite.idp, 11);
    await sealAll();
    expect((await chain.verify(tenantId)).fault).toMatchObject({ kind: 'state-changed' });
  });

  it('finds two events that were swapped', async () => {
    await sealedTen();
    const swap = `UPDATE "audit_seal" SET "sequence" = $2::bigint WHERE "tenantId" = $1 AND "sequence" = $3::bigint`;
    for (const [to, from] of [
      [99, 4],
      [4, 5],
      [5, 99],
    ])
      await sql(swap, [tenantId, to, from]);
    expect((await chain.verify(tenantId)).fault).toMatchObject({ kind: 'changed', sequence: 4 });
  });

  it('finds an event that was inserted: without a seal, with a forged one, and late', async () => {
    const ids = await sealedTen();
    await settle();
    const copy = (id: string, position: string, at: string) =>
      sql(
        `INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "occurrences"${position && ', "position"'})
         ${position && 'OVERRIDING SYSTEM VALUE'}
         SELECT "tenantId", $2::uuid, ${at}, "event", "result", "actorType", 1${position} FROM "audit_event"
         WHERE "tenantId" = $1 AND "id" = $3`,
        [tenantId, id, ids[4]],
      );
    const backdated = newId();
    await copy(backdated, '', `"occurredAt" - interval '2 hours'`);
    await sealAll();
    await expect(chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true, late: 1, verified: 11 });
    const early = newId();
    await copy(early, `, -"position"`, '"occurredAt"');
    expect((await chain.verify(tenantId)).fault).toMatchObject({ kind: 'event-inserted', eventId: early });
    await sql(
      `INSERT INTO "audit_seal" SELECT "tenantId", 12, $2::uuid, "hash", "sealedAt" FROM "audit_seal"
       WHERE "tenantId" = $1 AND "sequence" = 11`,
      [tenantId, early],
    );
    await sql(`UPDATE "audit_chain" SET "headSequence" = 12 WHERE "tenantId" = $1`, [tenantId]);
    expect((await chain.verify(tenantId)).fault).toMatchObject({ kind: 'state-changed' });
  });

  it('belongs to the key: a chain made with another one is none', async () => {
    await sealedTen();
    const forger = await openKeysInstance(suite.url, suite.clock, [{ id: 'm1', key: Buffer.alloc(32, 7) }]);
    await expect(forger.module.get(AuditChain).verify(tenantId)).resolves.toMatchObject({ isIntact: false });
    await forger.close();
    await expect(chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true });
  });

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
    await sealedTen();
    for (let run = 0; run < 4; run++) {
      await sql(`UPDATE "audit_sealing" SET "markedAt" = "markedAt" - interval '5 seconds'`);
      await record(sibling, run);
      await sealAll();
    }
    commit();
    await slow;
    await sealAll();
    await expect(chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true, verified: 15 });
  });

  it('the last 10,000 events of two instances have no gap and verify', async () => {
    const instances = [suite.idp, sibling];
    let next = 0;
    const writer = async (lane: number): Promise<void> => {
      while (next < 10_000) await record(instances[lane % 2]!, next++);
    };
    const sealer = async (instance: KeysInstance): Promise<void> => {
      while (next < 10_000) {
        await sealingOf(instance).seal();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await Promise.all([...Array.from({ length: 16 }, (_, lane) => writer(lane)), ...instances.map(sealer)]);
    await sealAll();
    const [counted] = await sql(
      `SELECT COUNT(*) AS "events", (SELECT COUNT(DISTINCT "eventId") FROM "audit_seal" WHERE "tenantId" = $1) AS "seals",
         (SELECT MAX("sequence") FROM "audit_seal" WHERE "tenantId" = $1) AS "last"
       FROM "audit_event" WHERE "tenantId" = $1`,
      [tenantId],
    );
    expect([counted!.events, counted!.seals, counted!.last].map(Number)).toEqual([10_000, 10_000, 10_000]);
    await expect(sibling.module.get(AuditChain).verify(tenantId, { last: 10_000 })).resolves.toMatchObject({
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
    for (const { module } of [suite.idp, sibling]) module.get(AuditObservers).add(observer);
    const ids = [];
    for (let n = 0; n < 5; n++) await record(suite.idp, n);
    for (let attempt = 0; attempt < 50 && seen.length < 5; attempt++) {
      await sealingOf(suite.idp)
        .seal()
        .catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const rows = await sql(`SELECT "eventId" FROM "audit_seal" WHERE "tenantId" = $1 ORDER BY "sequence"`, [tenantId]);
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
    for (let n = 0; n < 5; n++) await record(suite.idp, n, tenant.id);
    await sealAll(tenant.id);
    const first = await chain.verify(tenant.id);
    await expect(retention.purge(tenant)).resolves.toBe(0);
    suite.clock.forward(20 * DAY);
    for (let n = 0; n < 3; n++) await record(sibling, n, tenant.id);
    await sealAll(tenant.id);
    suite.clock.forward(11 * DAY);
    await retention.run();
    const verdict = await chain.verify(tenant.id);
    expect(verdict).toMatchObject({ isIntact: true, verified: 3, removed: first.verified, from: first.verified + 1 });
    expect(await suite.events(tenant)).toHaveLength(3);
    await sql(
      `DELETE FROM "audit_event" WHERE "tenantId" = $1 AND "id" = (
      SELECT "eventId" FROM "audit_seal" WHERE "tenantId" = $1 ORDER BY "sequence" LIMIT 1)`,
      [tenant.id],
    );
    expect((await chain.verify(tenant.id)).fault).toMatchObject({
      kind: 'event-removed',
      sequence: first.verified + 1,
    });
  });
});

/** As if the transactions of a while ago had all ended. */
async function settle(): Promise<void> {
  for (let run = 0; run < 3; run++) {
    await sealingOf(suite.idp).seal();
    await sql(`UPDATE "audit_sealing" SET "markedAt" = "markedAt" - interval '1 hour'`);
  }
  await sealAll();
}
