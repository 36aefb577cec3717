import { Injectable } from '@nestjs/common';
import { CoherentCache, EVERY_KEY, Invalidations, type Transaction } from '@tokenidp/database';
import { TenantsService } from '@tokenidp/tenancy';
import type { Client } from './client';
import { toClient } from './client-snapshot';
import { ClientsRepository } from './clients.repository';

const TOPIC = 'client';
const MAX_CLIENTS = 50_000;
const NEGATIVE_TTL_SECONDS = 5;
const MAX_CLIENT_ID = 255;
/** Anything else is no client_id of ours, so that nobody is asked for it (RFC 6749 §A.1). */
const CLIENT_ID = /^[\x21-\x7e]+$/;

/** Whole snapshots of clients, so that a token request asks the database nothing about its client. */
@Injectable()
export class ClientCache {
  private readonly cache: CoherentCache<Client>;

  constructor(
    private readonly invalidations: Invalidations,
    private readonly repository: ClientsRepository,
    private readonly tenants: TenantsService,
  ) {
    this.cache = new CoherentCache(invalidations, {
      topic: TOPIC,
      max: MAX_CLIENTS,
      negativeTtlSeconds: NEGATIVE_TTL_SECONDS,
      load: (key) => this.load(key),
    });
  }

  find(tenantId: string, clientId: string): Promise<Client | null> {
    const isPossible = clientId.length <= MAX_CLIENT_ID && CLIENT_ID.test(clientId);
    return isPossible ? this.cache.get(`${tenantId}:${clientId}`) : NOBODY;
  }

  forget(tenantId: string, clientId: string, tx: Transaction): Promise<void> {
    return this.invalidations.publish(TOPIC, `${tenantId}:${clientId}`, tx);
  }

  forgetAll(tx: Transaction): Promise<void> {
    return this.invalidations.publish(TOPIC, EVERY_KEY, tx);
  }

  private async load(key: string): Promise<Client | null> {
    const separator = key.indexOf(':');
    const tenantId = key.slice(0, separator);
    const rows = await this.repository.load(tenantId, key.slice(separator + 1));
    const tenant = rows && (await this.tenants.findById(tenantId));
    return tenant && toClient(rows, tenant.issuer);
  }
}

const NOBODY = Promise.resolve(null);
