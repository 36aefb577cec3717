/** @spec ASVS V6.4.6 — an administrator sees which credentials there are and may take them, and never what they hold (S-135). */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { auditOf, within, type Change } from '../change';
import { AccessService } from '../roles/access.service';
import { AdministrativeRights } from '../roles/administrative-rights';
import type { User } from '../user';
import { UsersError } from '../users-error';
import { UsersRepository } from '../users.repository';
import { CredentialsRepository, type CredentialSummary } from './credentials.repository';

@Injectable()
export class CredentialsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly credentials: CredentialsRepository,
    private readonly rights: AdministrativeRights,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws UsersError (not-found) */
  async list(tenant: Tenant, userId: string): Promise<CredentialSummary[]> {
    if (!(await this.users.findById(tenant.id, userId))) throw unknownUser();
    return this.credentials.list(tenant.id, userId);
  }

  /** @throws UsersError (not-found, forbidden) */
  async delete(tenant: Tenant, userId: string, id: string, change: Change = {}): Promise<void> {
    await within(this.database, change, async (tx) => {
      await this.rights.assertMayChange(tenant.id, { type: 'user', id: userId }, { ...change, tx });
      const before = (await this.credentials.list(tenant.id, userId, tx)).find((each) => each.id === id);
      if (!before || !(await this.credentials.delete(tenant.id, userId, id, tx))) {
        throw new UsersError('not-found', 'There is no such credential.');
      }
      const now = this.clock.now();
      if (before.type === 'password') {
        await this.users.setPasswordExpiry(tenant.id, userId, { expiredAt: null, now }, tx);
      }
      const detail = { before: { type: before.type, name: before.name } };
      const target = { type: 'user', id: userId };
      const event = { event: 'factor.removed', result: 'success', target, detail } as const;
      await this.audit.record(tenant.id, { ...event, ...auditOf(change) }, tx);
    });
  }

  /** A user who was locked, or whose credentials are of no use after too many failures. @throws UsersError */
  unlock(tenant: Tenant, userId: string, change: Change = {}): Promise<User> {
    return within(this.database, change, async (tx) => {
      const user = await this.users.lockById(tenant.id, userId, tx);
      if (!user) throw unknownUser();
      await this.rights.assertMayChange(tenant.id, { type: 'user', id: userId }, { ...change, tx });
      await this.credentials.unlock(tenant.id, userId, tx);
      const status = user.status === 'locked' ? 'active' : user.status;
      if (status !== user.status) {
        await this.users.setStatus(tenant.id, userId, { status, now: this.clock.now() }, tx);
        await this.access.userChanged(tenant.id, userId, tx);
      }
      const detail = { before: { status: user.status }, after: { status } };
      const event = { event: 'account.unlocked', result: 'success', target: { type: 'user', id: userId } } as const;
      await this.audit.record(tenant.id, { ...event, ...auditOf(change), detail }, tx);
      return (await this.users.findById(tenant.id, userId, tx))!;
    });
  }
}

function unknownUser(): UsersError {
  return new UsersError('not-found', 'There is no such user.');
}
