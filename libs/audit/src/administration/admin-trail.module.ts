import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { AdminTrail } from '@tokenidp/admin-api';
import { Leases } from '@tokenidp/database';
import { TenantsService } from '@tokenidp/tenancy';
import { AuditModule } from '../audit.module';
import { AuditService } from '../audit.service';
import { RecordedChanges } from './recorded-changes';

/** Global, since the libs below this one ask for the trail. */
@Global()
@Module({
  imports: [AuditModule],
  providers: [{ provide: AdminTrail, useClass: RecordedChanges }],
  exports: [AdminTrail],
})
export class AdminTrailModule implements OnModuleInit {
  constructor(
    private readonly audit: AuditService,
    private readonly tenants: TenantsService,
    private readonly leases: Leases,
  ) {}

  onModuleInit(): void {
    this.leases.onFailure((job, error) => this.recordFailure(job, error));
  }

  private async recordFailure(job: string, error: unknown): Promise<void> {
    const system = await this.tenants.findSystem();
    if (!system) return;
    const reason = error instanceof Error ? error.message : String(error);
    const target = { type: 'job', id: job };
    const event = { event: 'job.failed', result: 'failure', actor: { type: 'system' }, target } as const;
    await this.audit.record(system.id, { ...event, detail: { reason } });
  }
}
