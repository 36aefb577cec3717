import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { type Client, ClientsService } from '@tokenidp/clients';
import { Leases } from '@tokenidp/database';
import { BearerError, Clock, newId, OAuthError } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';
import { diagnose } from './diagnose';
import { FailedRequestEntity } from './failed-request.entity';
import { FailedRequestsRepository } from './failed-requests.repository';
import { type SentRequest, sentRequest } from './sent-request';

const FLUSH_EVERY_MILLISECONDS = 1000;
const MINUTE_MILLISECONDS = 60_000;
/** Of one tenant, on one instance; more are counted. */
const MAX_PER_MINUTE = 120;
const MAX_WAITING = 5000;
const BATCH = 500;
const KEPT_MILLISECONDS = 7 * 24 * 3600 * 1000;
const PURGE_BATCH = 1000;
const JOB = 'failed-request-purge';
const SCHEDULE = '0 47 * * * *';
const PURGE_LEASE_SECONDS = 300;
const MAX_CLIENT_ID = 255;
/** Steps of flows that go well. */
const NO_FAILURES: ReadonlySet<string> = new Set(['authorization_pending', 'slow_down', 'use_dpop_nonce']);

interface Noted {
  readonly tenantId: string;
  readonly id: string;
  readonly at: Date;
  readonly endpoint: string;
  readonly error: string;
  readonly description: string;
  readonly detail: string | undefined;
  readonly status: number;
  readonly sent: SentRequest;
  readonly client: Client | undefined;
  readonly ip: string;
  readonly userAgent: string | undefined;
}

interface Minute {
  number: number;
  kept: number;
  omitted: number;
}

/** Keeps what the endpoints refuse: noted in memory at once, explained and written behind the answer, in batches. */
@Injectable()
export class FailedRequests implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(FailedRequests.name);
  private readonly minutes = new Map<string, Minute>();
  private waiting: Noted[] = [];
  private flushing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: FailedRequestsRepository,
    private readonly clients: ClientsService,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Forgets failed requests after a week.',
      schedule: SCHEDULE,
      run: () => this.purge(),
    });
    this.timer = setInterval(() => void this.flush(), FLUSH_EVERY_MILLISECONDS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Never throws: an answer does not fail for its note. */
  note(request: FastifyRequest, failure: OAuthError | BearerError, client?: Client): void {
    const { tenant } = request;
    const { error, description, status, detail } = failure;
    if (!tenant || error === undefined || NO_FAILURES.has(error) || !this.hasRoom(tenant.id)) return;
    const endpoint = request.routeOptions?.url ?? '*';
    const sent = sentRequest(request);
    const from = { ip: request.ip, userAgent: request.headers['user-agent'] };
    const at = this.clock.now();
    const what = { endpoint, error, description, detail, status, sent };
    this.waiting.push({ tenantId: tenant.id, id: request.id, at, ...what, client, ...from });
  }

  /** Writes what waits; what cannot be written now is forgotten, for the log has it. */
  flush(): Promise<void> {
    this.flushing = this.flushing
      .then(() => this.write())
      .catch((error: unknown) => {
        this.logger.warn(`failed requests were not kept: ${String(error)}`);
      });
    return this.flushing;
  }

  @Cron(SCHEDULE, { name: JOB })
  async purge(): Promise<void> {
    await this.leases.run(JOB, PURGE_LEASE_SECONDS, async () => {
      const before = new Date(this.clock.now().getTime() - KEPT_MILLISECONDS);
      let forgotten = 0;
      for (let last = PURGE_BATCH; last === PURGE_BATCH; forgotten += last) {
        last = await this.repository.purge(before, PURGE_BATCH);
      }
      return `${forgotten} forgotten`;
    });
  }

  private hasRoom(tenantId: string): boolean {
    const number = Math.floor(this.clock.now().getTime() / MINUTE_MILLISECONDS);
    let minute = this.minutes.get(tenantId);
    if (minute?.number !== number) {
      if (minute && minute.omitted > 0) return this.count(minute);
      minute = { number, kept: 0, omitted: 0 };
      this.minutes.set(tenantId, minute);
    }
    if (minute.kept >= MAX_PER_MINUTE || this.waiting.length >= MAX_WAITING) return this.count(minute);
    minute.kept++;
    return true;
  }

  /** Of a minute that is over but not written yet, too: within the second that takes. */
  private count(minute: Minute): false {
    minute.omitted++;
    return false;
  }

  private async write(): Promise<void> {
    const counts = this.closedMinutes();
    const noted = this.waiting.splice(0);
    for (let at = 0; at < noted.length; at += BATCH) {
      const rows = await Promise.all(noted.slice(at, at + BATCH).map((each) => this.rowOf(each)));
      await this.repository.insert(rows);
    }
    if (counts.length > 0) await this.repository.insert(counts);
  }

  /** Minutes that are over are forgotten; one that had too many leaves a row that says so. */
  private closedMinutes(): FailedRequestEntity[] {
    const running = Math.floor(this.clock.now().getTime() / MINUTE_MILLISECONDS);
    const rows: FailedRequestEntity[] = [];
    for (const [tenantId, { number, omitted }] of this.minutes) {
      if (number === running) continue;
      this.minutes.delete(tenantId);
      if (omitted > 0) rows.push(omittedRow(tenantId, new Date(number * MINUTE_MILLISECONDS), omitted));
    }
    return rows;
  }

  private async rowOf(noted: Noted): Promise<FailedRequestEntity> {
    const { tenantId, id, at, endpoint, error, description, detail, status, sent, ip, userAgent } = noted;
    const client = noted.client ?? (await this.findClient(tenantId, sent.clientId));
    const found = diagnose({ endpoint, error, description, status, sent, client });
    return {
      tenantId,
      id,
      occurredAt: at,
      endpoint,
      error,
      description,
      status,
      cause: found.cause,
      explanation: detail === undefined ? found.explanation : `${found.explanation} (${detail})`,
      clientId: client?.id ?? null,
      sentClientId: sent.clientId ?? null,
      sent: { ...found.sent },
      registered: { ...found.registered },
      fix: found.fix ?? null,
      omitted: 0,
      ip: ip.slice(0, MAX_CLIENT_ID),
      userAgent: userAgent?.slice(0, MAX_CLIENT_ID).toWellFormed() ?? null,
    };
  }

  private async findClient(tenantId: string, clientId: string | undefined): Promise<Client | null> {
    if (clientId === undefined || clientId === '' || clientId.length > MAX_CLIENT_ID) return null;
    return this.clients.find(tenantId, clientId);
  }
}

function omittedRow(tenantId: string, occurredAt: Date, omitted: number): FailedRequestEntity {
  return {
    tenantId,
    id: newId(),
    occurredAt,
    endpoint: '*',
    error: 'too_many',
    description: 'There were too many failed requests in this minute to keep each.',
    status: 0,
    cause: 'omitted',
    explanation: `${omitted} more were not kept.`,
    clientId: null,
    sentClientId: null,
    sent: {},
    registered: {},
    fix: null,
    omitted,
    ip: null,
    userAgent: null,
  };
}
