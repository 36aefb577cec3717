import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Database, type Lease, LeaseLostError, Leases, type Transaction } from '@tokenidp/database';
import { Clock, UnavailableError } from '@tokenidp/kernel';
import { StatisticsRepository } from './statistics.repository';
import { activeUsersOf, beginOf, type CountedEvent, lengthOf, sumsOf } from './sums';

export const STATISTICS_JOB = 'dashboard.statistics';

const SCHEDULE = '30 * * * * *';
const LEASE_SECONDS = 120;
const TENANTS = 200;
const BATCH = 5000;
/** A minute for what is slow to commit, on top of the minute and a half after which counts of machine tokens are there. */
export const LAG_MILLISECONDS = 150_000;

/** Adds up the audit trail, event by event and each of them once: sums and place are moved by one transaction. */
@Injectable()
export class StatisticsRollup implements OnModuleInit {
  private readonly logger = new Logger(StatisticsRollup.name);

  constructor(
    private readonly database: Database,
    private readonly repository: StatisticsRepository,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: STATISTICS_JOB,
      description: 'Adds up the audit trail for the dashboard.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: STATISTICS_JOB })
  async onMinute(): Promise<void> {
    await this.run().catch((error: unknown) => this.logger.error(`the dashboard has old figures: ${String(error)}`));
  }

  /** Leaves no trace when there is nothing to add. */
  async run(): Promise<void> {
    const until = new Date(this.clock.now().getTime() - LAG_MILLISECONDS);
    const first = await this.repository.pending(until, TENANTS);
    if (first.length === 0) return;
    await this.leases.run(STATISTICS_JOB, LEASE_SECONDS, (lease) => this.addUp(first, until, lease));
  }

  private async addUp(first: string[], until: Date, lease: Lease): Promise<string> {
    let [events, failed] = [0, 0];
    for (let page = first; page.length > 0; page = await this.repository.pending(until, TENANTS, page.at(-1))) {
      for (const tenantId of page) {
        try {
          events += await this.addUpTenant(tenantId, until, lease);
        } catch (error) {
          if (error instanceof LeaseLostError || error instanceof UnavailableError) throw error;
          failed++;
          this.logger.error(`tenant ${tenantId}: ${String(error)}`);
        }
      }
    }
    if (failed > 0) throw new Error(`${events} events, ${failed} tenants failed`);
    return `${events} events`;
  }

  private async addUpTenant(tenantId: string, until: Date, lease: Lease): Promise<number> {
    let events = 0;
    for (let last = BATCH; last === BATCH; events += last) {
      last = await this.database.transaction((tx) => this.addBatch(tenantId, { until, lease }, tx));
    }
    return events;
  }

  private async addBatch(
    tenantId: string,
    { until, lease }: { until: Date; lease: Lease },
    tx: Transaction,
  ): Promise<number> {
    await lease.hold(tx);
    await this.repository.lock(tenantId, tx);
    const events = await this.repository.events(tenantId, until, BATCH, tx);
    const last = events.at(-1);
    if (!last) return 0;
    await this.repository.add(tenantId, sumsOf(events), tx);
    await this.addActiveUsers(tenantId, events, tx);
    await this.repository.move(tenantId, last.id, tx);
    const yesterday = beginOf('day', new Date(last.occurredAt.getTime() - lengthOf('day')));
    await this.repository.forgetUsers(tenantId, yesterday, tx);
    return events.length;
  }

  /** Only who was not seen on that day before is one more. */
  private async addActiveUsers(tenantId: string, events: readonly CountedEvent[], tx: Transaction): Promise<void> {
    const days = await this.repository.addUsers(tenantId, activeUsersOf(events), tx);
    const sums = [...Map.groupBy(days, (day) => day.toISOString())].map(([beginsAt, same]) => ({
      ...({ resolution: 'day', metric: 'active-user', key: '' } as const),
      beginsAt,
      count: same.length,
    }));
    await this.repository.add(tenantId, sums, tx);
  }
}
