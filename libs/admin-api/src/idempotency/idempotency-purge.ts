import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';

const JOB = 'idempotency-purge';
const SCHEDULE = '0 41 * * * *';
const LEASE_SECONDS = 300;
const BATCH = 1000;

/** Once an hour, on one instance: keys of more than a day ago are forgotten. */
@Injectable()
export class IdempotencyPurge implements OnModuleInit {
  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Forgets keys under which a create could be repeated, a day after their use.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async () => {
      let forgotten = 0;
      for (let last = BATCH; last === BATCH; forgotten += last) last = await this.keys.purge(this.clock.now(), BATCH);
      return `${forgotten} forgotten`;
    });
  }
}
