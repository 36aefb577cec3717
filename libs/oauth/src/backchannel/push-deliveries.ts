/** @spec CIBA Core §10.3, §12 — the client gets its tokens, or hears why there are none, without asking (S-162). */
import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { type Client, ClientsService, deliveryModesOf } from '@tokenidp/clients';
import { Outbox, type OutboxMessage } from '@tokenidp/database';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { BackchannelRequestsRepository } from './backchannel-requests.repository';
import { ClientNotifications } from './client-notifications';
import { type PushOrder, PushedTokens } from './pushed-tokens.service';

export const PUSH = 'backchannel-push';

/** Some two minutes: a client whose tokens are pushed cannot ask for them. */
const DELIVERY = { maxAttempts: 7 };

/** Of the outbox: whom it is for. What is pushed lies sealed beside the request that it answers. */
export interface Push {
  clientId: string;
  /** to be told of the end alone: another message tells of an answer */
  onExpiry?: true;
}

@Injectable()
export class PushDeliveries {
  private readonly logger = new Logger(PushDeliveries.name);

  constructor(
    private readonly outbox: Outbox,
    private readonly tenants: TenantsService,
    private readonly clients: ClientsService,
    private readonly requests: BackchannelRequestsRepository,
    private readonly notifications: ClientNotifications,
    private readonly tokens: PushedTokens,
  ) {}

  /** What waits for its next attempt, and what another instance has left behind. */
  @Cron(CronExpression.EVERY_5_SECONDS, { name: PUSH })
  wake(): void {
    this.deliver().catch((error: unknown) => this.logger.warn(`pushes could not be read: ${messageOf(error)}`));
  }

  async deliver(): Promise<void> {
    await this.outbox.deliver(PUSH, (message) => this.deliverOne(message), DELIVERY);
  }

  /** Whoever has gone since then, or may not be pushed to any more, gets nothing. */
  private async deliverOne({ tenantId, key: id, payload }: OutboxMessage): Promise<void> {
    const { clientId, onExpiry } = payload as Push;
    const tenant = await this.tenants.findById(tenantId);
    const client = tenant && (await this.clients.find(tenantId, clientId));
    if (!tenant || !client || !mayBePushedTo(tenant, client)) return;
    const sealed = await this.requests.findNotification(tenantId, id);
    if (sealed === null) return;
    const notification = this.notifications.open({ tenantId, id }, sealed);
    const order = { tenant, client, id, notification };
    if (onExpiry) return this.deliverExpiry(order);
    const pushed = notification.pushed ?? (await this.tokens.redeem(order));
    if (pushed) await this.notifications.post(client, notification, pushed);
    await this.requests.keepNotification({ tenantId, id, notification: null });
  }

  private async deliverExpiry(order: PushOrder): Promise<void> {
    const pushed = await this.tokens.expire(order);
    if (!pushed) return;
    await this.notifications.post(order.client, order.notification, pushed);
    await this.requests.keepNotification({ tenantId: order.tenant.id, id: order.id, notification: null });
  }
}

function mayBePushedTo(tenant: Tenant, { status, backchannel_token_delivery_mode: mode }: Client): boolean {
  return status === 'active' && mode === 'push' && deliveryModesOf(tenant).includes(mode);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
