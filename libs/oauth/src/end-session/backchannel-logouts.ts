/** @spec OIDC Back-Channel Logout §2.5 — each client of a session that ends is told, when the end is certain and not before. */
import { Injectable } from '@nestjs/common';
import { Outbox, type Transaction } from '@tokenidp/database';
import type { EndedSession, SessionObserver } from '../authorize/interaction';
import { BACKCHANNEL_LOGOUT, BackchannelDeliveries, type BackchannelLogout } from './backchannel-deliveries';

@Injectable()
export class BackchannelLogouts implements SessionObserver {
  constructor(
    private readonly outbox: Outbox,
    private readonly deliveries: BackchannelDeliveries,
  ) {}

  async sessionEnded(tenantId: string, ended: EndedSession, tx: Transaction): Promise<void> {
    const hearing = ended.clients.filter(({ isBackchannel }) => isBackchannel);
    for (const { client_id } of hearing) {
      const payload: BackchannelLogout = { client_id, userId: ended.userId, sessionId: ended.id };
      await this.outbox.enqueue({ tenantId, topic: BACKCHANNEL_LOGOUT, key: `${tenantId} ${client_id}`, payload }, tx);
    }
    if (hearing.length > 0) tx.afterCommit(() => this.deliveries.wake());
  }
}
