/**
 * @spec NIST SP 800-63B-4 §3.1.1.2 — a change is forced where there is a reason for it, and never by the calendar: an
 * administrator says so, the user proves the old one, and what was begun with it ends (S-076).
 */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { auditOf, type Change, within } from '../change';
import { AdministrativeRights } from '../roles/administrative-rights';
import type { User } from '../user';
import { UserObservers } from '../user-observers';
import { UsersError } from '../users-error';
import { UsersRepository } from '../users.repository';
import { PasswordHasher } from './password-hasher';
import { checkPassword, type PasswordRefusal } from './password-policy';
import { type PasswordResult, PasswordService } from './password.service';
import { PasswordsRepository } from './passwords.repository';

/** As typed by the user. */
export interface PasswordChange {
  password: string;
  newPassword: string;
}

export type PasswordChangeResult =
  | { outcome: 'changed'; user: User }
  /** somebody has changed it meanwhile, or taken the reason away: nothing was written */
  | { outcome: 'superseded' }
  /** the new one may not become the password */
  | { outcome: 'unfit'; reason: PasswordRefusal | 'same' }
  | Exclude<PasswordResult, { outcome: 'ok' }>;

@Injectable()
export class PasswordChanges {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordsRepository,
    private readonly verifier: PasswordService,
    private readonly hasher: PasswordHasher,
    private readonly rights: AdministrativeRights,
    private readonly observers: UserObservers,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws UsersError (not-found, forbidden; conflict for a user without a password) */
  expire(tenant: Tenant, userId: string, change: Change = {}): Promise<User> {
    return within(this.database, change, async (tx) => {
      const user = await this.users.lockById(tenant.id, userId, tx);
      if (!user) throw new UsersError('not-found', 'There is no such user.');
      await this.rights.assertMayChange(tenant.id, { type: 'user', id: userId }, { ...change, tx });
      if (!(await this.passwords.isSet(tenant.id, userId, tx))) {
        throw new UsersError('conflict', 'The user has no password that could be changed.');
      }
      if (user.passwordExpiredAt) return user;
      const now = this.clock.now();
      await this.users.setPasswordExpiry(tenant.id, userId, { expiredAt: now, now }, tx);
      const event = { event: 'password.expired', result: 'success', target: { type: 'user', id: userId } } as const;
      await this.audit.record(tenant.id, { ...event, ...auditOf(change) }, tx);
      return (await this.users.findById(tenant.id, userId, tx))!;
    });
  }

  /**
   * The user chooses another one, as they were told to. Guesses at the old one count as at a sign-in.
   * @throws UnavailableError when too many passwords are being hashed
   */
  async change(
    tenant: Tenant,
    user: User,
    { password, newPassword }: PasswordChange,
    request: RequestContext,
  ): Promise<PasswordChangeResult> {
    const refusal = checkPassword(newPassword, tenant, user);
    if (refusal) return { outcome: 'unfit', reason: refusal };
    if (newPassword.normalize('NFC') === password.normalize('NFC')) return { outcome: 'unfit', reason: 'same' };
    const proof = await this.verifier.verify(tenant, user.username, password, request);
    if (proof.outcome !== 'ok') return proof;
    if (proof.user.id !== user.id) return { outcome: 'superseded' };
    const secret = await this.hasher.hash(newPassword);
    return this.database.transaction((tx) => this.replace(tenant, proof.user, { secret, request, tx }));
  }

  /** The row is held: of two changes at once the second finds that what it has proved is not asked for any more. */
  private async replace(
    tenant: Tenant,
    { id, passwordExpiredAt }: User,
    { secret, request, tx }: { secret: string; request: RequestContext; tx: Transaction },
  ): Promise<PasswordChangeResult> {
    const user = await this.users.lockById(tenant.id, id, tx);
    const isAsked = user?.status === 'active' && user.passwordExpiredAt !== undefined;
    if (!isAsked || user.passwordExpiredAt.getTime() !== passwordExpiredAt?.getTime()) return { outcome: 'superseded' };
    const now = this.clock.now();
    await this.passwords.set(user, secret, now, tx);
    await this.users.setPasswordExpiry(tenant.id, id, { expiredAt: null, now }, tx);
    await this.observers.passwordSet(tenant.id, id, tx);
    const target = { type: 'user', id };
    const event = { event: 'password.changed', result: 'success', actor: { type: 'user', id } } as const;
    await this.audit.record(tenant.id, { ...event, target, detail: { required: true }, request }, tx);
    return { outcome: 'changed', user: (await this.users.findById(tenant.id, id, tx))! };
  }
}
