/** @spec OAuth 2.1 §2.4.1, RFC 6819 §5.1.4.1.3 — a secret is in the answer to its creation and nowhere else (S-172). */
import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { ClientHandOver } from './client-rights';
import { ClientSecrets } from './client-secrets';
import { CLIENT_SECRETS } from './client-secrets.list';
import { ClientsError } from './clients-error';
import { ClientsRepository } from './clients.repository';
import type {
  CreatedSecretDto,
  CreateSecretDto,
  ListSecretsDto,
  SecretDto,
  SecretPageDto,
  SecretPathDto,
} from './dto/client-secret.dto';
import { HeldClients } from './held-clients';
import { LastUsed } from './last-used';

const IN_USE_MILLISECONDS = 24 * 3600 * 1000;

/** Secrets of a client as the administration sees them. */
@Injectable()
export class ClientSecretsAdmin {
  constructor(
    private readonly database: Database,
    private readonly held: HeldClients,
    private readonly repository: ClientsRepository,
    private readonly secrets: ClientSecrets,
    private readonly handOver: ClientHandOver,
    private readonly lastUsed: LastUsed,
    private readonly clock: Clock,
  ) {}

  async list(
    tenant: Tenant,
    clientId: string,
    { limit, cursor, sort, search, revoked }: ListSecretsDto,
  ): Promise<SecretPageDto> {
    if (!(await this.repository.byId(tenant.id, clientId))) {
      throw new ClientsError('unknown-client', 'There is no such client.');
    }
    const filters = { clientId, revoked, search: search && containing(search) };
    const from = { list: CLIENT_SECRETS, database: this.database, tenantId: tenant.id };
    return readPage(from, { limit, cursor, sort, filters }, view);
  }

  /** Whoever has a secret of the client can do what it may. @throws ProblemError (forbidden) */
  assertMay(call: AdminCall, tenant: Tenant, clientId: string): Promise<void> {
    return this.handOver.assertCredentials(call, tenant, clientId);
  }

  create(tenant: Tenant, clientId: string, input: CreateSecretDto, change: AdminChange): Promise<CreatedSecretDto> {
    const expiresAt = input.expiresAt === undefined ? undefined : new Date(input.expiresAt);
    return this.held.locked(tenant, clientId, change, async (client, tx) => {
      const { value, row } = await this.secrets.add(client, { name: input.name, expiresAt }, change, tx);
      return { ...view(row), client_secret: value };
    });
  }

  /** One that was used lately is somebody's: only when the caller says so. @throws ClientsError */
  async revoke(
    tenant: Tenant,
    { clientId, secretId: id }: SecretPathDto,
    isConfirmed: boolean,
    call: AdminCall,
  ): Promise<SecretDto> {
    // What this instance has seen and not written yet counts, too.
    await this.lastUsed.flush();
    const change = call.change();
    return this.held.locked(tenant, clientId, change, async (client, tx) => {
      const { lastUsedAt, revokedAt } = await this.secrets.get(client, id, tx);
      const since = this.clock.now().getTime() - IN_USE_MILLISECONDS;
      if (!revokedAt && !isConfirmed && lastUsedAt && lastUsedAt.getTime() > since) {
        throw new ClientsError('secret-in-use', 'It was used within the last 24 hours: say `confirm` to revoke it.');
      }
      await this.secrets.revoke(client, id, change, tx);
      return view(await this.secrets.get(client, id, tx));
    });
  }
}

function view({ id, name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt }: SecretDto): SecretDto {
  return { id, name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt };
}
