import type { AuditEvent, AuditService } from '@tokenidp/audit';
import type { Database, Transaction } from '@tokenidp/database';
import { Clock, KeyedHash, MasterKeys, UnavailableError } from '@tokenidp/kernel';
import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import { randomBytes } from 'node:crypto';
import type { User } from '../user';
import type { AddressLimit } from './address-limit';
import type { PasswordHasher } from './password-hasher';
import { PasswordService } from './password.service';
import type { FailureState, PasswordsRepository, SignInCandidate } from './passwords.repository';

class FixedClock extends Clock {
  instant = new Date('2026-01-01T00:00:00Z');

  now(): Date {
    return this.instant;
  }
}

const tenant = { id: 'acme', settings: DEFAULT_TENANT_SETTINGS } as Tenant;
const user = { id: 'u', tenantId: 'acme', username: 'ada', status: 'active' } as User;
const fresh: FailureState = { failures: 0, blockedUntil: null, disabledAt: null };
const request = { requestId: 'r', ip: '192.0.2.1', userAgent: undefined };
const RIGHT = 'right';

/** A service whose database, hash and audit trail are lists that the test looks at. */
function setUp(
  given: Partial<SignInCandidate> = {},
  options: { secret?: string; wait?: number; failed?: FailureState | null } = {},
) {
  const steps: string[] = [];
  const events: AuditEvent[] = [];
  const clock = new FixedClock();
  const candidate = { user, credential: { id: 'c', secret: options.secret ?? 'stored' }, state: fresh, ...given };
  const { failed = { ...fresh, failures: 1 }, wait = 0 } = options;
  const passwords: Partial<PasswordsRepository> = {
    findCandidate: async (_tenantId, login, hash) => (
      steps.push(`find ${login} ${hash === login ? 'plain' : 'hashed'}`),
      candidate
    ),
    fail: async ({ credentialId }) => (steps.push(`fail ${credentialId ?? 'unknown'}`), failed),
    succeed: async () => (steps.push('succeed'), true),
    rehash: async (_tenantId, _credential, secret) => void steps.push(`rehash ${secret}`),
  };
  const hasher: Partial<PasswordHasher> = {
    verify: async (password, stored) => (steps.push('verify'), password === RIGHT && stored !== null),
    hash: async () => 'new',
    isOutdated: (stored) => stored === 'old',
  };
  const addresses: Partial<AddressLimit> = {
    wait: async () => wait,
    countFailure: async () => void steps.push('count address'),
  };
  const database = {
    transaction: (work: (tx: Transaction) => unknown) => work({} as Transaction),
  } as unknown as Database;
  const audit = {
    record: async (_id: string, event: AuditEvent) => void events.push(event),
  } as unknown as AuditService;
  const service = new PasswordService(
    database,
    passwords as PasswordsRepository,
    hasher as PasswordHasher,
    addresses as AddressLimit,
    audit,
    new KeyedHash(new MasterKeys([{ id: 'one', key: randomBytes(32) }])),
    clock,
  );
  const verify = (login: string, password: string) => service.verify(tenant, login, password, request);
  return { verify, steps, events, clock, hasher, passwords };
}

const UNKNOWN = { user: null, credential: null };

