import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { type Lease, Leases } from '@tokenidp/database';
import { MasterKeys } from '@tokenidp/kernel';
import { JobTally, runQuietly } from './job-tally';
import { KeyWrapping } from './key-wrapping';
import { SigningKeysRepository, type WrappedRow } from './signing-keys.repository';

export const KEY_REWRAP_JOB = 'key-rewrap';

const SCHEDULE = CronExpression.EVERY_HOUR;
const LEASE_SECONDS = 60;
const PAGE = 200;

/** Seals under the active master key what another one protects; once nothing is left, that one can be taken away. */
@Injectable()
export class KeyRewrapService implements OnApplicationBootstrap, OnModuleInit {
  private readonly logger = new Logger(KeyRewrapService.name);

  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly wrapping: KeyWrapping,
    private readonly masterKeys: MasterKeys,
    private readonly leases: Leases,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.onHour();
  }

  onModuleInit(): void {
    this.leases.register({
      name: KEY_REWRAP_JOB,
      description: 'Seals private keys under the active master key.',
      schedule: SCHEDULE,
      run: () => this.leases.run(KEY_REWRAP_JOB, LEASE_SECONDS, (lease) => this.reseal(lease)),
    });
  }

  @Cron(SCHEDULE, { name: KEY_REWRAP_JOB })
  async onHour(): Promise<void> {
    await runQuietly(this.logger, () => this.tick());
  }

  /** One query when nothing is to be done. */
  async tick(): Promise<void> {
    if ((await this.page()).length > 0)
      await this.leases.run(KEY_REWRAP_JOB, LEASE_SECONDS, (lease) => this.reseal(lease));
  }

  private page(last?: WrappedRow): Promise<WrappedRow[]> {
    return this.repository.sealedOtherwise(this.masterKeys.activeId, PAGE, last);
  }

  private async reseal(lease: Lease): Promise<string> {
    const tally = new JobTally(this.logger);
    for (let page = await this.page(); page.length > 0; page = await this.page(page.at(-1))) {
      for (const row of page) await tally.add(row, () => this.resealOne(row));
      lease.signal.throwIfAborted();
    }
    return tally.summary();
  }

  private async resealOne(row: WrappedRow): Promise<number> {
    const sealed = this.wrapping.rewrap(row, row.wrappedPrivateKey);
    return (await this.repository.reseal(row, sealed)) ? 1 : 0;
  }
}
