import { Module, type OnModuleInit } from '@nestjs/common';
import { type Alert, DashboardSources } from '@tokenidp/audit';
import { WebhooksModule } from './webhooks.module';
import { WebhooksRepository } from './webhooks.repository';

const MOST = 50;

/** What webhooks add to the dashboard. Needs libs/audit's `DashboardModule`. */
@Module({ imports: [WebhooksModule] })
export class WebhookAlertsModule implements OnModuleInit {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly sources: DashboardSources,
  ) {}

  onModuleInit(): void {
    this.sources.addAlerts(({ id }) => this.disabled(id));
  }

  /** Nobody has chosen it: what it would have told is lost until somebody enables it again. */
  private async disabled(tenantId: string): Promise<Alert[]> {
    const webhooks = await this.repository.disabledByThemselves(tenantId, MOST);
    return webhooks.map(({ id, name, disabledReason, updatedAt }) => ({
      kind: 'webhook-disabled',
      message:
        `The webhook "${name}" was disabled and is told of nothing. ${sentence(disabledReason)} ` +
        'Mend its receiver, test it, and enable it again.',
      target: { type: 'webhook', id },
      at: updatedAt,
    }));
  }
}

function sentence(reason: string): string {
  const text = reason.slice(0, 500);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
