import { AuditChain } from '@tokenidp/audit';
import { newId } from '@tokenidp/kernel';
import { AuditSuite } from '../support/audit-suite';
import { openKeysInstance } from '../support/keys-suite';

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

describe('NIST SP 800-92 §5.1 the audit chain', () => {
  it('holds every event once, without a gap, and verifies as a whole and in part', async () => {
    expect(await suite.sealedTen(tenantId)).toHaveLength(10);
    await expect(suite.chain.verify(tenantId)).resolves.toMatchObject({
      isIntact: true,
      verified: 10,
      from: 1,
      to: 10,
      late: 0,
    });
    await expect(suite.chain.verify(tenantId, { last: 3 })).resolves.toMatchObject({
      isIntact: true,
      verified: 3,
      from: 8,
    });
    await suite.record(suite.idp, 11, tenantId);
    await expect(suite.chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true, verified: 10 });
    await expect(suite.chain.verify(newId())).resolves.toMatchObject({ isIntact: true, verified: 0 });
  });

  it.each([
    ['its result', `"result" = 'failure'`],
    ['who', `"actorId" = 'somebody else'`],
    ['a member of its detail', `"detail" = jsonb_set("detail", '{before,list,1,a}', '3')`],
    ['when', `"occurredAt" = "occurredAt" - interval '1 minute'`],
    ['how often', `"occurrences" = 2`],
  ])('finds an event that was changed: %s', async (_what, change) => {
    const ids = await suite.sealedTen(tenantId);
    await suite.sql(`UPDATE "audit_event" SET ${change} WHERE "tenantId" = $1 AND "id" = $2`, [tenantId, ids[4]]);
    const fault = { kind: 'changed', sequence: 5, eventId: ids[4] };
    await expect(suite.chain.verify(tenantId)).resolves.toMatchObject({ isIntact: false, verified: 4, fault });
    await expect(suite.chain.verify(tenantId, { last: 3 })).resolves.toMatchObject({ isIntact: true });
  });

  it('finds an event that was removed, with its seal or without', async () => {
    const ids = await suite.sealedTen(tenantId);
    await suite.sql(`DELETE FROM "audit_event" WHERE "tenantId" = $1 AND "id" = $2`, [tenantId, ids[4]]);
    expect((await suite.chain.verify(tenantId)).fault).toEqual({ kind: 'event-removed', sequence: 5, eventId: ids[4] });
    await suite.sql(`DELETE FROM "audit_seal" WHERE "tenantId" = $1 AND "eventId" = $2`, [tenantId, ids[4]]);
    expect((await suite.chain.verify(tenantId)).fault).toEqual({ kind: 'seal-removed', sequence: 5, eventId: null });
  });

  it('finds that the end was cut off, and that the end was moved to hide it', async () => {
    const ids = await suite.sealedTen(tenantId);
    await suite.sql(`DELETE FROM "audit_event" WHERE "tenantId" = $1 AND "id" = $2`, [tenantId, ids[9]]);
    await suite.sql(`DELETE FROM "audit_seal" WHERE "tenantId" = $1 AND "sequence" = 10`, [tenantId]);
    expect((await suite.chain.verify(tenantId)).fault).toMatchObject({ kind: 'seal-removed', sequence: 10 });
    await suite.sql(
      `UPDATE "audit_chain" SET "headSequence" = 9, "headHash" = (
         SELECT "hash" FROM "audit_seal" WHERE "tenantId" = $1 AND "sequence" = 9) WHERE "tenantId" = $1`,
      [tenantId],
    );
    expect((await suite.chain.verify(tenantId)).fault).toMatchObject({ kind: 'state-changed' });
    await suite.record(suite.idp, 11, tenantId);
    await suite.sealAll(tenantId);
    expect((await suite.chain.verify(tenantId)).fault).toMatchObject({ kind: 'state-changed' });
  });

  it('finds two events that were swapped', async () => {
    await suite.sealedTen(tenantId);
    const swap = `UPDATE "audit_seal" SET "sequence" = $2::bigint WHERE "tenantId" = $1 AND "sequence" = $3::bigint`;
    for (const [to, from] of [
      [99, 4],
      [4, 5],
      [5, 99],
    ])
      await suite.sql(swap, [tenantId, to, from]);
    expect((await suite.chain.verify(tenantId)).fault).toMatchObject({ kind: 'changed', sequence: 4 });
  });

  it('finds an event that was inserted: without a seal, with a forged one, and late', async () => {
    const ids = await suite.sealedTen(tenantId);
    await suite.settle();
    const copy = (id: string, position: string, at: string) =>
      suite.sql(
        `INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "occurrences"${position && ', "position"'})
         ${position && 'OVERRIDING SYSTEM VALUE'}
         SELECT "tenantId", $2::uuid, ${at}, "event", "result", "actorType", 1${position} FROM "audit_event"
         WHERE "tenantId" = $1 AND "id" = $3`,
        [tenantId, id, ids[4]],
      );
    const backdated = newId();
    await copy(backdated, '', `"occurredAt" - interval '2 hours'`);
    await suite.sealAll(tenantId);
    await expect(suite.chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true, late: 1, verified: 11 });
    const early = newId();
    await copy(early, `, -"position"`, '"occurredAt"');
    expect((await suite.chain.verify(tenantId)).fault).toMatchObject({ kind: 'event-inserted', eventId: early });
    await suite.sql(
      `INSERT INTO "audit_seal" SELECT "tenantId", 12, $2::uuid, "hash", "sealedAt" FROM "audit_seal"
       WHERE "tenantId" = $1 AND "sequence" = 11`,
      [tenantId, early],
    );
    await suite.sql(`UPDATE "audit_chain" SET "headSequence" = 12 WHERE "tenantId" = $1`, [tenantId]);
    expect((await suite.chain.verify(tenantId)).fault).toMatchObject({ kind: 'state-changed' });
  });

  it('belongs to the key: a chain made with another one is none', async () => {
    await suite.sealedTen(tenantId);
    const forger = await openKeysInstance(suite.keys.url, suite.keys.clock, [{ id: 'm1', key: Buffer.alloc(32, 7) }]);
    await expect(forger.module.get(AuditChain).verify(tenantId)).resolves.toMatchObject({ isIntact: false });
    await forger.close();
    await expect(suite.chain.verify(tenantId)).resolves.toMatchObject({ isIntact: true });
  });
});
