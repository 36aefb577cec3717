import type { AuditService } from '@tokenidp/audit';
import { UnavailableError } from '@tokenidp/kernel';
import { type AuthenticatedSession, Parameters, type SignOut } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { FactorOutcome, PasswordFactor } from '../factors';
import type { BrowserCall, SessionsService } from '../sessions/sessions.service';
import { SignInService } from './sign-in.service';

const ada = { id: 'u1' } as User;
const call = { tenant: { id: 't1' } as Tenant, request: { id: 'r', ip: '::1', headers: {} }, reply: {} } as BrowserCall;
const complete = Parameters.parse('username=ada&password=secret');

function suite(verify: () => Promise<FactorOutcome>) {
  const audit = { record: jest.fn(async () => {}) };
  const sessions = { begin: jest.fn(async () => ({ id: 's2' })) };
  const signOut = { signOut: jest.fn(async () => {}) };
  const factor = { amr: ['pwd'], parameters: ['password'], verify: jest.fn(verify) };
  const service = new SignInService(
    factor as unknown as PasswordFactor,
    sessions as unknown as SessionsService,
    signOut as unknown as SignOut,
    audit as unknown as AuditService,
  );
  return { service, audit, sessions, signOut, factor };
}

describe('SignInService.attempt', () => {
  it.each([
    ['', ['username', 'password']],
    ['username=ada', ['password']],
    ['password=secret', ['username']],
    ['username=&password=x&password=y', ['username', 'password']],
  ])('asks for what "%s" lacks and proves nothing', async (form, fields) => {
    const { service, factor } = suite(async () => ({ outcome: 'proved', user: ada }));
    const result = await service.attempt(call, Parameters.read(form).parameters);
    expect(result).toEqual({ outcome: 'missing', fields });
    expect(factor.verify).not.toHaveBeenCalled();
  });

  it('S-148 a proof carries what was done, and no more', async () => {
    const { service, audit } = suite(async () => ({ outcome: 'proved', user: ada }));
    expect(await service.attempt(call, complete)).toEqual({ outcome: 'proved', user: ada, amr: ['pwd'] });
    expect(audit.record).not.toHaveBeenCalled();
  });

  it.each(['refused', 'disabled'] as const)('S-182 %s is audited, without anything that was typed', async (outcome) => {
    const { service, audit } = suite(async () => ({ outcome, userId: ada.id }));
    expect(await service.attempt(call, complete)).toEqual({ outcome, userId: ada.id });
    const [, event] = audit.record.mock.calls[0] as unknown as [string, { detail: object }];
    expect(event).toMatchObject({
      event: 'sign-in.failed',
      result: 'failure',
      actor: { type: 'user', id: ada.id },
      detail: { reason: outcome },
    });
    for (const typed of [complete.get('username')!, 'secret']) expect(JSON.stringify(event)).not.toContain(typed);
  });

  it('a delayed attempt was not looked at, and does not fill the trail', async () => {
    const { service, audit } = suite(async () => ({ outcome: 'delayed', retryAfterSeconds: 4 }));
    expect(await service.attempt(call, complete)).toEqual({ outcome: 'delayed', retryAfterSeconds: 4 });
    expect(audit.record).not.toHaveBeenCalled();
  });

  it('S-184 a full queue is busy, told with when to come back', async () => {
    const { service } = suite(() => Promise.reject(new UnavailableError(2)));
    expect(await service.attempt(call, complete)).toEqual({ outcome: 'busy', retryAfterSeconds: 2 });
  });

  it('what is not foreseen is not taken for a refusal', async () => {
    const { service } = suite(() => Promise.reject(new Error('unforeseen')));
    await expect(service.attempt(call, complete)).rejects.toThrow('unforeseen');
  });
});

describe('SignInService.begin', () => {
  const current = (userId: string): AuthenticatedSession => ({ id: 's1', userId }) as AuthenticatedSession;
  const proof = { user: ada, amr: ['pwd'] };

  it('S-120 goes on with the session of the same user', async () => {
    const { service, sessions, signOut } = suite(async () => ({ outcome: 'refused' }));
    await service.begin(call, proof, current('u1'));
    expect(signOut.signOut).not.toHaveBeenCalled();
    expect(sessions.begin).toHaveBeenCalledWith(call, { ...proof, current: current('u1') });
  });

  it('S-120 signs somebody else out first', async () => {
    const { service, sessions, signOut } = suite(async () => ({ outcome: 'refused' }));
    await service.begin(call, proof, current('u2'));
    expect(signOut.signOut).toHaveBeenCalledWith(call.tenant, current('u2'), expect.anything());
    expect(sessions.begin).toHaveBeenCalledWith(call, { ...proof, current: null });
  });
});
