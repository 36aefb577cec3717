import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database, isUniqueViolation, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock, OutboundOptions } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { isDeepStrictEqual } from 'node:util';
import { type Change, changedBy } from './change';
import type { Client, ClientOrigin, ClientStatus } from './client';
import { type AssignedScopes, ClientAssignments } from './client-assignments';
import { ClientCache } from './client-cache';
import { ClientOrigins } from './client-origins';
import { ClientSecrets, type NewSecret } from './client-secrets';
import { inputOf, toClient, toColumns } from './client-snapshot';
import { ClientEntity } from './client.entity';
import { ClientsError } from './clients-error';
import { type ClientRow, ClientsRepository } from './clients.repository';
import { LastUsed } from './last-used';
import { usesSecret } from './metadata/auth-method';
import type { MetadataInput } from './metadata/members';
import { type RegistrationGrant, registrationPolicy, type RegistrationSource } from './metadata/registration-policy';
import { validateClientMetadata, type ValidatedClient } from './metadata/validate-client-metadata';
import { type NewClient, newClientRow } from './new-client-row';
import type { Sectored } from './sector';
import { SectorIdentifiers } from './sector-identifiers';

export interface ClientCreation extends Change {
  /** `admin` when absent. */
  origin?: ClientOrigin;
  /** Of a client that nobody trusts: what its tenant gives it. */
  grant?: RegistrationGrant;
  /** What `validate` gave. */
  ahead?: Sectored;
}

export type NewAssignment = AssignedScopes & Change;

export interface CreatedClient {
  client: Client;
  /** Only of a client that authenticates with one, and only here. */
  secret?: string;
}

const FIRST_SECRET = 'default';

@Injectable()
export class ClientsService {
  private readonly clients: TenantRepository<ClientEntity>;

  constructor(
    private readonly database: Database,
    private readonly repository: ClientsRepository,
    private readonly cache: ClientCache,
    private readonly secrets: ClientSecrets,
    private readonly assignments: ClientAssignments,
    private readonly origins: ClientOrigins,
    private readonly sectors: SectorIdentifiers,
    private readonly lastUsed: LastUsed,
    private readonly audit: AuditService,
    private readonly outbound: OutboundOptions,
    private readonly clock: Clock,
  ) {
    this.clients = new TenantRepository(database, ClientEntity);
  }

  /** From memory once known. A disabled client is found too: whoever asks looks at its status. */
  find(tenantId: string, clientId: string): Promise<Client | null> {
    return this.cache.find(tenantId, clientId);
  }

  /** In the order of `client_id`, from the one after `after`; without secrets and assignments. */
  async list(tenant: Tenant, page: { after?: string; take: number }): Promise<Client[]> {
    const rows = await this.repository.list(tenant.id, page.after ?? '', page.take);
    return rows.map((client) => toClient({ client, secrets: [], assignments: [], scopes: [] }, tenant.issuer));
  }

  /** Ahead of a transaction, so that nobody waits for it while others are asked. @throws ClientMetadataError */
  async validate(tenant: Tenant, input: MetadataInput, creation: ClientCreation, before?: Client): Promise<Sectored> {
    const validated = validateClientMetadata(input, registrationPolicy(tenant, this.source(creation)));
    await this.sectors.check(validated, before);
    return validated;
  }

  /** @throws ClientMetadataError, ClientsError (`invalid-client-id`, `client-id-taken`) */
  async create(tenant: Tenant, input: NewClient, creation: ClientCreation = {}): Promise<CreatedClient> {
    const client = newClientRow(tenant, input, { ...this.source(creation), now: this.clock.now() });
    await this.sectors.check(client.metadata, creation.ahead);
    try {
      return await this.within(creation, (tx) => this.insert(tenant, client, creation, tx));
    } catch (error) {
      if (isUniqueViolation(error)) throw new ClientsError('client-id-taken', 'The client_id is taken.');
      throw error;
    }
  }

  /** Lays the given members over the ones there are; null takes one away. @throws ClientMetadataError, ClientsError */
  async update(tenant: Tenant, clientRowId: string, patch: MetadataInput, change: Change = {}): Promise<Client> {
    const ahead = await this.checkSector(tenant, clientRowId, patch, change);
    return this.change(tenant, clientRowId, change, async (row, tx) => {
      if (row.origin === 'built-in') throw new ClientsError('built-in', 'A built-in client stays as it is.');
      const validated = this.laidOver(tenant, row, patch);
      await this.sectors.check(validated, row.metadata, ahead);
      return this.write(tenant, row, toColumns(validated, row.origin, tenant.issuer), tx);
    });
  }

  /** What the client says of itself, in place of all it said before. @throws ClientMetadataError, ClientsError */
  replace(tenant: Tenant, clientRowId: string, input: MetadataInput, change: ClientCreation): Promise<Client> {
    return this.locked(tenant, clientRowId, change, async (row, tx) => {
      const source = this.source({ ...change, origin: row.origin });
      const validated = validateClientMetadata(input, registrationPolicy(tenant, source));
      await this.sectors.check(validated, row.metadata, change.ahead);
      const columns = toColumns(validated, row.origin, tenant.issuer);
      const isSame = isDeepStrictEqual({ ...row, ...columns }, row);
      const written = isSame ? row : await this.write(tenant, row, columns, tx);
      if (!isSame) await this.record('client.changed', written, change, tx);
      return toClient(await this.repository.withParts(written, tx), tenant.issuer);
    });
  }

