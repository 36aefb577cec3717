import type { AuditService } from '@tokenidp/audit';
import type { Counters } from '@tokenidp/database';
import { OAuthError } from '@tokenidp/kernel';
import { FixedClock, tenant } from '../../test/samples';
import { context, FakeAudit } from '../../test/token-samples';
import { ClientAuthFailures } from './client-auth-failures';

const LIMIT = tenant.settings.limits.clientAuthFailuresPerMinute;

function setUp() {
  const clock = new FixedClock();
  const windows = new Map<string, { count: number; resetAt: Date }>();
  const counters = {
    hit: async (_tenantId: string, key: string, seconds: number) => {
      const known = windows.get(key) ?? { count: 0, resetAt: new Date(clock.instant.getTime() + seconds * 1000) };
      windows.set(key, { ...known, count: known.count + 1 });
      return windows.get(key);
    },
  } as unknown as Counters;
  const audit = new FakeAudit();
  const failures = () => new ClientAuthFailures(counters, audit as unknown as AuditService, clock);
  return { clock, audit, failures };
}

async function fail(failures: ClientAuthFailures, times: number, clientId = 'app'): Promise<void> {
  for (let time = 0; time < times; time += 1) await failures.count(tenant, clientId, context);
}

const refusal = { status: 429, headers: { 'Retry-After': '60' } };

describe('OAuth 2.1 §2.4.1 S-054 guesses at the credentials of a client', () => {
  it('are answered with 429 beyond the limit, also by an instance that saw none of them', async () => {
    const { failures } = setUp();
    await fail(failures(), LIMIT);
    await expect(fail(failures(), 1)).rejects.toMatchObject(refusal);
    await expect(fail(failures(), 1)).rejects.toBeInstanceOf(OAuthError);
  });

  it('block the address that made them before the next attempt is looked at', async () => {
    const { failures, clock, audit } = setUp();
    const instance = failures();
    await fail(instance, LIMIT - 1);
    expect(() => instance.refuseBlocked(tenant, 'app', context)).not.toThrow();
    await fail(instance, 1);
    expect(() => instance.refuseBlocked(tenant, 'app', context)).toThrow(expect.objectContaining(refusal));
    expect(audit.events.map(({ event }) => event)).toEqual(['rate-limit.hit']);
    clock.forward(60);
    expect(() => instance.refuseBlocked(tenant, 'app', context)).not.toThrow();
  });

  it('block neither the client at another address nor another client', async () => {
    const { failures } = setUp();
    const instance = failures();
    await fail(instance, LIMIT);
    expect(() => instance.refuseBlocked(tenant, 'app', { ...context, ip: '198.51.100.7' })).not.toThrow();
    expect(() => instance.refuseBlocked(tenant, 'other', context)).not.toThrow();
    expect(() => instance.refuseBlocked({ ...tenant, id: 'other' }, 'app', context)).not.toThrow();
  });
});
