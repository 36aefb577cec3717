import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Invalidations } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { ClientKeys, keysTopicKey } from './client-keys';
import type { ClientRow } from './clients.repository';
import { ClientsError } from './clients-error';
import { ClientsRepository } from './clients.repository';
import type { ClientKeyDto, ClientKeysDto } from './dto/client-keys.dto';

const TOPIC = 'client-keys';

/** Keys of a client as the administration sees them. */
@Injectable()
export class ClientKeysAdmin implements OnModuleInit {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly keys: ClientKeys,
    private readonly invalidations: Invalidations,
  ) {}

  onModuleInit(): void {
    this.invalidations.on(TOPIC, (name) => this.keys.doubt(name));
  }

  async list(tenant: Tenant, clientId: string): Promise<ClientKeysDto> {
    return this.describe(await this.get(tenant, clientId));
  }

  /** Asks the client now; every other instance does so with the next request that needs its keys. */
  async refresh(tenant: Tenant, clientId: string): Promise<ClientKeysDto> {
    const row = await this.get(tenant, clientId);
    const { jwks_uri } = row.metadata;
    if (jwks_uri === undefined)
      throw new ClientsError('no-jwks-uri', 'The client gives its keys by value, or has none.');
    await this.invalidations.publish(TOPIC, keysTopicKey({ tenantId: tenant.id, jwks_uri }));
    return this.describe(row);
  }

  private async get(tenant: Tenant, clientId: string): Promise<ClientRow> {
    const row = await this.repository.byId(tenant.id, clientId);
    if (!row) throw new ClientsError('unknown-client', 'There is no such client.');
    return row;
  }

  private async describe({ tenantId, metadata }: ClientRow): Promise<ClientKeysDto> {
    const { jwks, triedAt = null, problem = null } = await this.keys.describe({ tenantId, ...metadata });
    return {
      source: metadata.jwks ? 'jwks' : metadata.jwks_uri === undefined ? 'none' : 'jwks_uri',
      jwks_uri: metadata.jwks_uri ?? null,
      triedAt,
      problem,
      items: await Promise.all(jwks.keys.map(view)),
    };
  }
}

async function view(key: JWK): Promise<ClientKeyDto> {
  const { kid = null, kty = '', crv = null, alg = null, use = null } = key;
  return { kid, kty, crv, alg, use, thumbprint: await calculateJwkThumbprint(key, 'sha256') };
}
