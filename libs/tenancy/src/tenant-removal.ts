import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AdminTrail } from '@tokenidp/admin-api';
import { Database, type Lease, Leases, type Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { TenantDirectory } from './tenant-directory';
import { type RemovableTenant, TenantRemovalRepository } from './tenant-removal.repository';
import { TenantsRepository } from './tenants.repository';

export const TENANT_REMOVAL_JOB = 'tenants.removal';

const SCHEDULE = CronExpression.EVERY_HOUR;
const LEASE_SECONDS = 120;
const TENANTS = 10;
const BATCH = 1000;
const MANY = 1_000_000;
/** Instances need not agree on the time: whoever restores a tenant in the last second is not to find it half gone. */
const MARGIN_MILLISECONDS = 300_000;

/** Deleted tenants whose grace is over, table by table in batches, and at last the tenant itself. */
@Injectable()
export class TenantRemoval implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: TenantRemovalRepository,
    private readonly tenants: TenantsRepository,
    private readonly directory: TenantDirectory,
    private readonly trail: AdminTrail,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: TENANT_REMOVAL_JOB,
      description: 'Removes tenants that were deleted and whose grace is over, with everything they own.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: TENANT_REMOVAL_JOB })
  async run(): Promise<void> {
    await this.leases.run(TENANT_REMOVAL_JOB, LEASE_SECONDS, async (lease) => {
      const before = new Date(this.clock.now().getTime() - MARGIN_MILLISECONDS);
      const due = await this.repository.due(before, TENANTS);
      for (const tenant of due) await this.remove(tenant, before, lease);
      return due.length === 0 ? 'nothing to remove' : `removed: ${due.map(({ slug }) => slug).join(', ')}`;
    });
  }

  private async remove(tenant: RemovableTenant, before: Date, lease: Lease): Promise<void> {
    const tables = await this.repository.tables();
    for (const table of tables) {
      for (let last = BATCH; last === BATCH;) {
        last = await this.database.transaction(async (tx) => {
          await lease.hold(tx);
          return this.repository.deleteRows(table, tenant.id, BATCH, tx);
        });
      }
    }
    await this.database.transaction(async (tx) => {
      await lease.hold(tx);
      await this.removeLast(tenant, { tables, before }, tx);
    });
  }

  /** With its row held nobody can add to what it owns: what came in between goes with it. */
  private async removeLast(
    tenant: RemovableTenant,
    { tables, before }: { tables: readonly string[]; before: Date },
    tx: Transaction,
  ): Promise<void> {
    await this.tenants.lockSettings(tenant.id, tx);
    for (const table of tables) await this.repository.deleteRows(table, tenant.id, MANY, tx);
    if (!(await this.repository.deleteTenant(tenant.id, before, tx))) return;
    await this.record(tenant, tx);
    await this.directory.forget(tenant, tx);
  }

  private async record({ id, slug, name }: RemovableTenant, tx: Transaction): Promise<void> {
    const system = await this.tenants.system();
    const entry = { event: 'tenant.deleted', actor: { type: 'system' }, target: { type: 'tenant', id } } as const;
    if (system) await this.trail.record(system.id, { ...entry, detail: { slug, name } }, tx);
  }
}
