import type { AuditService } from '@tokenidp/audit';
import type { Database } from '@tokenidp/database';
import { Clock, MasterKeys, randomToken, sha256 } from '@tokenidp/kernel';
import type { AuthenticatedSession } from '@tokenidp/oauth';
import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACR_SINGLE_FACTOR } from './acr';
import type { LastSeen } from './last-seen';
import type { SessionEndsRepository } from './session-ends.repository';
import type { SessionRow, SessionsRepository } from './sessions.repository';
import { SessionsService } from './sessions.service';

const NOW = new Date('2026-01-01T12:00:00Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);

class StoppedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

const tenant = { id: 't1', slug: 'acme', secureCookies: true, settings: DEFAULT_TENANT_SETTINGS } as Tenant;
const ada = { id: 'u1', username: 'ada' } as User;
const reference = randomToken('tss');

function request(cookie?: string): FastifyRequest {
  const headers = { cookie: cookie && `__Host-sid.acme=${cookie}`, 'user-agent': 'x'.repeat(600) };
  return { id: 'r1', ip: '192.0.2.1', headers } as unknown as FastifyRequest;
}

function row(over: Partial<SessionRow> = {}): SessionRow {
  const times = { authTime: ago(100), lastSeenAt: ago(10), absoluteExpiresAt: new Date(NOW.getTime() + 1000_000) };
  return { id: 's1', acr: 'a', amr: ['pwd'], clientIds: ['c1'], user: ada, ...times, ...over };
}

function suite(found: SessionRow | null = null, renewed = true) {
  const repository = {
    find: jest.fn(async () => found),
    insert: jest.fn(async () => {}),
    renew: jest.fn(async () => renewed),
  };
  const ended = { id: 's1', userId: 'u1', clients: [{ client_id: 'app', isBackchannel: true }] };
  const ends = {
    end: jest.fn(async () => ended),
    endOfUser: jest.fn(async () => [ended, { ...ended, id: 's2' }]),
    endExpired: jest.fn(async () => [{ ...ended, tenantId: 't2', id: 's3' }]),
  };
  const lastSeen = { write: jest.fn() };
  const audit = { record: jest.fn(async () => {}) };
  const database = { transaction: (work: (tx: object) => Promise<unknown>) => work({}) };
  const header = jest.fn();
  const service = new SessionsService(
    repository as unknown as SessionsRepository,
    ends as unknown as SessionEndsRepository,
    lastSeen as unknown as LastSeen,
    database as unknown as Database,
    audit as unknown as AuditService,
    new StoppedClock(),
    new MasterKeys([{ id: 'k1', key: Buffer.alloc(32, 1) }]),
  );
  return { service, repository, ends, lastSeen, audit, header, reply: { header } as unknown as FastifyReply };
}

const sessionOf = (userId: string): AuthenticatedSession =>
  ({ id: 's1', userId, clientIds: ['c1'] }) as unknown as AuthenticatedSession;

describe('SessionsService.find', () => {
  it('looks the hash up, never the reference itself', async () => {
    const { service, repository } = suite(row());
    const session = await service.find(tenant, request(reference));
    expect(repository.find).toHaveBeenCalledWith('t1', sha256(reference), NOW);
    expect(session).toMatchObject({ id: 's1', sid: 's1', userId: 'u1', clientIds: ['c1'] });
  });

  it.each([
    ['without a cookie', undefined],
    ['with a reference of another kind', randomToken('trt')],
    ['with a reference whose checksum is wrong', `${reference.slice(0, -1)}${reference.endsWith('A') ? 'B' : 'A'}`],
    ['with an enormous one', 'A'.repeat(5000)],
  ])('%s spends no read', async (_title, cookie) => {
    const { service, repository } = suite(row());
    expect(await service.find(tenant, request(cookie))).toBeNull();
    expect(repository.find).not.toHaveBeenCalled();
  });

  it.each([
    [59, 0],
    [60, 1],
  ])('%i s after the last writing the use is written %i times', async (seconds, times) => {
    const { service, lastSeen } = suite(row({ lastSeenAt: ago(seconds) }));
    await service.find(tenant, request(reference));
    expect(lastSeen.write).toHaveBeenCalledTimes(times);
  });
});

describe('SessionsService.begin', () => {
  const signIn = { user: ada, amr: ['pwd'] };

  it('S-120 a first sign-in makes a session and a reference that only the browser gets', async () => {
    const { service, repository, header, reply, audit } = suite();
    const call = { tenant, request: request(reference), reply };
    const session = await service.begin(call, { ...signIn, current: null });
    const [, id, columns] = repository.insert.mock.calls[0] as unknown as [string, string, Record<string, unknown>];
    const given = /^__Host-sid\.acme=([^;]+);/.exec(String(header.mock.calls[0][1]))![1]!;
    expect(given).not.toBe(reference);
    expect(columns).toMatchObject({ hash: sha256(given), userId: 'u1', authTime: NOW, acr: ACR_SINGLE_FACTOR });
    expect(JSON.stringify(columns)).not.toContain(given);
    expect(String(columns.userAgent)).toHaveLength(512);
    expect(session).toMatchObject({ id, sid: id, clientIds: [] });
    expect(repository.renew).not.toHaveBeenCalled();
    expect(audit.record).toHaveBeenCalledWith('t1', expect.objectContaining({ event: 'sign-in.succeeded' }), {});
  });

  it('S-120 the same user goes on with the same session under a new reference', async () => {
    const { service, repository, reply } = suite();
    const call = { tenant, request: request(reference), reply };
    const session = await service.begin(call, { ...signIn, current: sessionOf('u1') });
    const key = { tenantId: 't1', id: 's1', oldHash: sha256(reference) };
    expect(repository.renew).toHaveBeenCalledWith(key, expect.objectContaining({ authTime: NOW }), {});
    expect(repository.insert).not.toHaveBeenCalled();
    expect(session).toMatchObject({ id: 's1', clientIds: ['c1'] });
  });

  it('S-120 when another sign-in was faster with the same reference, a session of its own begins', async () => {
    const { service, repository, reply } = suite(null, false);
    const call = { tenant, request: request(reference), reply };
    const session = await service.begin(call, { ...signIn, current: sessionOf('u1') });
    expect(repository.insert).toHaveBeenCalledTimes(1);
    expect(session.id).not.toBe('s1');
    expect(session.clientIds).toEqual([]);
  });

  it('S-120 never goes on with the session of somebody else', async () => {
    const { service, repository, reply } = suite();
    const call = { tenant, request: request(reference), reply };
    await service.begin(call, { ...signIn, current: sessionOf('u2') });
    expect(repository.renew).not.toHaveBeenCalled();
    expect(repository.insert).toHaveBeenCalledTimes(1);
  });
});

describe('SessionsService.end', () => {
  it('S-120 ends the row; the cookies are dropped', async () => {
    const { service, ends, reply, header } = suite();
    await service.end('t1', 's1', {} as never);
    expect(ends.end).toHaveBeenCalledWith('t1', 's1', NOW, {});
    service.dropCookies(tenant, reply);
    expect(header).toHaveBeenCalledWith('set-cookie', expect.stringMatching(/^__Host-sid\.acme=;.*Max-Age=0/));
  });

  it('OIDC Back-Channel Logout §2.5 tells of each session that ends, whoever ends it, in the same transaction', async () => {
    const { service, ends } = suite();
    const heard: unknown[] = [];
    service.observe({ sessionEnded: async (tenantId, { id }, tx) => void heard.push([tenantId, id, tx]) });
    const tx = {} as never;
    await service.end('t1', 's1', tx);
    await service.userDisabled('t1', 'u1', tx);
    await service.passwordSet('t1', 'u1', tx);
    await service.endExpired(10, tx);
    expect(heard).toEqual([
      ['t1', 's1', tx],
      ['t1', 's1', tx],
      ['t1', 's2', tx],
      ['t1', 's1', tx],
      ['t1', 's2', tx],
      ['t2', 's3', tx],
    ]);
    expect(ends.endExpired).toHaveBeenCalledWith(NOW, 10, tx);
  });

  it('OIDC Back-Channel Logout §2.5 has nothing to tell of a session that had ended before', async () => {
    const { service, ends } = suite();
    ends.end.mockResolvedValue(null as never);
    const sessionEnded = jest.fn();
    service.observe({ sessionEnded });
    expect(await service.end('t1', 's1', {} as never)).toBeNull();
    expect(sessionEnded).not.toHaveBeenCalled();
  });
});

describe('the state that a browser shows', () => {
  const open = { ...tenant, settings: { ...tenant.settings, sessions: { checkSessionIframe: true } } };
  const cookieOf = (call: unknown[]): string => String(call[1]);

  it('OIDC Session Management §3.2 is another for each session, in a cookie that a script can read by https', async () => {
    const { service, reply, header } = suite();
    const first = service.browserState(open, sessionOf('u1'));
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(service.browserState(open, { id: 's2' } as never)).not.toBe(first);
    service.showBrowserState(open, sessionOf('u1'), { request: request(), reply });
    expect(cookieOf(header.mock.calls[0])).toBe(`__Host-bs.acme=${first}; Path=/; SameSite=None; Secure`);
    const knows = { headers: { cookie: `__Host-bs.acme=${first}` } } as FastifyRequest;
    service.showBrowserState(open, sessionOf('u1'), { request: knows, reply });
    expect(header).toHaveBeenCalledTimes(1);
    service.dropCookies(open, reply);
    expect(header.mock.calls.slice(1).map(cookieOf).join()).toMatch(/__Host-bs\.acme=; Max-Age=0/);
  });

  it.each([
    ['by default', tenant],
    ['without https', { ...open, secureCookies: false }],
  ])('is not there %s', (_title, closed) => {
    const { service, reply, header } = suite();
    expect(service.browserState(closed, sessionOf('u1'))).toBeUndefined();
    service.showBrowserState(closed, sessionOf('u1'), { request: request(), reply });
    expect(header).not.toHaveBeenCalled();
  });
});
