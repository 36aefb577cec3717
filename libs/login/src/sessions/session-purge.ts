import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { SessionPurgeRepository } from './session-purge.repository';

const JOB = 'login.purge';
const SCHEDULE = CronExpression.EVERY_10_MINUTES;
const LEASE_SECONDS = 120;
const BATCH = 1000;
const MAX_BATCHES = 50;
// Kept for a day after their end, so that what happened in a session can still be told.
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Deletes sessions long over, in batches small enough to disturb nobody; one instance at a time. */
@Injectable()
export class SessionPurge implements OnModuleInit {
  constructor(
    private readonly repository: SessionPurgeRepository,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Deletes sessions and set-up links that are over, a day after their end.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async (lease) => {
      const before = new Date(this.clock.now().getTime() - KEPT_MILLISECONDS);
      let deleted = 0;
      for (let round = 0; round < MAX_BATCHES; round += 1) {
        const { sessions, setupTokens } = await this.repository.purge(before, BATCH);
        deleted += sessions;
        if (sessions < BATCH && setupTokens < BATCH) break;
        await lease.renew();
      }
      return deleted > 0 ? `deleted: session ${deleted}` : 'nothing to delete';
    });
  }
}
