import { AuditSealing, AuditService } from '@tokenidp/audit';
import { newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import { startIdp, type TestIdp } from '../support/idp';

describe('the administration API: audit events', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let other: Tenant;
  let api: AdminApi;
  const [user, client, target, request] = [newId(), newId(), newId(), newId()];

  beforeAll(async () => {
    idp = await startIdp();
    [tenant, other] = [await idp.createTenant({ slug: 'acme' }), await idp.createTenant({ slug: 'globex' })];
    api = await adminApi(idp, tenant, ['auditor']);
    const audit = idp.get(AuditService);
    const actor = { type: 'user', id: user } as const;
    const context = { requestId: request, ip: '192.0.2.77', userAgent: 'Browser/1' };
    const detail = { before: { name: 'Old' }, after: { name: '=New' } };
    const aim = { type: 'trusted_issuer', id: target };
    await audit.record(tenant.id, { event: 'trusted-issuer.changed', result: 'success', actor, target: aim, detail });
    await audit.record(tenant.id, { event: 'user.changed', result: 'failure', actor, request: context });
    await audit.record(tenant.id, {
      event: 'user.deleted',
      result: 'success',
      actor: { type: 'system' },
      clientId: client,
    });
    await audit.record(other.id, { event: 'user.deleted', result: 'success', actor, clientId: client });
  });

  afterAll(() => idp?.close());

  const names = async (query: string): Promise<string[]> =>
    (await api.get(`audit-events?${query}`)).body.items.map(({ event }: { event: string }) => event);

  it('shows the newest first, and one with what was before and after', async () => {
    const { status, body } = await api.get('audit-events?limit=3');
    expect([status, body.items.map(({ event }: { event: string }) => event)]).toEqual([
      200,
      ['user.deleted', 'user.changed', 'trusted-issuer.changed'],
    ]);
    const shown = await api.get(`audit-events/${body.items[2].id}`);
    expect(shown.body).toEqual(body.items[2]);
    expect(shown.body).toMatchObject({
      actor: { type: 'user', id: user, tenantId: null },
      target: { type: 'trusted_issuer', id: target },
      detail: { before: { name: 'Old' }, after: { name: '=New' } },
    });
    expect(Object.keys(shown.body)).not.toContain('position');
  });

  it('is narrowed by each of its filters', async () => {
    expect(await names(`event=user.changed`)).toEqual(['user.changed']);
    expect(await names(`event=user.*&actorType=system`)).toEqual(['user.deleted']);
    expect(await names(`event=nothing.*`)).toEqual([]);
    expect(await names(`result=failure`)).toEqual(['user.changed']);
    expect(await names(`result=success&actorId=${user}`)).toEqual(['trusted-issuer.changed']);
    expect(await names(`targetType=trusted_issuer`)).toEqual(['trusted-issuer.changed']);
    expect(await names(`targetId=${target}`)).toEqual(['trusted-issuer.changed']);
    expect(await names(`clientId=${client}`)).toEqual(['user.deleted']);
    expect(await names(`requestId=${request}`)).toEqual(['user.changed']);
    expect(await names(`ip=192.0.2.77`)).toEqual(['user.changed']);
    for (const search of [request, '192.0.2.77', 'USER.CHANGED']) {
      expect(await names(`search=${search}`)).toEqual(['user.changed']);
    }
    expect(await names(`search=issuer&event=user.*`)).toEqual([]);
    const [{ occurredAt }] = (await api.get('audit-events?event=user.changed')).body.items;
    expect(await names(`event=user.*&from=${occurredAt}&to=${occurredAt}`)).toContain('user.changed');
    expect(await names(`to=2020-01-01T00:00:00Z`)).toEqual([]);
  });

  it('pages in both orders without a gap', async () => {
    const all: string[] = [];
    let cursor = '';
    do {
      const { body } = await api.get(`audit-events?limit=2&sort=occurredAt${cursor}`);
      all.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    const { body } = await api.get('audit-events?limit=200');
    expect(all.reverse()).toEqual(body.items.map(({ id }: { id: string }) => id));
    expect(new Set(all).size).toBe(all.length);
  });

  it('knows every name, and refuses what is no filter', async () => {
    expect((await api.get('audit-events/names')).body.items).toContain('webhook.disabled');
    for (const bad of [
      'event=x',
      'event=user.%25',
      'actorType=god',
      'clientId=1',
      'from=yesterday',
      'sort=id',
      'tenantId=1',
    ]) {
      const answer = await api.get(`audit-events?${bad}`);
      expect([bad, answer.status, answer.body.errors[0].pointer]).toEqual([bad, 400, `/${bad.split('=')[0]}`]);
    }
  });

  it('exports what fits, and says so in the trail', async () => {
    const ndjson = await api.get(`audit-events/export?event=user.*`);
    expect(ndjson.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = ndjson.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(lines.map(({ event }) => event)).toEqual(['user.deleted', 'user.changed']);
    const csv = await api.get(`audit-events/export?format=csv&targetId=${target}`);
    expect(csv.text.split('\r\n')[0]).toMatch(/^id,occurredAt,event,result,actorType,/);
    expect(csv.text.split('\r\n')[1]).toContain(`trusted-issuer.changed,success,user,${user}`);
    expect(await names('event=export.taken')).toHaveLength(2);
  });

  it('verifies the chain', async () => {
    await idp.get(AuditSealing).seal();
    const intact = await api.get('audit-events/verification');
    expect([intact.status, intact.body.isIntact, intact.body.fault]).toEqual([200, true, null]);
    expect(intact.body.verified).toBeGreaterThan(3);
    const sql = `UPDATE "audit_event" SET "result" = 'success' WHERE "tenantId" = $1 AND "event" = 'user.changed'`;
    await idp.database.dataSource.query(sql, [tenant.id]);
    const broken = await api.get('audit-events/verification?last=1000');
    expect([broken.body.isIntact, broken.body.fault.kind]).toEqual([false, 'changed']);
    expect((await api.get('audit-events/verification?last=0')).status).toBe(400);
  });

  it('S-175 shows nothing of another tenant, and nothing to those who may not read it', async () => {
    const there = await adminApi(idp, other, ['auditor']);
    const { body } = await there.get(`audit-events?clientId=${client}`);
    expect(body.items).toHaveLength(1);
    expect((await api.get(`audit-events/${body.items[0].id}`)).status).toBe(404);
    expect((await api.get('audit-events/x')).status).toBe(404);
    const manager = await adminApi(idp, tenant, ['application-manager']);
    for (const path of ['', '/names', '/export', '/verification', `/${newId()}`]) {
      expect((await manager.get(`audit-events${path}`)).status).toBe(403);
    }
  });
});
