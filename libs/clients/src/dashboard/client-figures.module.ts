import { Module, type OnModuleInit } from '@nestjs/common';
import { type Alert, DashboardSources } from '@tokenidp/audit';
import { Clock } from '@tokenidp/kernel';
import { ClientFiguresRepository } from './client-figures.repository';

const SOON_MILLISECONDS = 30 * 86_400_000;
const MOST = 50;

/** What applications add to the dashboard. Needs libs/audit's `DashboardModule`. */
@Module({ providers: [ClientFiguresRepository] })
export class ClientFiguresModule implements OnModuleInit {
  constructor(
    private readonly repository: ClientFiguresRepository,
    private readonly sources: DashboardSources,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sources.nameClientsBy((tenantId, ids) => this.repository.names(tenantId, ids));
    this.sources.addAlerts(({ id }) => this.expiringSecrets(id));
  }

  private async expiringSecrets(tenantId: string): Promise<Alert[]> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + SOON_MILLISECONDS);
    const secrets = await this.repository.expiring(tenantId, now, until, MOST);
    return secrets.map(({ id, name, clientName, expiresAt }) => ({
      kind: 'secret-expiring',
      message: `The secret "${name}" of ${clientName} expires soon.`,
      target: { type: 'client_secret', id },
      at: expiresAt,
    }));
  }
}
