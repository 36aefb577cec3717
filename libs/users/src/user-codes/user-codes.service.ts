/**
 * @spec CIBA Core §7.1, NIST SP 800-63B-4 §3.2.2 — the code by which users let clients ask about them: kept and guarded
 * like a password, and whether somebody has one shows in nothing (S-134, S-136, S-161).
 */
import { Injectable } from '@nestjs/common';
import { type AuditEventName, AuditService } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, isId, KeyedHash, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { auditOf, type Change, within } from '../change';
import { PasswordHasher } from '../passwords/password-hasher';
import { type FailureState, PasswordsRepository } from '../passwords/passwords.repository';
import { UsersError } from '../users-error';
import { UsersRepository } from '../users.repository';
import { checkUserCode, LONGEST_USER_CODE } from './user-code-policy';
import { type UserCodeCandidate, UserCodesRepository } from './user-codes.repository';

export type UserCodeResult = { outcome: 'ok' | 'invalid' } | { outcome: 'delayed'; retryAfterSeconds: number };

export interface UserCodeAttempt {
  tenant: Tenant;
  /** null for nobody that is known */
  userId: string | null;
  /** whom the attempt is about, in whatever words; failures are counted by it where there is no code */
  whom: string;
  code: string;
  request: RequestContext;
}

const PURPOSE = 'unknown-user-code';

@Injectable()
export class UserCodesService {
  constructor(
    private readonly database: Database,
    private readonly codes: UserCodesRepository,
    private readonly passwords: PasswordsRepository,
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditService,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /** Whether the user has a code; for whoever may know. */
  async isSet(tenant: Tenant, userId: string): Promise<boolean> {
    if (!isId(userId)) return false;
    return (await this.codes.find(tenant.id, userId, this.unknownHash(userId))).credential !== null;
  }

  /**
   * Gives the user a code, or another one; failures are forgotten and a disabled code is of use again.
   * @throws UsersError (invalid with the refusal as detail, not-found), UnavailableError when too much is being hashed
   */
  async set(tenant: Tenant, userId: string, code: string, change: Change = {}): Promise<void> {
    const refusal = checkUserCode(code);
    if (refusal) {
      throw new UsersError('invalid', 'The code is refused.', [{ pointer: '/user_code', detail: refusal }]);
    }
    const secret = await this.hasher.hash(code);
    await within(this.database, change, async (tx) => {
      const user = isId(userId) ? await this.users.findById(tenant.id, userId, tx) : null;
      if (!user) throw new UsersError('not-found', 'There is no such user.');
      await this.codes.set(user, secret, this.clock.now(), tx);
      await this.record(tenant, 'factor.added', { userId, change, tx });
    });
  }

  /** False when there was none. */
  async remove(tenant: Tenant, userId: string, change: Change = {}): Promise<boolean> {
    return within(this.database, change, async (tx) => {
      const isRemoved = isId(userId) && (await this.codes.remove(tenant.id, userId, tx));
      if (isRemoved) await this.record(tenant, 'factor.removed', { userId, change, tx });
      return isRemoved;
    });
  }

  /**
   * One look-up, one hash, one write, whoever it is about.
   * @throws UnavailableError when too much is being hashed
   */
  async verify(attempt: UserCodeAttempt): Promise<UserCodeResult> {
    if (attempt.code.length > LONGEST_USER_CODE * 2) return { outcome: 'invalid' };
    const { credential, state } = await this.find(attempt);
    const refusal = this.refusalOf(state);
    if (refusal) return refusal;
    const isRight = await this.hasher.verify(attempt.code, credential?.secret ?? null);
    const isDone = isRight
      ? await this.codes.succeed(attempt.tenant.id, credential!, this.clock.now())
      : (await this.fail(attempt, credential)) !== null;
    if (isDone) return { outcome: isRight ? 'ok' : 'invalid' };
    // Other attempts at the same time were counted first: what holds now is what they left behind.
    return this.refusalOf((await this.find(attempt)).state) ?? { outcome: 'invalid' };
  }

  private find({ tenant, userId, whom }: UserCodeAttempt): Promise<UserCodeCandidate> {
    return this.codes.find(tenant.id, userId, this.unknownHash(whom));
  }

  private unknownHash(whom: string): string {
    return this.keyedHash.hash(PURPOSE, whom);
  }

  /** S-134: after the free failures a delay that doubles, at last no use until it is set anew. */
  private fail(attempt: UserCodeAttempt, credential: UserCodeCandidate['credential']): Promise<FailureState | null> {
    const { tenant, whom } = attempt;
    const { limits } = tenant.settings;
    const policy = {
      free: limits.passwordFreeFailures,
      maxDelaySeconds: limits.passwordMaxDelaySeconds,
      disableAt: limits.passwordDisableAt,
    };
    const where = { tenantId: tenant.id, credentialId: credential?.id, loginHash: this.unknownHash(whom) };
    return this.database.transaction(async (tx) => {
      const state = await this.passwords.fail(where, policy, this.clock.now(), tx);
      if (state?.disabledAt && credential) await this.recordLock(attempt, state.failures, tx);
      return state;
    });
  }

  private refusalOf({ blockedUntil, disabledAt }: FailureState): UserCodeResult | undefined {
    if (disabledAt) return { outcome: 'invalid' };
    const wait = blockedUntil ? blockedUntil.getTime() - this.clock.now().getTime() : 0;
    return wait > 0 ? { outcome: 'delayed', retryAfterSeconds: Math.ceil(wait / 1000) } : undefined;
  }

  private recordLock({ tenant, userId, request }: UserCodeAttempt, failures: number, tx: Transaction): Promise<void> {
    const target = { type: 'user', id: userId! };
    const detail = { authenticator: 'user-code', failures };
    const event = { event: 'account.locked', result: 'success', actor: { type: 'system' } } as const;
    return this.audit.record(tenant.id, { ...event, target, detail, request }, tx);
  }

  private record(
    tenant: Tenant,
    event: AuditEventName,
    { userId, change, tx }: { userId: string; change: Change; tx: Transaction },
  ): Promise<void> {
    const about = { target: { type: 'user', id: userId }, detail: { authenticator: 'user-code' } };
    return this.audit.record(tenant.id, { event, result: 'success', ...auditOf(change), ...about }, tx);
  }
}
