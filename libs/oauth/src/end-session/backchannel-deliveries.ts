/** @spec OIDC Back-Channel Logout §2.4, §2.5, §2.7 — logout tokens on their way: retried with growing pauses, and at last given up. */
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AuditService } from '@tokenidp/audit';
import { type Client, ClientsService } from '@tokenidp/clients';
import { type DeliveryResult, Outbox, type OutboxMessage } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { TokenIssuer } from '../tokens/token-issuer';
import { LogoutReceivers } from './logout-receivers';

export const BACKCHANNEL_LOGOUT = 'backchannel-logout';

/** What is kept of a logout until it is delivered: the token is made anew for each attempt, so that it is fresh. */
export interface BackchannelLogout {
  client_id: string;
  userId: string;
  sessionId: string;
}

interface Receiver {
  tenant: Tenant;
  client: Client;
  uri: string;
}

/** The last attempt comes some twenty minutes after the first. */
const MAX_ATTEMPTS = 10;
/** A run lasts as long as its slowest call, so each message begins one: it waits for nobody's. */
const MAX_RUNS = 32;
const DELIVERY = { batch: 5, parallel: 20, maxAttempts: MAX_ATTEMPTS, claimSeconds: 60 };

@Injectable()
export class BackchannelDeliveries implements BeforeApplicationShutdown {
  private readonly logger = new Logger(BackchannelDeliveries.name);
  private readonly runs = new Set<Promise<unknown>>();
  private isWokenAgain = false;
  private readonly closing = new AbortController();

  constructor(
    private readonly outbox: Outbox,
    private readonly tenants: TenantsService,
    private readonly clients: ClientsService,
    private readonly issuer: TokenIssuer,
    private readonly receivers: LogoutReceivers,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What waits for its next attempt, and what another instance has left behind. */
  @Cron(CronExpression.EVERY_5_SECONDS, { name: BACKCHANNEL_LOGOUT })
  wake(): void {
    if (this.closing.signal.aborted) return;
    if (this.runs.size >= MAX_RUNS) {
      this.isWokenAgain = true;
      return;
    }
    const run = this.deliver()
      .catch((error: unknown) => this.logger.warn(`logout tokens could not be read: ${messageOf(error)}`))
      .finally(() => {
        this.runs.delete(run);
        if (!this.isWokenAgain) return;
        this.isWokenAgain = false;
        this.wake();
      });
    this.runs.add(run);
  }

  /** Delivers what is due. */
  deliver(): Promise<DeliveryResult> {
    const passOver = (): string[] => this.receivers.unavailable();
    const options = { ...DELIVERY, passOver, signal: this.closing.signal };
    return this.outbox.deliver(BACKCHANNEL_LOGOUT, (message) => this.deliverOne(message), options);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.runs);
  }

  private async deliverOne(message: OutboxMessage): Promise<void> {
    const logout = message.payload as BackchannelLogout;
    const receiver = await this.receiver(message.tenantId, logout);
    // Who has gone since then, or does not want to hear any more, is owed nothing.
    if (!receiver) return;
    try {
      const token = await this.issuer.logoutToken({ ...receiver, ...logout, now: this.clock.now() });
      await this.receivers.call(message.key, [receiver.uri, token], () => this.wake());
    } catch (error) {
      await this.tellOfFailure(message, receiver, error);
      throw error;
    }
  }

  private async receiver(tenantId: string, { client_id }: BackchannelLogout): Promise<Receiver | null> {
    const tenant = await this.tenants.findById(tenantId);
    const client = tenant && (await this.clients.find(tenantId, client_id));
    const uri = client?.backchannel_logout_uri;
    return tenant && client && uri !== undefined ? { tenant, client, uri } : null;
  }

  private async tellOfFailure(message: OutboxMessage, { tenant, client }: Receiver, error: unknown): Promise<void> {
    const { attempts } = message;
    const reason = messageOf(error);
    this.logger.warn(`a logout token for ${client.client_id} was not delivered (attempt ${attempts}): ${reason}`);
    if (attempts < MAX_ATTEMPTS) return;
    await this.audit.record(tenant.id, {
      event: 'backchannel-logout.failed',
      result: 'failure',
      actor: { type: 'system' },
      target: { type: 'client', id: client.id },
      clientId: client.id,
      sessionId: (message.payload as BackchannelLogout).sessionId,
      detail: { attempts, reason },
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
