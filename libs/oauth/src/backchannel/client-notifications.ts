/** @spec CIBA Core §10.2, §10.3 — how a client is reached: over TLS, with the token it gave; what it answers is not looked at (S-162). */
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { sealedColumn, SealedColumns } from '@tokenidp/database';
import { Envelope, GuardedHttpClient } from '@tokenidp/kernel';

/** What a client is told by. Kept sealed: both are as good as a credential. */
export interface Notification {
  auth_req_id: string;
  /** the client_notification_token */
  token: string;
  /** what is pushed, once it is made: another attempt sends the same again */
  pushed?: Record<string, unknown>;
}

/** Which request a notification is about. */
export interface NotifiedRequest {
  tenantId: string;
  id: string;
}

const NOTIFICATIONS = sealedColumn({
  ...{ name: 'oauth.backchannel-request', table: 'backchannel_request', column: 'notification' },
  objectOf: sealedFor,
});

@Injectable()
export class ClientNotifications implements OnModuleInit {
  private readonly logger = new Logger(ClientNotifications.name);

  constructor(
    private readonly http: GuardedHttpClient,
    private readonly envelope: Envelope,
    private readonly columns: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(NOTIFICATIONS);
  }

  seal(about: NotifiedRequest, notification: Notification): string {
    return this.envelope.seal(sealedFor(about), Buffer.from(JSON.stringify(notification)));
  }

  open(about: NotifiedRequest, sealed: string): Notification {
    return JSON.parse(this.envelope.open(sealedFor(about), sealed).toString()) as Notification;
  }

  /** Rejects where another attempt may help: the receiver is away, or says that something failed on its side. */
  async post(client: Client, { token }: Notification, body: Record<string, unknown>): Promise<void> {
    const endpoint = client.backchannel_client_notification_endpoint;
    if (endpoint === undefined) return;
    const { status } = await this.http.fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (status >= 500) throw new Error(`status ${status}`);
    if (status >= 300) this.logger.warn(`client ${client.id} answered a notification with ${status}`);
  }
}

function sealedFor({ tenantId, id }: NotifiedRequest): readonly string[] {
  return [tenantId, 'backchannel_request', id, 'notification'];
}
