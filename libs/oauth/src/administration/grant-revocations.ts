/** @spec OAuth 2.1 §7.9, RFC 9700 §4.14.2 — what an administrator takes back falls with all that hangs from it, at once. */
import { Injectable } from '@nestjs/common';
import type { AdminCall } from '@tokenidp/admin-api';
import { type AuditEvent, AuditService } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { Authorizations } from '../tokens/authorizations.service';
import { auditedBy } from './grants.admin';
import type { GrantParties, ListedAccessToken, ListedConsent, ListedRefreshToken } from './grants.list';
import { GrantsRepository } from './grants.repository';

const REASON = 'revoked-by-administrator';

/** What is over already is as good as taken back, and leaves no event. */
@Injectable()
export class GrantRevocations {
  constructor(
    private readonly database: Database,
    private readonly grants: GrantsRepository,
    private readonly authorizations: Authorizations,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  revokeAuthorization(tenant: Tenant, { id, clientId }: { id: string; clientId: string }, call: AdminCall) {
    const target = { type: 'authorization', id };
    return this.within(tenant, call, async (tx) =>
      (await this.authorizations.revoke(tenant.id, id, REASON, tx))
        ? { event: 'authorization.revoked', target, clientId }
        : null,
    );
  }

  /** The client asks anew, and its tokens of that user are over. */
  revokeConsent(tenant: Tenant, { id, userId, clientId, scope }: ListedConsent, call: AdminCall): Promise<void> {
    return this.within(tenant, call, async (tx) => {
      if (!(await this.grants.deleteConsent(tenant.id, id, tx))) return null;
      const revocation = { reason: REASON, now: this.clock.now() };
      const revoked = await this.grants.revokeOfPair(tenant.id, { userId: userId!, clientId }, revocation, tx);
      const detail = { before: { scope }, userId, authorizationsRevoked: revoked };
      return { event: 'consent.revoked', target: { type: 'consent', id }, clientId, detail };
    });
  }

  /** The whole family, with its authorization. */
  revokeFamily(tenant: Tenant, { authorizationId, clientId }: ListedRefreshToken, call: AdminCall): Promise<void> {
    return this.within(tenant, call, async (tx) =>
      (await this.authorizations.revoke(tenant.id, authorizationId, REASON, tx))
        ? { event: 'token.revoked', target: { type: 'authorization', id: authorizationId }, clientId }
        : null,
    );
  }

  revokeAccessToken(tenant: Tenant, { id, clientId }: ListedAccessToken, call: AdminCall): Promise<void> {
    return this.within(tenant, call, async (tx) =>
      (await this.grants.revokeAccessToken(tenant.id, id, this.clock.now(), tx))
        ? { event: 'token.revoked', target: { type: 'access_token', id }, clientId }
        : null,
    );
  }

  /** @throws ProblemError (conflict) when it was answered before or has expired */
  denyDevice(tenant: Tenant, { id, clientId }: Pick<GrantParties, 'clientId'> & { id: string }, call: AdminCall) {
    return this.within(tenant, call, async (tx) => {
      if (await this.grants.denyDevice(tenant.id, id, this.clock.now(), tx)) {
        return { event: 'device-request.denied', target: { type: 'device_authorization', id }, clientId };
      }
      throw new ProblemError('conflict', 'The request waits for no answer any more.');
    });
  }

  private async within(
    tenant: Tenant,
    call: AdminCall,
    work: (tx: Transaction) => Promise<Omit<AuditEvent, 'result' | 'actor' | 'request'> | null>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const event = await work(tx);
      if (event) await this.audit.record(tenant.id, { ...auditedBy(call), ...event }, tx);
    });
  }
}
