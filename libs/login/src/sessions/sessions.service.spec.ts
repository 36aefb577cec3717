import type { AuditService } from '@tokenidp/audit';
import type { Database } from '@tokenidp/database';
import { Clock, randomToken, sha256 } from '@tokenidp/kernel';
import type { AuthenticatedSession } from '@tokenidp/oauth';
import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACR_SINGLE_FACTOR } from './acr';
import type { LastSeen } from './last-seen';
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
    end: jest.fn(async () => true),
  };
  const lastSeen = { write: jest.fn() };
  const audit = { record: jest.fn(async () => {}) };
  const database = { transaction: (work: (tx: object) => Promise<unknown>) => work({}) };
  const header = jest.fn();
  const service = new SessionsService(
    repository as unknown as SessionsRepository,
    lastSeen as unknown as LastSeen,
    database as unknown as Database,
    audit as unknown as AuditService,
    new StoppedClock(),
  );
  return { service, repository, lastSeen, audit, header, reply: { header } as unknown as FastifyReply };
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
  it('S-120 ends the row and drops the cookie', async () => {
    const { service, repository, reply, header } = suite();
    await service.end(tenant, sessionOf('u1'), reply, {} as never);
    expect(repository.end).toHaveBeenCalledWith('t1', 's1', NOW, {});
    expect(header).toHaveBeenCalledWith('set-cookie', expect.stringContaining('Max-Age=0'));
  });
});
