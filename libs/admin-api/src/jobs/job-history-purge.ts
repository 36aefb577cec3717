import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';

const JOB = 'job-history-purge';
const SCHEDULE = '0 17 3 * * *';
const LEASE_SECONDS = 300;
const KEPT_MILLISECONDS = 30 * 86_400_000;

/** Once a day, on one instance: what jobs did a month ago is forgotten. */
@Injectable()
export class JobHistoryPurge implements OnModuleInit {
  constructor(
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Forgets runs of jobs after a month.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async () => {
      const before = new Date(this.clock.now().getTime() - KEPT_MILLISECONDS);
      return `${await this.leases.purgeRuns(before)} forgotten`;
    });
  }
}
