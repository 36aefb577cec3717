import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { AuthorizationPurgeRepository } from './authorization-purge.repository';
import { PurgeRepository } from './purge.repository';

const JOB = 'oauth.purge';
const SCHEDULE = CronExpression.EVERY_10_MINUTES;
const LEASE_SECONDS = 120;
const BATCH = 1000;
const MAX_BATCHES = 1000;
/** Of authorizations, a run. */
const MAX_WINDOWS = 100;
const BEGINNING = new Date(0);
// Kept for a day after their end, so that a late replay is still known for one.
const KEPT_SECONDS = 24 * 60 * 60;
// What was good once says itself when it is over, and there may be one for every request (RFC 9449 §11.1).
const KEPT_REPLAY_SECONDS = 300;

/** Deletes what has expired, in batches small enough to disturb nobody; one instance at a time. */
@Injectable()
export class PurgeService implements OnModuleInit {
  /** Up to where the authorizations have been looked at; each run goes on from there, and begins anew at the end. */
  private seenUntil = BEGINNING;

  constructor(
    private readonly repository: PurgeRepository,
    private readonly authorizations: AuthorizationPurgeRepository,
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
      const count = (table: string, deleted: number) => deleted > 0 && counts.push(`${table} ${deleted}`);
      for (const table of this.repository.tables) count(table, await this.purge(table, () => lease.renew()));
      // What hangs from them has gone by now.
      count('authorization', await this.purgeAuthorizations(() => lease.renew()));
      return counts.length > 0 ? `deleted: ${counts.join(', ')}` : 'nothing to delete';
    });
  }

  private async purge(table: string, renew: () => Promise<unknown>): Promise<number> {
    const before = this.secondsAgo(table === 'replay' ? KEPT_REPLAY_SECONDS : KEPT_SECONDS);
    let deleted = 0;
    for (let round = 0; round < MAX_BATCHES; round++) {
      const count = await this.repository.purge(table, before, BATCH);
      deleted += count;
      if (count < BATCH) break;
      await renew();
    }
    return deleted;
  }

  private async purgeAuthorizations(renew: () => Promise<unknown>): Promise<number> {
    const before = this.secondsAgo(KEPT_SECONDS);
    let deleted = 0;
    for (let round = 0; round < MAX_WINDOWS; round++) {
      const window = await this.authorizations.purge(this.seenUntil, before, BATCH);
      deleted += window.deleted;
      this.seenUntil = window.isFull && window.until ? window.until : BEGINNING;
      if (!window.isFull) break;
      await renew();
    }
    return deleted;
  }

  private secondsAgo(seconds: number): Date {
    return new Date(this.clock.now().getTime() - seconds * 1000);
  }
}
