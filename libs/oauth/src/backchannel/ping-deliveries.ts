/** @spec CIBA Core §10.2 — the client is told that it may ask, over TLS, with the token it gave; what it answers is not looked at (S-162). */
import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { ClientsService } from '@tokenidp/clients';
import { Outbox, type OutboxMessage } from '@tokenidp/database';
import { Envelope, GuardedHttpClient } from '@tokenidp/kernel';

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
    private readonly http: GuardedHttpClient,
    private readonly envelope: Envelope,
  ) {}

  /** What waits for its next attempt, and what another instance has left behind. */
  @Cron(CronExpression.EVERY_5_SECONDS)
  wake(): void {
    this.deliver().catch((error: unknown) => this.logger.warn(`pings could not be read: ${messageOf(error)}`));
  }

  async deliver(): Promise<void> {
    await this.outbox.deliver(PING, (message) => this.deliverOne(message), DELIVERY);
  }

  /** Rejects where another attempt may help: the receiver is away, or says that something failed on its side. */
  private async deliverOne({ tenantId, key, payload }: OutboxMessage): Promise<void> {
    const { clientId, notification } = payload as Ping;
    const client = await this.clients.find(tenantId, clientId);
    const endpoint = client?.backchannel_client_notification_endpoint;
    if (client?.status !== 'active' || endpoint === undefined) return;
    const opened = this.envelope.open(sealedFor(tenantId, key), notification).toString();
    const { auth_req_id, token } = JSON.parse(opened) as { auth_req_id: string; token: string };
    const { status } = await this.http.fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ auth_req_id }),
    });
    if (status >= 500) throw new Error(`status ${status}`);
    if (status >= 300) this.logger.warn(`client ${client.id} answered a ping with ${status}`);
  }
}

/** What a ping is sealed for. */
export function sealedFor(tenantId: string, id: string): readonly string[] {
  return [tenantId, 'backchannel_request', id, 'notification'];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
