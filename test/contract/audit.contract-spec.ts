import { AUDIT_EVENTS, type AuditEvent, auditInsert, auditParameters, type AuditService } from '@tokenidp/audit';
import { type Database, statement } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { KeysSuite, newMasterKey, openKeysInstance, storedEvents } from '../support/keys-suite';

const PLANTED = 'planted-7731';

let suite: KeysSuite;
let audit: AuditService;
let database: Database;
let tenantId: string;

beforeAll(async () => {
  suite = await KeysSuite.open();
  ({ audit, database } = suite.idp);
});

afterAll(() => suite.close());

beforeEach(() => {
  suite.clock.reset();
  tenantId = newId();
});

const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  event: 'client.changed',
  result: 'success',
  actor: { type: 'user', id: 'u1' },
  ...more,
});

const RIDING = statement({
  name: 'test.audit.riding',
  parameters: { ...auditInsert.parameters, tenantId: 'id', name: 'identifier' },
  postgres: `WITH change AS (UPDATE "tenant" SET "name" = :name WHERE "id" = :tenantId RETURNING "id"),
               audit AS (INSERT INTO "audit_event" (${auditInsert.columns}) SELECT ${auditInsert.values} FROM change)
             SELECT "id" FROM change`,
  mssql: `UPDATE "tenant" SET "name" = :name WHERE "id" = :tenantId;
          INSERT INTO "audit_event" (${auditInsert.columns}) SELECT ${auditInsert.values} WHERE @@ROWCOUNT = 1`,
});

describe('AuditService.record', () => {
  it('stores who, what, on what, from where and when, with one statement a trail', async () => {
    const [clientId, sessionId, other] = [newId(), newId(), newId()];
    const before = suite.clock.now();
    const statements = await suite.statementsOf(() =>
      audit.record(
        tenantId,
        event({
          actor: { type: 'operator', id: 'o1', tenantId: other },
          target: { type: 'client', id: clientId },
          clientId,
          sessionId,
          detail: { before: { client_name: 'Old' }, after: { client_name: 'Näw "x"' } },
          request: { requestId: 'r1', ip: '2001:db8::1', userAgent: 'Browser/1' },
        }),
      ),
    );
    // Of an operator it is in the trail of both tenants.
    expect(statements).toEqual(['begin', 'audit.event.insert', 'audit.event.insert', 'commit']);
    await expect(suite.statementsOf(() => audit.record(newId(), event()))).resolves.toEqual(['audit.event.insert']);
    const [stored] = await storedEvents(database, tenantId);
    expect(stored).toMatchObject({
      event: 'client.changed',
      result: 'success',
      actorType: 'operator',
      actorId: 'o1',
      actorTenantId: other,
      targetType: 'client',
      targetId: clientId,
      clientId,
      sessionId,
      occurrences: 1,
      detail: { before: { client_name: 'Old' }, after: { client_name: 'Näw "x"' } },
      requestId: 'r1',
      ip: '2001:db8::1',
      userAgent: 'Browser/1',
    });
    expect(stored!.occurredAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it('takes every event of the list, and the least of each', async () => {
    for (const name of AUDIT_EVENTS) await audit.record(tenantId, event({ event: name, actor: { type: 'system' } }));
    expect((await storedEvents(database, tenantId)).map((stored) => stored.event).sort()).toEqual(
      [...AUDIT_EVENTS].sort(),
    );
  });

  it('S-182 stores no planted secret, wherever in an event it stands', async () => {
    const detail = {
      password: PLANTED,
      client_secret: PLANTED,
      token: PLANTED,
      code: PLANTED,
      before: { access_token: PLANTED, list: [{ recovery_codes: [PLANTED] }] },
      note: `https://app.example/cb?code=${PLANTED}`,
      header: `Bearer ${PLANTED}-${PLANTED}`,
    };
    await audit.record(tenantId, event({ detail }));
    expect(JSON.stringify(await storedEvents(database, tenantId))).not.toContain(PLANTED);
  });

  it('belongs to the transaction that it describes', async () => {
    const failed = database.transaction(async (tx) => {
      await audit.record(tenantId, event(), tx);
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    await expect(storedEvents(database, tenantId)).resolves.toEqual([]);
    await database.transaction((tx) => audit.record(tenantId, event(), tx));
    await expect(storedEvents(database, tenantId)).resolves.toHaveLength(1);
  });

  it('does not fail for what a hostile request carries', async () => {
    const request = { requestId: '\0'.repeat(10), ip: 'x'.repeat(1000), userAgent: '\ud800\0'.repeat(2000) };
    await audit.record(tenantId, event({ request, detail: { state: '\0\udfff', 'na\0me': 1 } }));
    await expect(storedEvents(database, tenantId)).resolves.toHaveLength(1);
  });
});

describe('auditInsert', () => {
  it('rides in the statement of another lib, and only when that did something', async () => {
    const tenant = await suite.newTenant('ES256');
    const ride = (id: string) =>
      database.rows(RIDING, { ...auditParameters(tenantId, event()), tenantId: id, name: 'renamed' });
    await ride(newId());
    await expect(storedEvents(database, tenantId)).resolves.toEqual([]);
    await ride(tenant.id);
    await expect(storedEvents(database, tenantId)).resolves.toMatchObject([{ event: 'client.changed', actorId: 'u1' }]);
  });
});

describe('AuditService.countMachineToken', () => {
  it('writes one row per client and minute with their number, at shutdown at the latest', async () => {
    const [first, second] = [newId(), newId()];
    const instance = await openKeysInstance(suite.url, suite.clock, [newMasterKey('any')]);
    for (let i = 0; i < 5; i++) instance.audit.countMachineToken(tenantId, first);
    instance.audit.countMachineToken(tenantId, second);
    suite.clock.forward(60);
    for (let i = 0; i < 2; i++) instance.audit.countMachineToken(tenantId, first);
    await expect(storedEvents(database, tenantId)).resolves.toEqual([]);
    await instance.close();
    const stored = await storedEvents(database, tenantId);
    const counts = stored.map(({ clientId, occurrences }) => [clientId, occurrences]);
    expect(counts).toHaveLength(3);
    expect(counts).toEqual(
      expect.arrayContaining([
        [first, 5],
        [second, 1],
        [first, 2],
      ]),
    );
    for (const row of stored) {
      expect(row).toMatchObject({
        event: 'token.issued',
        result: 'success',
        actorType: 'client',
        actorId: row.clientId,
      });
      expect(row.detail).toEqual({ grant_type: 'client_credentials' });
      expect(row.occurredAt.getTime() % 60_000).toBe(0);
    }
  });
});
