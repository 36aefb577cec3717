/** @spec RFC 10017 §6.3.3.4 — a browser application may call us from where its redirect URIs are, and from nowhere else (S-005). */
import { Injectable } from '@nestjs/common';
import { CoherentCache, EVERY_KEY, Invalidations, type Transaction } from '@tokenidp/database';
import { TenantsService } from '@tokenidp/tenancy';
import type { Client } from './client';
import { toClient } from './client-snapshot';
import { ClientsRepository } from './clients.repository';

const TOPIC = 'client-origins';
const MAX_TENANTS = 10_000;

/** The origins, as a browser writes them in `Origin`, that a client's scripts run at; none unless it is a spa. */
export function originsOf(client: Pick<Client, 'type' | 'redirect_uris'>): Set<string> {
  if (client.type !== 'spa') return new Set();
  const origins = client.redirect_uris.map((uri) => URL.parse(uri)?.origin);
  return new Set(origins.filter((origin): origin is string => origin !== undefined && origin !== 'null'));
}

@Injectable()
export class ClientOrigins {
  private readonly cache: CoherentCache<ReadonlySet<string>>;

  constructor(
    private readonly invalidations: Invalidations,
    private readonly repository: ClientsRepository,
    private readonly tenants: TenantsService,
  ) {
    this.cache = new CoherentCache(invalidations, {
      topic: TOPIC,
      max: MAX_TENANTS,
      load: (tenantId) => this.load(tenantId),
    });
  }

  /** Every origin of the tenant's active browser applications; an `Origin` header is looked up in it as it came. */
  async allowedOrigins(tenantId: string): Promise<ReadonlySet<string>> {
    return (await this.cache.get(tenantId)) ?? NONE;
  }

  forget(tenantId: string, tx: Transaction): Promise<void> {
    return this.invalidations.publish(TOPIC, tenantId, tx);
  }

  forgetAll(tx: Transaction): Promise<void> {
    return this.invalidations.publish(TOPIC, EVERY_KEY, tx);
  }

  private async load(tenantId: string): Promise<ReadonlySet<string> | null> {
    const tenant = await this.tenants.findById(tenantId);
    if (!tenant) return null;
    const rows = await this.repository.activeOfType(tenantId, 'spa');
    const clients = rows.map((client) => toClient({ client, secrets: [], assignments: [], scopes: [] }, tenant.issuer));
    return new Set(clients.flatMap((client) => [...originsOf(client)]));
  }
}

const NONE: ReadonlySet<string> = new Set();
