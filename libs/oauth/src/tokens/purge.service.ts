import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { PurgeRepository } from './purge.repository';

const JOB = 'oauth.purge';
const SCHEDULE = CronExpression.EVERY_10_MINUTES;
const LEASE_SECONDS = 120;
const BATCH = 1000;
const MAX_BATCHES = 1000;
// Kept for a day after their end, so that a late replay is still known for one.
const KEPT_SECONDS = 24 * 60 * 60;
// What was good once says itself when it is over, and there may be one for every request (RFC 9449 §11.1).
const KEPT_REPLAY_SECONDS = 300;

/** Deletes what has expired, in batches small enough to disturb nobody; one instance at a time. */
@Injectable()
export class PurgeService implements OnModuleInit {
  constructor(
    private readonly repository: PurgeRepository,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Deletes codes, tokens, requests and authorizations that are over, a day after their end.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async (lease) => {
      const counts: string[] = [];
      for (const table of this.repository.tables) {
        const deleted = await this.purge(table, () => lease.renew());
        if (deleted > 0) counts.push(`${table} ${deleted}`);
      }
      return counts.length > 0 ? `deleted: ${counts.join(', ')}` : 'nothing to delete';
    });
  }

  private async purge(table: string, renew: () => Promise<unknown>): Promise<number> {
    const keptSeconds = table === 'replay' ? KEPT_REPLAY_SECONDS : KEPT_SECONDS;
    const before = new Date(this.clock.now().getTime() - keptSeconds * 1000);
    let deleted = 0;
    for (let round = 0; round < MAX_BATCHES; round++) {
      const count = await this.repository.purge(table, before, BATCH);
      deleted += count;
      if (count < BATCH) break;
      await renew();
    }
    return deleted;
  }
}
