import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { Leases } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { type Alert, DashboardSources } from './dashboard-sources';
import { DashboardController } from './dashboard.controller';
import { DashboardService } from './dashboard.service';
import { StatisticsRollup } from './statistics-rollup';
import { StatisticsRepository } from './statistics.repository';

/** Global, since the libs above add their alerts. Needs libs/admin-api's `AdminAccess` from a global module. */
@Global()
@Module({
  controllers: [DashboardController],
  providers: [DashboardService, DashboardSources, StatisticsRepository, StatisticsRollup],
  exports: [DashboardSources, StatisticsRollup],
})
export class DashboardModule implements OnModuleInit {
  constructor(
    private readonly sources: DashboardSources,
    private readonly leases: Leases,
  ) {}

  onModuleInit(): void {
    this.sources.addAlerts((tenant) => this.failedJobs(tenant));
  }

  /** Jobs are the installation's: only the system tenant hears of them. */
  private async failedJobs({ kind }: Tenant): Promise<Alert[]> {
    if (kind !== 'system') return [];
    const runs = await Promise.all(this.leases.jobs().map(({ name }) => this.leases.lastRun(name)));
    return runs
      .filter((run) => run !== null && run.error !== null)
      .map((run) => ({
        kind: 'job-failed',
        message: `The job ${run!.job} failed the last time it ran.`,
        target: { type: 'job', id: run!.job },
        at: run!.startedAt,
      }));
  }
}
