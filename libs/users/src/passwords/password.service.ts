/**
 * @spec NIST SP 800-63B-4 §3.2.2, RFC 6819 §5.1.4.2.3 — guessing is slowed by the account and by the address, and an
 * unknown name takes the same steps as a known one (S-134, S-136).
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, KeyedHash, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { isTypedLogin, normaliseLogin } from '../login-name';
import type { User } from '../user';
import { AddressLimit } from './address-limit';
import { PasswordHasher } from './password-hasher';
import { isTooLong } from './password-policy';
import { type FailureState, PasswordsRepository, type SignInCandidate } from './passwords.repository';

/** Whether a name is known shows in none of the three refusals; `userId` is for the audit trail alone. */
export type PasswordResult =
  | { outcome: 'ok'; user: User }
  /** wrong, or the user may not sign in */
  | { outcome: 'invalid'; userId?: string }
  /** too many failures of the account or from the address; the password was not looked at */
  | { outcome: 'delayed'; retryAfterSeconds: number }
  /** so many failures that this password is of no use until it is set anew; other ways to sign in stay open */
  | { outcome: 'disabled'; userId?: string };

interface Attempt {
  tenant: Tenant;
  login: string;
  loginHash: string;
  request: RequestContext;
}

const LOGIN_PURPOSE = 'unknown-login';

@Injectable()
export class PasswordService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordsRepository,
    private readonly hasher: PasswordHasher,
    private readonly addresses: AddressLimit,
    private readonly audit: AuditService,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): Promise<void> {
    return this.hasher.warmUp();
  }

  /**
   * One look-up, one hash, one write.
   * @param identifier user name or e-mail address, as typed
   * @throws UnavailableError when too many passwords are being hashed
   */
  async verify(tenant: Tenant, identifier: string, password: string, request: RequestContext): Promise<PasswordResult> {
    const login = normaliseLogin(identifier);
    if (!isTypedLogin(login) || isTooLong(password)) return { outcome: 'invalid' };
    const loginHash = this.keyedHash.hash(LOGIN_PURPOSE, login);
    const attempt = { tenant, login, loginHash, request };
    const [candidate, addressWait] = await Promise.all([this.find(attempt), this.addresses.wait(tenant, request.ip)]);
    const refusal = addressWait > 0 ? delayed(addressWait) : this.refusalOf(candidate);
    if (refusal) return refusal;
    const isRight = await this.hasher.verify(password, candidate.credential?.secret ?? null);
    const mayEnter = isRight && candidate.user?.status === 'active';
    return mayEnter ? this.succeed(attempt, candidate, password) : this.fail(attempt, candidate);
  }

  private find({ tenant, login, loginHash }: Attempt): Promise<SignInCandidate> {
    return this.passwords.findCandidate(tenant.id, login, loginHash);
  }

  private async succeed(attempt: Attempt, candidate: SignInCandidate, password: string): Promise<PasswordResult> {
    const credential = candidate.credential!;
    const now = this.clock.now();
    if (!(await this.passwords.succeed(attempt.tenant.id, credential, now))) return this.tooEarly(attempt);
    if (this.hasher.isOutdated(credential.secret)) await this.rehash(attempt.tenant.id, credential, password);
    return { outcome: 'ok', user: { ...candidate.user!, lastSignInAt: now } };
  }

  /** Not worth failing a sign-in: there will be another. */
  private async rehash(tenantId: string, credential: { id: string; secret: string }, password: string): Promise<void> {
    try {
      await this.passwords.rehash(tenantId, credential, await this.hasher.hash(password));
    } catch {
      // The queue is full, or the database is away.
    }
  }

  private async fail(attempt: Attempt, candidate: SignInCandidate): Promise<PasswordResult> {
    const counted = this.database.transaction((tx) => this.countFailure(attempt, candidate, tx));
    const [state] = await Promise.all([counted, this.addresses.countFailure(attempt.tenant, attempt.request)]);
    return state ? { outcome: 'invalid', userId: candidate.user?.id } : this.tooEarly(attempt);
  }

  private async countFailure(
    attempt: Attempt,
    candidate: SignInCandidate,
    tx: Transaction,
  ): Promise<FailureState | null> {
    const { tenant, loginHash, request } = attempt;
    const { passwordFreeFailures, passwordMaxDelaySeconds, passwordDisableAt } = tenant.settings.limits;
    const where = { tenantId: tenant.id, credentialId: candidate.credential?.id, loginHash };
    const policy = {
      free: passwordFreeFailures,
      maxDelaySeconds: passwordMaxDelaySeconds,
      disableAt: passwordDisableAt,
    };
    const state = await this.passwords.fail(where, policy, this.clock.now(), tx);
    if (state?.disabledAt && candidate.credential) {
      const target = { type: 'user', id: candidate.user!.id };
      const detail = { authenticator: 'password', failures: state.failures };
      const event = {
        event: 'account.locked',
        result: 'success',
        actor: { type: 'system' },
        target,
        detail,
        request,
      } as const;
      await this.audit.record(tenant.id, event, tx);
    }
    return state;
  }

  /** Other attempts at the same time were counted first: what holds now is what they left behind. */
  private async tooEarly(attempt: Attempt): Promise<PasswordResult> {
    const candidate = await this.find(attempt);
    return this.refusalOf(candidate) ?? { outcome: 'invalid', userId: candidate.user?.id };
  }

  private refusalOf({ state, user }: SignInCandidate): PasswordResult | undefined {
    const { blockedUntil, disabledAt } = state;
    if (disabledAt) return { outcome: 'disabled', userId: user?.id };
    const wait = blockedUntil ? blockedUntil.getTime() - this.clock.now().getTime() : 0;
    return wait > 0 ? delayed(wait / 1000) : undefined;
  }
}

function delayed(seconds: number): PasswordResult {
  return { outcome: 'delayed', retryAfterSeconds: Math.ceil(seconds) };
}
