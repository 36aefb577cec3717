import { Module, type OnModuleInit } from '@nestjs/common';
import { type Alert, DashboardSources } from '@tokenidp/audit';
import { Clock } from '@tokenidp/kernel';
import { type Tenant, TenancyAdministrationModule } from '@tokenidp/tenancy';
import { KeysModule } from '../keys.module';
import { KeysService } from '../keys.service';
import { after } from '../rotation-policy';
import { KeysAdmin } from './keys.admin';
import { KeysController } from './keys.controller';

const DAY_SECONDS = 86_400;

/** Needs libs/admin-api's `AdminAccess` and libs/audit's `DashboardModule`. */
@Module({
  imports: [KeysModule, TenancyAdministrationModule],
  controllers: [KeysController],
  providers: [KeysAdmin],
})
export class KeysAdministrationModule implements OnModuleInit {
  constructor(
    private readonly keys: KeysService,
    private readonly sources: DashboardSources,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sources.addAlerts((tenant) => this.oldKeys(tenant));
  }

  /** Keys that sign a day longer than they should: the rotation does not work. */
  private async oldKeys({ id, settings }: Tenant): Promise<Alert[]> {
    const now = this.clock.now();
    const signing = (await this.keys.usable(id)).filter(({ state }) => state === 'current');
    return signing
      .map(({ kid, alg, activatedAt }) => ({
        kid,
        alg,
        at: after(activatedAt!, settings.keys.rotationDays * DAY_SECONDS),
      }))
      .filter(({ at }) => after(at, DAY_SECONDS) < now)
      .map(({ kid, alg, at }) => ({
        kind: 'key-old',
        message: `The ${alg} key signs longer than the policy wants.`,
        target: { type: 'signing_key', id: kid },
        at,
      }));
  }
}
