import { auditInsert, auditParameters } from './audit-insert';
import type { AuditEvent } from './events';
import { REDACTED } from './redact';

const TENANT = '01970000-0000-7000-8000-000000000001';
const event: AuditEvent = {
  event: 'token.issued',
  result: 'success',
  actor: { type: 'user', id: 'u1', tenantId: TENANT },
  target: { type: 'authorization', id: 'a1' },
  detail: { grant_type: 'authorization_code', access_token: 'abc' },
  request: { requestId: 'r1', ip: '192.0.2.1', userAgent: 'Browser/1' },
};

describe('auditInsert', () => {
  it('names each column once, in the order of its value, and types every parameter', () => {
    const columns = auditInsert.columns.split(', ');
    const values = auditInsert.values.split(', ');
    expect(new Set(columns).size).toBe(17);
    expect(columns.slice(0, 4)).toEqual(['"tenantId"', '"id"', '"occurredAt"', '"event"']);
    expect(values.map((value) => value.slice(1))).toEqual(Object.keys(auditInsert.parameters));
    expect(Object.keys(auditParameters(TENANT, event)).sort()).toEqual(Object.keys(auditInsert.parameters).sort());
  });
});

describe('auditParameters', () => {
  const at = new Date('2026-03-04T05:06:07.008Z');

  it('S-182 takes what happened, to whom and from where, and no secret', () => {
    expect(auditParameters(TENANT, event, at)).toMatchObject({
      auditTenantId: TENANT,
      auditOccurredAt: at,
      auditEvent: 'token.issued',
      auditActorId: 'u1',
      auditTargetId: 'a1',
      auditOccurrences: 1,
      auditDetail: { grant_type: 'authorization_code', access_token: REDACTED },
      auditRequestId: 'r1',
      auditIp: '192.0.2.1',
      auditUserAgent: 'Browser/1',
    });
  });

  it('names the tenant of the actor only where it is another one', () => {
    expect(auditParameters(TENANT, event).auditActorTenantId).toBeNull();
    const actor = { type: 'operator', id: 'o', tenantId: 'other' } as const;
    expect(auditParameters(TENANT, { ...event, actor }).auditActorTenantId).toBe('other');
  });

  it('gives each event an id of its own that sorts by its instant', () => {
    const ids = [auditParameters(TENANT, event, at), auditParameters(TENANT, event, at)].map(({ auditId }) => auditId);
    expect(ids[0]).not.toBe(ids[1]);
    const later = auditParameters(TENANT, event, new Date(at.getTime() + 1)).auditId as string;
    expect(later > (ids[0] as string) && later > (ids[1] as string)).toBe(true);
  });

  it('cuts what a request made too long or unfit, so that nothing fails for its audit event', () => {
    const request = { requestId: 'r'.repeat(5000), ip: '::1', userAgent: `a\0${'ä'.repeat(5000)}` };
    const { auditRequestId, auditUserAgent } = auditParameters(TENANT, { ...event, request });
    expect(Buffer.byteLength(auditRequestId as string)).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(auditUserAgent as string)).toBeLessThanOrEqual(512);
    expect(auditUserAgent).toMatch(/^aä+\ufffd?$/);
  });
});
