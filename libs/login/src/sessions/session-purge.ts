import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { SessionPurgeRepository } from './session-purge.repository';

const JOB = 'login.purge';
const LEASE_SECONDS = 120;
const BATCH = 1000;
const MAX_BATCHES = 50;
// Kept for a day after their end, so that what happened in a session can still be told.
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Deletes sessions long over, in batches small enough to disturb nobody; one instance at a time. */
@Injectable()
export class SessionPurge {
  constructor(
    private readonly repository: SessionPurgeRepository,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  @Cron(CronExpression.EVERY_10_MINUTES)
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
