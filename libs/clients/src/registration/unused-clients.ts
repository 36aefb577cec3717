/** @spec RFC 7591 §5, RFC 7592 §1 — a registration that nobody uses any more ends, and so do tokens that were never spent. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { Clock, DomainError } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { RegistrationRepository } from './registration.repository';
import { RegistrationService } from './registration.service';

const JOB = 'clients.unused';
const SCHEDULE = CronExpression.EVERY_HOUR;
const LEASE_SECONDS = 120;
const DAY_MILLISECONDS = 86_400_000;
const TENANTS = 100;
const BATCH = 100;

@Injectable()
export class UnusedClients implements OnModuleInit {
  constructor(
    private readonly repository: RegistrationRepository,
    private readonly registration: RegistrationService,
    private readonly tenants: TenantsService,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Ends applications that registered themselves and are not used any more.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async (lease) => {
      let ended = 0;
      for await (const tenant of this.everyTenant()) {
        ended += await this.endUnused(tenant);
        await lease.renew();
      }
      const purged = await this.repository.purgeInitial(this.daysAgo(1));
      return `ended: client ${ended}, deleted: initial_access_token ${purged}`;
    });
  }

  /** At most a batch a run: the next one comes within the hour. */
  private async endUnused(tenant: Tenant): Promise<number> {
    const { unusedDays } = tenant.settings.registration;
    if (unusedDays === 0) return 0;
    const ids = await this.repository.unused(tenant.id, this.daysAgo(unusedDays), BATCH);
    let ended = 0;
    for (const id of ids) ended += await this.endOne(tenant, id);
    return ended;
  }

  /** Whoever may not go, as the last owner of its tenant may not, stays. */
  private async endOne(tenant: Tenant, id: string): Promise<number> {
    try {
      await this.registration.end(tenant, id, { actor: { type: 'system' } });
      return 1;
    } catch (error) {
      if (error instanceof DomainError && error.slug === 'conflict') return 0;
      throw error;
    }
  }

  private async *everyTenant(): AsyncGenerator<Tenant> {
    let after: string | undefined;
    for (;;) {
      const page = await this.tenants.list({ after, take: TENANTS });
      yield* page;
      if (page.length < TENANTS) return;
      after = page.at(-1)!.slug;
    }
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MILLISECONDS);
  }
}
