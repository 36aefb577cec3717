import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import {
  DELIVERY_SORTS,
  type DeliveryDto,
  type DeliveryPageDto,
  type ListDeliveriesDto,
  type ListWebhooksDto,
  type ReplayDto,
  type WebhookPageDto,
} from './dto/delivery.dto';
import type {
  CreatedWebhookDto,
  CreateWebhookDto,
  PatchWebhookDto,
  RotateSecretDto,
  WebhookDto,
} from './dto/webhook.dto';
import { WebhookDeliveries } from './webhook-deliveries.service';
import type { WebhookEntity } from './webhook.entity';
import { DELIVERY_LIST, WEBHOOK_LIST } from './webhooks.list';
import { WebhooksService } from './webhooks.service';

/** What is sent to a webhook is the trail: nobody has it sent to a place of theirs who may not read it (S-178). */
const READS_WHAT_IS_SENT = ['audit.read'] as const;
const DEFAULT_OVERLAP_SECONDS = 86_400;

/** Webhooks as the administration sees them. */
@Injectable()
export class WebhooksAdmin {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksService,
    private readonly sending: WebhookDeliveries,
  ) {}

  list({ id }: Tenant, { limit, cursor, sort, search, ...filters }: ListWebhooksDto): Promise<WebhookPageDto> {
    const request = { limit, cursor, sort, filters: { ...filters, search: search && containing(search) } };
    return readPage({ list: WEBHOOK_LIST, database: this.database, tenantId: id }, request, withoutPlace);
  }

  async get({ id: tenantId }: Tenant, id: string): Promise<WebhookDto> {
    return view(await this.webhooks.get(tenantId, id));
  }

  async create({ id }: Tenant, input: CreateWebhookDto, change: AdminChange): Promise<CreatedWebhookDto> {
    const { webhook, secret } = await this.webhooks.create(id, input, { ...change, tx: change.tx! });
    return { ...view(webhook), secret };
  }

  async update(tenant: Tenant, id: string, patch: PatchWebhookDto, call: AdminCall): Promise<WebhookDto> {
    await this.webhooks.update(tenant.id, id, patch, { ...call.change(), expect: call.expects(view) });
    return this.get(tenant, id);
  }

  delete({ id: tenantId }: Tenant, id: string, call: AdminCall): Promise<void> {
    return this.webhooks.delete(tenantId, id, { ...call.change(), expect: call.expects(view) });
  }

  async rotate(
    { id: tenantId }: Tenant,
    id: string,
    { overlapSeconds = DEFAULT_OVERLAP_SECONDS }: RotateSecretDto,
    change: AdminChange,
  ): Promise<CreatedWebhookDto> {
    const tx = change.tx!;
    const secret = await this.webhooks.rotate(tenantId, id, overlapSeconds, { ...change, tx });
    return { ...view(await this.webhooks.get(tenantId, id, tx)), secret };
  }

  test({ id: tenantId }: Tenant, id: string): Promise<DeliveryDto> {
    return this.webhooks.test(tenantId, id);
  }

  /** @throws WebhooksError (`unknown-webhook`) */
  async deliveries(tenant: Tenant, webhookId: string, query: ListDeliveriesDto): Promise<DeliveryPageDto> {
    await this.webhooks.get(tenant.id, webhookId);
    const { limit, cursor, sort = DELIVERY_SORTS[0], createdFrom, createdTo, ...equal } = query;
    const range = { createdFrom: createdFrom && new Date(createdFrom), createdTo: createdTo && new Date(createdTo) };
    const request = { limit, cursor, sort, filters: { ...equal, ...range, webhookId } };
    return readPage({ list: DELIVERY_LIST, database: this.database, tenantId: tenant.id }, request, withoutPlace);
  }

  async replay({ id: tenantId }: Tenant, deliveryId: string): Promise<ReplayDto> {
    return { messageId: await this.sending.replay(tenantId, deliveryId) };
  }

  assertReads(call: AdminCall): void {
    call.assertHolds(READS_WHAT_IS_SENT);
  }
}

function withoutPlace<T extends object>(row: T & { sortValue?: unknown; sortId?: unknown }): T {
  const { sortValue: _value, sortId: _id, ...shown } = row;
  return shown as unknown as T;
}

function view(webhook: WebhookEntity): WebhookDto {
  const { tenantId: _tenantId, secret: _secret, previousSecret: _previous, listeningSince: _since, ...shown } = webhook;
  return shown;
}
