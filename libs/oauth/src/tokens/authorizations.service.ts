/** @spec RFC 9700 §4.14.2, OIDC Core §11 — what hangs from an authorization falls with it, in one row. */
import { Injectable } from '@nestjs/common';
import type { ClientObserver } from '@tokenidp/clients';
import type { Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { UserObserver } from '@tokenidp/users';
import { AuthorizationsRepository } from './authorizations.repository';

@Injectable()
export class Authorizations implements ClientObserver, UserObserver {
  constructor(
    private readonly authorizations: AuthorizationsRepository,
    private readonly clock: Clock,
  ) {}

  /** False when there is none or it was revoked before. Without `tx` it commits on its own. */
  revoke(tenantId: string, id: string, reason: string, tx?: Transaction): Promise<boolean> {
    return this.authorizations.revoke(tenantId, id, { reason, now: this.clock.now() }, tx);
  }

  /** All of a user who may not sign in any more, `offline_access` or not. */
  async userDisabled(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    await this.authorizations.revokeOfUser(tenantId, userId, { reason: 'user-disabled', now: this.clock.now() }, tx);
  }

  /** With all that hangs from them; whatever else names the user goes too, so that nothing holds the row. */
  async userDeleted(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    await this.authorizations.deleteOfUser(tenantId, userId, tx);
  }

  /** All that was given to a client that is gone (RFC 7592 §2.3). */
  async clientEnded(tenantId: string, clientRowId: string, tx: Transaction): Promise<void> {
    await this.authorizations.revokeOfClient(
      tenantId,
      clientRowId,
      { reason: 'client-ended', now: this.clock.now() },
      tx,
    );
  }

  /** All of a session that has ended, but those with `offline_access` (OIDC Core §11). Returns how many. */
  revokeOfSession(tenantId: string, sessionId: string, tx?: Transaction): Promise<number> {
    return this.authorizations.revokeOfSession(
      tenantId,
      sessionId,
      { reason: 'session-ended', now: this.clock.now() },
      tx,
    );
  }
}
