/** @spec OIDC Core §10.1.1 — keys move on in time without anybody asking, on exactly one instance (S-099). */
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression, SchedulerRegistry } from '@nestjs/schedule';
import { type Lease, Leases } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { TenantsService } from '@tokenidp/tenancy';
import { JobTally, runQuietly } from './job-tally';
import { KeyLifecycle } from './key-lifecycle';
import { ofAlgorithm, rotationPolicy, rotationSteps } from './rotation-policy';
import { type DueKey, SigningKeysRepository } from './signing-keys.repository';

export const KEY_ROTATION_JOB = 'key-rotation';

const SCHEDULE = CronExpression.EVERY_MINUTE;
const LEASE_SECONDS = 60;
const PAGE = 200;

/** Runs on every instance; a lease lets one of them work, and conditional writes make even two of them harmless. */
@Injectable()
export class KeyRotationService implements OnModuleInit {
  private readonly logger = new Logger(KeyRotationService.name);

  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly lifecycle: KeyLifecycle,
    private readonly tenants: TenantsService,
    private readonly leases: Leases,
    private readonly clock: Clock,
    // Not used: without the scheduler the application must not start, or no key would ever rotate.
    _scheduler: SchedulerRegistry,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: KEY_ROTATION_JOB,
      description: 'Makes, activates and retires signing keys in time.',
      schedule: SCHEDULE,
      run: () => this.runNow(),
    });
  }

  @Cron(SCHEDULE, { name: KEY_ROTATION_JOB })
  async onMinute(): Promise<void> {
    await runQuietly(this.logger, () => this.tick());
  }

  /** Does what is due, for all tenants. One query when nothing is. */
  async tick(): Promise<void> {
    const due = await this.repository.due(this.clock.now(), PAGE);
    if (due.length > 0) await this.leases.run(KEY_ROTATION_JOB, LEASE_SECONDS, (lease) => this.rotate(due, lease));
  }

  private async runNow(): Promise<void> {
    const due = await this.repository.due(this.clock.now(), PAGE);
    await this.leases.run(KEY_ROTATION_JOB, LEASE_SECONDS, (lease) => this.rotate(due, lease));
  }

  private async rotate(firstPage: DueKey[], lease: Lease): Promise<string> {
    const now = this.clock.now();
    const tally = new JobTally(this.logger);
    for (let page = firstPage; page.length > 0; page = await this.repository.due(now, PAGE, page.at(-1))) {
      for (const key of page) await tally.add(key, () => this.rotateKeysLike(key, lease));
    }
    return tally.summary();
  }

  /** The keys of the same tenant and algorithm, as they are by now. */
  private async rotateKeysLike({ tenantId, alg }: DueKey, lease: Lease): Promise<number> {
    const tenant = await this.tenants.findById(tenantId);
    if (!tenant) return 0;
    const now = this.clock.now();
    const keys = ofAlgorithm(alg, await this.repository.usable(tenantId, now));
    let done = 0;
    for (const step of rotationSteps(alg, keys, rotationPolicy(tenant.settings), now)) {
      if (await this.lifecycle.apply(tenant, step, { lease })) done++;
    }
    return done;
  }
}
