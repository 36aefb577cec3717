import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { PasswordsRepository } from './passwords.repository';

const KEPT_DAYS = 30;
const LEASE_SECONDS = 300;

/** Once a day, on one instance: names that nobody has and that nobody has tried for a month are forgotten. */
@Injectable()
export class UnknownLoginPurge {
  constructor(
    private readonly passwords: PasswordsRepository,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  @Cron('0 23 4 * * *')
  async run(): Promise<void> {
    await this.leases.run('unknown-login-purge', LEASE_SECONDS, async () => {
      const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000);
      return `${await this.passwords.purgeUnknownLogins(before)} forgotten`;
    });
  }
}
