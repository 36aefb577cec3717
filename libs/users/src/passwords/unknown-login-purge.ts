import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { PasswordsRepository } from './passwords.repository';

const JOB = 'unknown-login-purge';
const SCHEDULE = '0 23 4 * * *';
const KEPT_DAYS = 30;
const LEASE_SECONDS = 300;

/** Once a day, on one instance: names that nobody has and that nobody has tried for a month are forgotten. */
@Injectable()
export class UnknownLoginPurge implements OnModuleInit {
  constructor(
    private readonly passwords: PasswordsRepository,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Forgets names that nobody has and that nobody has tried to sign in with for a month.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async () => {
      const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000);
      return `${await this.passwords.purgeUnknownLogins(before)} forgotten`;
    });
  }
}
