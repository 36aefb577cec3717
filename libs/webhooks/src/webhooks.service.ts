import { Injectable } from '@nestjs/common';
import { type AdministrativeActor, type AdminChange } from '@tokenidp/admin-api';
import { type AuditEventName, AuditService } from '@tokenidp/audit';
import { Database, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock, newId, OutboundOptions } from '@tokenidp/kernel';
import { newWebhookSecret } from './standard-webhooks';
import { TEST_EVENT } from './webhook-events';
import { WebhookSecrets } from './webhook-secrets';
import { WebhookSender } from './webhook-sender';
import { WebhookEntity, type WebhookStatus } from './webhook.entity';
import { WebhooksError } from './webhooks-error';
import { type StoredDelivery, WebhooksRepository } from './webhooks.repository';

const MAX_WEBHOOKS = 50;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface NewWebhook {
  name: string;
  url: string;
  events: string[];
  status?: WebhookStatus;
}

export type WebhookPatch = Partial<NewWebhook>;
export type WebhookEdit = AdminChange & { readonly expect: (current: WebhookEntity) => void };

type Change = AdminChange & { readonly tx: Transaction };

/** The receivers of a tenant. */
@Injectable()
export class WebhooksService {
  private readonly rows: TenantRepository<WebhookEntity>;

  constructor(
    private readonly database: Database,
    private readonly repository: WebhooksRepository,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
    private readonly audit: AuditService,
    private readonly outbound: OutboundOptions,
    private readonly clock: Clock,
  ) {
    this.rows = new TenantRepository(database, WebhookEntity);
  }

  /** @throws WebhooksError (`unknown-webhook`) */
  async get(tenantId: string, id: string, tx?: Transaction): Promise<WebhookEntity> {
    const webhook = await this.repository.byId(tenantId, id, tx);
    if (!webhook) throw unknown();
    return webhook;
  }

  /** The secret is told here and nowhere else. @throws WebhooksError (`invalid-url`, `too-many-webhooks`) */
  async create(
    tenantId: string,
    input: NewWebhook,
    change: Change,
  ): Promise<{ webhook: WebhookEntity; secret: string }> {
    this.assertUrl(input.url);
    if ((await this.repository.count(tenantId, change.tx)) >= MAX_WEBHOOKS) {
      throw new WebhooksError('too-many-webhooks', `A tenant has at most ${MAX_WEBHOOKS} webhooks.`);
    }
    const [id, now, secret] = [newId(), this.clock.now(), newWebhookSecret()];
    const webhook: WebhookEntity = {
      tenantId,
      id,
      name: input.name,
      url: input.url,
      events: input.events,
      status: input.status ?? 'active',
      secret: this.secrets.seal(tenantId, id, secret),
      previousSecret: null,
      previousSecretUntil: null,
      listeningSince: now,
      failures: 0,
      failingSince: null,
      disabledReason: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.rows.insert(tenantId, webhook, change.tx);
    await this.record('webhook.created', webhook, change, { after: shown(webhook) });
    return { webhook, secret };
  }

  /** Who enables it again gives it a new start. @throws WebhooksError (`unknown-webhook`, `invalid-url`) */
  async update(tenantId: string, id: string, patch: WebhookPatch, edit: WebhookEdit): Promise<void> {
    if (patch.url !== undefined) this.assertUrl(patch.url);
    await this.within(tenantId, id, edit, async (before, change) => {
      const fresh = patch.status === 'active' && before.status !== 'active';
      const now = this.clock.now();
      const values = {
        ...patch,
        updatedAt: now,
        ...(fresh ? { listeningSince: now, failures: 0, failingSince: null, disabledReason: null } : {}),
      };
      await this.rows.update(tenantId, { id }, values, change.tx);
      const changed = Object.keys(patch);
      const detail = { before: pick(before, changed), after: pick({ ...before, ...values }, changed) };
      await this.record('webhook.changed', before, change, detail);
    });
  }

  /** With its attempts; what waits for it is not sent any more. @throws WebhooksError (`unknown-webhook`) */
  async delete(tenantId: string, id: string, edit: WebhookEdit): Promise<void> {
    await this.within(tenantId, id, edit, async (before, change) => {
      await this.rows.delete(tenantId, { id }, change.tx);
      await this.record('webhook.deleted', before, change, { before: shown(before) });
    });
  }

  /** The secret before signs, too, for a while. @throws WebhooksError (`unknown-webhook`) */
  async rotate(tenantId: string, id: string, overlapSeconds: number, change: Change): Promise<string> {
    const before = await this.repository.lock(tenantId, id, change.tx);
    if (!before) throw unknown();
    const secret = newWebhookSecret();
    const now = this.clock.now();
    const previousSecretUntil = new Date(now.getTime() + overlapSeconds * 1000);
    const values = {
      secret: this.secrets.seal(tenantId, id, secret),
      previousSecret: overlapSeconds > 0 ? before.secret : null,
      previousSecretUntil: overlapSeconds > 0 ? previousSecretUntil : null,
      updatedAt: now,
    };
    await this.rows.update(tenantId, { id }, values, change.tx);
    await this.record('secret.created', before, change, { overlapSeconds });
    return secret;
  }

  /** Calls it now with a message of its own, enabled or not, and tells what became of it. */
  async test(tenantId: string, id: string): Promise<StoredDelivery> {
    const webhook = await this.get(tenantId, id);
    const data = { webhookId: id, tenantId, name: webhook.name };
    const payload = { type: TEST_EVENT, timestamp: this.clock.now().toISOString(), data };
    return this.sender.attempt(webhook, { messageId: `msg_${newId()}`, event: TEST_EVENT, payload }, 1);
  }

  private async within(
    tenantId: string,
    id: string,
    { expect, ...rest }: WebhookEdit,
    work: (before: WebhookEntity, change: Change) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.repository.lock(tenantId, id, tx);
      if (!before) throw unknown();
      expect(before);
      await work(before, { ...rest, tx });
    });
  }

  /** Where the deployment allows no other host, only https to hosts of the outside is ever called. */
  private assertUrl(text: string): void {
    const url = URL.parse(text);
    if (url && isPlain(url, text) && this.isReachable(url)) return;
    throw new WebhooksError(
      'invalid-url',
      'The url is an https URL of a public host, without credentials and fragment.',
    );
  }

  private isReachable({ protocol, hostname, host }: URL): boolean {
    const allowed = this.outbound.allowedHosts.map((each) => each.trim().toLowerCase());
    return allowed.includes(hostname) || allowed.includes(host) || (protocol === 'https:' && !LOOPBACK.has(hostname));
  }

  private async record(
    event: AuditEventName,
    { tenantId, id, name }: WebhookEntity,
    { actor, request, tx }: Change & { actor: AdministrativeActor },
    detail: Record<string, unknown>,
  ): Promise<void> {
    const target = { type: 'webhook', id };
    await this.audit.record(
      tenantId,
      { event, result: 'success', actor, request, target, detail: { name, ...detail } },
      tx,
    );
  }
}

function isPlain({ protocol, username, password }: URL, text: string): boolean {
  return /^https?:$/.test(protocol) && username === '' && password === '' && !text.includes('#');
}

function unknown(): WebhooksError {
  return new WebhooksError('unknown-webhook', 'There is no such webhook.');
}

function shown({ name, url, events, status }: WebhookEntity): Record<string, unknown> {
  return { name, url, events, status };
}

function pick(webhook: WebhookEntity, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shown(webhook)).filter(([name]) => names.includes(name)));
}