  disable(tenant: Tenant, clientRowId: string, change: Change = {}): Promise<Client> {
    return this.setStatus(tenant, clientRowId, 'disabled', change);
  }

  enable(tenant: Tenant, clientRowId: string, change: Change = {}): Promise<Client> {
    return this.setStatus(tenant, clientRowId, 'active', change);
  }

  /** Another secret beside the live ones. The value is returned here and never again. @throws ClientsError */
  addSecret(tenant: Tenant, clientRowId: string, secret: NewSecret, change: Change = {}): Promise<string> {
    return this.locked(tenant, clientRowId, change, (row, tx) => this.secrets.add(row, secret, change, tx));
  }

  revokeSecret(tenant: Tenant, clientRowId: string, secretId: string, change: Change = {}): Promise<void> {
    return this.locked(tenant, clientRowId, change, (row, tx) => this.secrets.revoke(row, secretId, change, tx));
  }

  /** Replaces what the client may ask for at the resource. @throws ClientsError (`unknown-resource`, `unknown-scope`) */
  assign(tenant: Tenant, clientRowId: string, resourceId: string, assigned: NewAssignment): Promise<Client> {
    return this.change(tenant, clientRowId, assigned, async (row, tx) => {
      await this.assignments.assign(row, resourceId, assigned, tx);
      return row;
    });
  }

  /** Constant time over all live secrets. */
  verifySecret(client: Client, secret: string): boolean {
    return this.secrets.verify(client, secret);
  }

  /** For client_secret_jwt: the live secrets in clear. */
  assertionSecrets(client: Client): string[] {
    return this.secrets.forAssertions(client);
  }

  /** Notes that the client was used; written within a minute. */
  touch(client: Pick<Client, 'tenantId' | 'id'>): void {
    this.lastUsed.touch('client', client);
  }

  /** Asks a new sector before the client's row is held, so that a slow one holds up nobody. */
  private async checkSector(tenant: Tenant, id: string, patch: MetadataInput, change: Change) {
    if (!('sector_identifier_uri' in patch || 'redirect_uris' in patch)) return undefined;
    const row = await this.within(change, (tx) => this.repository.lock(tenant.id, id, tx));
    if (!row || row.origin === 'built-in') return undefined;
    const validated = this.laidOver(tenant, row, patch);
    await this.sectors.check(validated, row.metadata);
    return validated;
  }

  private laidOver(tenant: Tenant, row: ClientRow, patch: MetadataInput): ValidatedClient {
    const source = this.source({ origin: row.origin, grant: { granted: row.metadata } });
    return validateClientMetadata({ ...inputOf(row), ...patch }, registrationPolicy(tenant, source));
  }

  private source({ origin = 'admin', grant }: ClientCreation): RegistrationSource {
    return { ...grant, origin, outboundAllowedHosts: this.outbound.allowedHosts };
  }

  private async insert(tenant: Tenant, row: ClientRow, change: Change, tx: Transaction): Promise<CreatedClient> {
    await this.clients.insert(tenant.id, row, tx);
    await this.record('client.created', row, change, tx);
    const hasSecret = usesSecret(row.metadata.token_endpoint_auth_method);
    const secret = hasSecret ? await this.secrets.add(row, { name: FIRST_SECRET }, change, tx) : undefined;
    await this.forget(row, tx);
    const client = toClient(await this.repository.withParts(row, tx), tenant.issuer);
    return secret === undefined ? { client } : { client, secret };
  }

  private setStatus(tenant: Tenant, id: string, status: ClientStatus, change: Change): Promise<Client> {
    return this.change(tenant, id, change, (row, tx) => this.write(tenant, row, { status }, tx));
  }

  private async write(
    tenant: Tenant,
    row: ClientRow,
    patch: Partial<Omit<ClientEntity, 'tenantId' | 'id'>>,
    tx: Transaction,
  ): Promise<ClientRow> {
    const changed = { ...patch, updatedAt: this.clock.now() };
    await this.clients.update(tenant.id, { id: row.id }, changed, tx);
    return { ...row, ...changed };
  }

  private change(
    tenant: Tenant,
    id: string,
    change: Change,
    work: (row: ClientRow, tx: Transaction) => Promise<ClientRow>,
  ): Promise<Client> {
    return this.locked(tenant, id, change, async (row, tx) => {
      const changed = await work(row, tx);
      await this.record('client.changed', changed, change, tx);
      return toClient(await this.repository.withParts(changed, tx), tenant.issuer);
    });
  }

  /** Runs with the client's row held, and makes every instance forget the client at commit. */
  private locked<T>(
    tenant: Tenant,
    id: string,
    change: Change,
    work: (row: ClientRow, tx: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.within(change, async (tx) => {
      const row = await this.repository.lock(tenant.id, id, tx);
      if (!row) throw new ClientsError('unknown-client', 'There is no such client.');
      const result = await work(row, tx);
      await this.forget(row, tx);
      return result;
    });
  }

  private within<T>({ tx }: Change, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return tx ? work(tx) : this.database.transaction(work);
  }

  private async forget(row: ClientRow, tx: Transaction): Promise<void> {
    await this.cache.forget(row.tenantId, row.clientId, tx);
    await this.origins.forget(row.tenantId, tx);
  }

  private record(event: 'client.created' | 'client.changed', row: ClientRow, change: Change, tx: Transaction) {
    const detail = { client_id: row.clientId, type: row.type, status: row.status, origin: row.origin };
    const target = { type: 'client', id: row.id };
    return this.audit.record(row.tenantId, { event, ...changedBy(change), target, clientId: row.id, detail }, tx);
  }
}
