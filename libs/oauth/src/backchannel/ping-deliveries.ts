/** @spec CIBA Core §10.2 — the client is told that it may ask, and nothing else (S-162). */
import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { ClientsService } from '@tokenidp/clients';
import { Outbox, type OutboxMessage } from '@tokenidp/database';
import { ClientNotifications } from './client-notifications';

export const PING = 'backchannel-ping';

/** After some fifteen seconds nobody waits for a ping any more: the client asks by itself. */
const DELIVERY = { maxAttempts: 4 };

interface Ping {
  clientId: string;
  notification: string;
}

@Injectable()
export class PingDeliveries {
  private readonly logger = new Logger(PingDeliveries.name);

  constructor(
    private readonly outbox: Outbox,
    private readonly clients: ClientsService,
    private readonly notifications: ClientNotifications,
  ) {}

  /** What waits for its next attempt, and what another instance has left behind. */
  @Cron(CronExpression.EVERY_5_SECONDS, { name: PING })
  wake(): void {
    this.deliver().catch((error: unknown) => this.logger.warn(`pings could not be read: ${messageOf(error)}`));
  }

  async deliver(): Promise<void> {
    await this.outbox.deliver(PING, (message) => this.deliverOne(message), DELIVERY);
  }

  private async deliverOne({ tenantId, key, payload }: OutboxMessage): Promise<void> {
    const { clientId, notification } = payload as Ping;
    const client = await this.clients.find(tenantId, clientId);
    if (client?.status !== 'active') return;
    const opened = this.notifications.open({ tenantId, id: key }, notification);
    await this.notifications.post(client, opened, { auth_req_id: opened.auth_req_id });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
