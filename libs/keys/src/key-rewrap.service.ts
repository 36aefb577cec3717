import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { type Lease, Leases, type SealedColumn, SealedColumns, type SealedRow } from '@tokenidp/database';
import { Envelope, MasterKeys } from '@tokenidp/kernel';
import { JobTally, runQuietly } from './job-tally';
import { PRIVATE_KEYS } from './key-wrapping';

export const KEY_REWRAP_JOB = 'key-rewrap';

const SCHEDULE = CronExpression.EVERY_HOUR;
const LEASE_SECONDS = 60;
const PAGE = 200;

/** Whatever is stored sealed, private keys and all else: seals under the active master key what another one protects; once nothing is left, that one can be taken away. */
@Injectable()
export class KeyRewrapService implements OnApplicationBootstrap, OnModuleInit {
  private readonly logger = new Logger(KeyRewrapService.name);

  constructor(
    private readonly columns: SealedColumns,
    private readonly envelope: Envelope,
    private readonly masterKeys: MasterKeys,
    private readonly leases: Leases,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.onHour();
  }

  onModuleInit(): void {
    this.columns.add(PRIVATE_KEYS);
    this.leases.register({
      name: KEY_REWRAP_JOB,
      description: 'Seals private keys and other stored secrets under the active master key.',
      schedule: SCHEDULE,
      run: () => this.leases.run(KEY_REWRAP_JOB, LEASE_SECONDS, (lease) => this.reseal(lease)),
    });
  }

  @Cron(SCHEDULE, { name: KEY_REWRAP_JOB })
  async onHour(): Promise<void> {
    await runQuietly(this.logger, () => this.tick());
  }

  /** One query for each column when nothing is to be done. */
  async tick(): Promise<void> {
    for (const column of this.columns.all()) {
      if ((await this.page(column)).length === 0) continue;
      await this.leases.run(KEY_REWRAP_JOB, LEASE_SECONDS, (lease) => this.reseal(lease));
      return;
    }
  }

  private page(column: SealedColumn, after?: SealedRow): Promise<SealedRow[]> {
    return this.columns.sealedOtherwise(column, this.envelope.prefix, { take: PAGE, after });
  }

  private async reseal(lease: Lease): Promise<string> {
    const tally = new JobTally(this.logger, 'sealed value');
    for (const column of this.columns.all()) {
      for (let page = await this.page(column); page.length > 0; page = await this.page(column, page.at(-1))) {
        for (const row of page) await tally.add(row, () => this.resealOne(column, row));
        lease.signal.throwIfAborted();
      }
    }
    return tally.summary();
  }

  private async resealOne(column: SealedColumn, row: SealedRow): Promise<number> {
    const sealed = this.envelope.rewrap(column.objectOf(row), row.sealed);
    return (await this.columns.reseal(column, row, { sealed, keyId: this.masterKeys.activeId })) ? 1 : 0;
  }
}