describe('PasswordService', () => {
  it('lets in with one look-up, one hash and one write', async () => {
    const { verify, steps, clock } = setUp();
    expect(await verify('ADA', RIGHT)).toEqual({ outcome: 'ok', user: { ...user, lastSignInAt: clock.instant } });
    expect(steps).toEqual(['find ada hashed', 'verify', 'succeed']);
  });

  it('S-136 takes the same steps for a known and for an unknown name', async () => {
    const [known, unknown] = [setUp(), setUp(UNKNOWN)];
    expect(await known.verify('ada', 'wrong')).toMatchObject({ outcome: 'invalid' });
    expect(await unknown.verify('ada', 'wrong')).toMatchObject({ outcome: 'invalid' });
    expect(known.steps.toSorted()).toEqual(['count address', 'fail c', 'find ada hashed', 'verify']);
    expect(unknown.steps.toSorted()).toEqual(['count address', 'fail unknown', 'find ada hashed', 'verify']);
  });

  it.each(['disabled', 'locked', 'invited'] as const)(
    'S-136 answers a %s user as if the password were wrong',
    async (status) => {
      const { verify, steps } = setUp({ user: { ...user, status } });
      expect(await verify('ada', RIGHT)).toMatchObject({ outcome: 'invalid' });
      expect(steps).toContain('fail c');
    },
  );

  it('S-136 treats a user without a password like an unknown one', async () => {
    const { verify, steps } = setUp({ credential: null });
    expect(await verify('ada', RIGHT)).toMatchObject({ outcome: 'invalid' });
    expect(steps).toEqual(expect.arrayContaining(['verify', 'fail unknown']));
  });

  it.each([
    ['known', {}],
    ['unknown', UNKNOWN],
  ])('S-134 S-136 does not look at the password of an %s name that has to wait', async (_title, given) => {
    const blockedUntil = new Date('2026-01-01T00:00:03.2Z');
    const { verify, steps, clock } = setUp({ ...given, state: { failures: 7, blockedUntil, disabledAt: null } });
    expect(await verify('ada', RIGHT)).toEqual({ outcome: 'delayed', retryAfterSeconds: 4 });
    expect(steps).toEqual(['find ada hashed']);
    clock.instant = blockedUntil;
    expect((await verify('ada', RIGHT)).outcome).toBe(_title === 'known' ? 'ok' : 'invalid');
  });

  it.each([
    ['known', {}],
    ['unknown', UNKNOWN],
  ])('S-134 S-136 answers an %s name with 100 failures as disabled', async (_title, given) => {
    const { verify, steps } = setUp({
      ...given,
      state: { failures: 100, blockedUntil: null, disabledAt: new Date(0) },
    });
    expect(await verify('ada', RIGHT)).toMatchObject({ outcome: 'disabled' });
    expect(steps).toEqual(['find ada hashed']);
  });

  it('S-134 RFC 6819 §5.1.4.2.3 delays an address that has failed too often, whatever the name', async () => {
    const { verify, steps } = setUp({}, { wait: 12.3 });
    expect(await verify('ada', RIGHT)).toEqual({ outcome: 'delayed', retryAfterSeconds: 13 });
    expect(steps).not.toContain('verify');
  });

  it('S-134 NIST SP 800-63B-4 §3.2.2 tells of the failure that disables a password, and of no other', async () => {
    const last = setUp({}, { failed: { failures: 100, blockedUntil: null, disabledAt: new Date(0) } });
    await last.verify('ada', 'wrong');
    expect(last.events).toMatchObject([{ event: 'account.locked', target: { type: 'user', id: 'u' }, request }]);
    const usual = setUp();
    await usual.verify('ada', 'wrong');
    const nobody = setUp(UNKNOWN, { failed: { failures: 100, blockedUntil: null, disabledAt: new Date(0) } });
    await nobody.verify('ada', 'wrong');
    expect([usual.events, nobody.events]).toEqual([[], []]);
  });

  it('hashes anew when the parameters or the pepper have changed, and lets in even if it cannot', async () => {
    const { verify, steps, hasher } = setUp({}, { secret: 'old' });
    await verify('ada', RIGHT);
    expect(steps).toEqual(['find ada hashed', 'verify', 'succeed', 'rehash new']);
    hasher.hash = async () => {
      throw new UnavailableError(2);
    };
    expect((await verify('ada', RIGHT)).outcome).toBe('ok');
  });

  it('S-184 refuses a password of more than 1024 characters before it is hashed, and a name that can be nobody’s', async () => {
    const { verify, steps } = setUp();
    for (const [login, password] of [
      ['ada', 'x'.repeat(1_025)],
      ['ada', '🦊'.repeat(1_025)],
      ['a'.repeat(300), RIGHT],
      ['ada\0', RIGHT],
      ['\ud800', RIGHT],
      ['', RIGHT],
    ] as const) {
      expect(await verify(login, password)).toMatchObject({ outcome: 'invalid' });
    }
    expect(steps).toEqual([]);
  });

  it('S-184 passes on that too much is being hashed, and counts no failure', async () => {
    const { verify, steps, hasher } = setUp();
    hasher.verify = async () => {
      throw new UnavailableError(2);
    };
    await expect(verify('ada', RIGHT)).rejects.toMatchObject({ retryAfterSeconds: 2 });
    expect(steps).toEqual(['find ada hashed']);
  });

  it('S-134 answers what holds now when other attempts were counted first', async () => {
    const { verify, passwords, steps } = setUp();
    let looks = 0;
    passwords.findCandidate = async () => {
      const state = (looks += 1) === 1 ? fresh : { ...fresh, blockedUntil: new Date('2026-01-01T00:00:01Z') };
      return { user, credential: { id: 'c', secret: 'stored' }, state };
    };
    passwords.succeed = async () => false;
    expect(await verify('ada', RIGHT)).toEqual({ outcome: 'delayed', retryAfterSeconds: 1 });
    expect(steps).toEqual(['verify']);
  });
});
