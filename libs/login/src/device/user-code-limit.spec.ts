import type { AuditEvent, AuditService } from '@tokenidp/audit';
import type { Counters } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { AuthenticatedSession } from '@tokenidp/oauth';
import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import { type CodeTry, UserCodeLimit } from './user-code-limit';

const NOW = new Date('2026-11-24T12:00:00.000Z');

class StoppedClock extends Clock {
  now = (): Date => NOW;
}

const sessionOf = (id: string, authTime = NOW) => ({ id, authTime }) as AuthenticatedSession;

function setUp(limits: Partial<Tenant['settings']['limits']> = {}) {
  const counts = new Map<string, number>();
  const events: AuditEvent[] = [];
  const counters = {
    hit: async (_tenantId: string, key: string, seconds: number) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return { count: counts.get(key)!, resetAt: new Date(NOW.getTime() + seconds * 1000) };
    },
    clear: async (_tenantId: string, key: string) => void counts.delete(key),
  };
  const audit = { record: async (_id: string, event: AuditEvent) => void events.push(event) };
  const limit = new UserCodeLimit(
    counters as unknown as Counters,
    audit as unknown as AuditService,
    new StoppedClock(),
  );
  const settings = { ...DEFAULT_TENANT_SETTINGS, limits: { ...DEFAULT_TENANT_SETTINGS.limits, ...limits } };
  const attempt = (changes: Partial<CodeTry> & { ip?: string } = {}): CodeTry => ({
    tenant: { id: 'tenant', settings } as Tenant,
    session: null,
    browser: 'browser',
    context: { requestId: 'r', ip: changes.ip ?? '192.0.2.1', userAgent: 'test' },
    ...changes,
  });
  const waits = async (count: number, of: (n: number) => CodeTry) => {
    const all: number[] = [];
    for (let n = 0; n < count; n += 1) all.push(await limit.take(of(n)));
    return all;
  };
  return { limit, attempt, waits, counts, events };
}

describe('RFC 8628 §5.1 S-155 tries at a user code', () => {
  it('are five for a browser in the lifetime of a code', async () => {
    const { attempt, waits, counts } = setUp();
    expect(await waits(6, () => attempt())).toEqual([0, 0, 0, 0, 0, 600]);
    // What the browser's own limit refuses takes nothing from those who share its address.
    expect(counts.get('user-code:tenant')).toBe(5);
  });

  it('are counted for a session, wherever it is used, and anew after a sign-in', async () => {
    const { attempt, waits } = setUp();
    const session = sessionOf('s1');
    expect(await waits(6, (n) => attempt({ session, browser: `b${n}`, ip: `192.0.2.${n}` }))).toEqual([
      ...[0, 0, 0, 0, 0],
      600,
    ]);
    const again = sessionOf('s1', new Date(NOW.getTime() + 1000));
    expect(await waits(1, () => attempt({ session: again }))).toEqual([0]);
  });

  it('are ten a minute for an address, however many browsers it has', async () => {
    const { attempt, waits, events } = setUp();
    const all = await waits(12, (n) => attempt({ browser: `b${n}` }));
    expect(all).toEqual([...Array<number>(10).fill(0), 60, 60]);
    expect(await waits(1, () => attempt({ browser: 'x', ip: '192.0.2.2' }))).toEqual([0]);
    expect(events).toMatchObject([{ event: 'rate-limit.hit', detail: { limit: 'user-code-per-address', count: 11 } }]);
  });

  it('are so many a minute for a tenant, with an alarm before', async () => {
    const { attempt, waits, events } = setUp({ userCodesPerMinute: 120 });
    const all = await waits(121, (n) => attempt({ browser: `b${n}`, ip: `198.51.100.${n}` }));
    expect(all.filter((wait) => wait > 0)).toEqual([60]);
    expect(events.map(({ detail }) => detail)).toEqual([
      { limit: 'user-code-per-tenant', count: 100 },
      { limit: 'user-code-per-tenant', count: 121 },
    ]);
  });

  it('begin anew when a code was right', async () => {
    const { limit, attempt, waits } = setUp({ userCodesPerAddressPerMinute: 100 });
    await waits(4, () => attempt());
    await limit.clear(attempt());
    expect(await waits(5, () => attempt())).toEqual([0, 0, 0, 0, 0]);
  });
});
