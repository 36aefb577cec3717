import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database } from '@tokenidp/database';
import type { TokenRequest } from '../grants/grant';
import { Authorizations } from './authorizations.service';
import type { Standing } from './standing';

export type ReuseReason = 'code-replayed' | 'refresh-token-reused';

/**
 * @spec OAuth 2.1 §4.3.1, §7.5.2, RFC 9700 §4.14.2 — a one-time secret that comes twice is in two hands: what was
 * issued for it is taken back, in a transaction of its own, because the request that found out fails.
 */
@Injectable()
export class ReuseDetection {
  constructor(
    private readonly database: Database,
    private readonly authorizations: Authorizations,
    private readonly audit: AuditService,
  ) {}

  /** Has committed when it resolves. The event is recorded once, however often the secret comes again. */
  async revoke({ tenant, client, context }: TokenRequest, standing: Standing, reason: ReuseReason): Promise<void> {
    const { authorizationId, sessionId, user } = standing;
    await this.database.transaction(async (tx) => {
      if (!(await this.authorizations.revoke(tenant.id, authorizationId, reason, tx))) return;
      const event = {
        event: 'token.reuse-detected',
        result: 'failure',
        actor: { type: 'client', id: client.client_id },
        target: { type: 'authorization', id: authorizationId },
        clientId: client.id,
        sessionId: sessionId ?? undefined,
        detail: { reason, userId: user.id },
        request: context,
      } as const;
      await this.audit.record(tenant.id, event, tx);
    });
  }
}
