import { Injectable } from '@nestjs/common';
import type { Tenant } from '@tokenidp/tenancy';

export const ALERT_KINDS = ['job-failed', 'key-old', 'secret-expiring', 'webhook-disabled'] as const;

/** What somebody should look at. */
export interface Alert {
  readonly kind: (typeof ALERT_KINDS)[number];
  /** for administrators, a sentence */
  readonly message: string;
  readonly target: { readonly type: string; readonly id: string };
  /** since when, or when it will be too late */
  readonly at: Date;
}

export type AlertSource = (tenant: Tenant) => Promise<readonly Alert[]>;

/** Names of applications by row id. */
export type ClientNames = (tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What the libs above this one add to the dashboard; they do so in their modules' onModuleInit. */
@Injectable()
export class DashboardSources {
  private readonly sources: AlertSource[] = [];
  private names: ClientNames = () => Promise.resolve(new Map());

  addAlerts(source: AlertSource): void {
    this.sources.push(source);
  }

  nameClientsBy(names: ClientNames): void {
    this.names = names;
  }

  /** The most urgent first. */
  async alerts(tenant: Tenant): Promise<Alert[]> {
    const found = (await Promise.all(this.sources.map((source) => source(tenant)))).flat();
    return found.sort((left, right) => left.at.getTime() - right.at.getTime());
  }

  clientNames(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.names(tenantId, ids);
  }
}
