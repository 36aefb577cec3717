import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database, isUniqueViolation, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock, isId, newId, OutboundOptions } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { randomBytes } from 'node:crypto';
import { type Change, changedBy } from './change';
import type { Client, ClientOrigin, ClientStatus } from './client';
import { type AssignedScopes, ClientAssignments } from './client-assignments';
import { ClientCache } from './client-cache';
import { ClientOrigins } from './client-origins';
import { ClientSecrets, type NewSecret } from './client-secrets';
import { toClient, toColumns } from './client-snapshot';
import { ClientEntity } from './client.entity';
import { ClientsError } from './clients-error';
import { type ClientRow, ClientsRepository } from './clients.repository';
import { LastUsed } from './last-used';
import { usesSecret } from './metadata/auth-method';
import type { MetadataInput } from './metadata/members';
import { registrationPolicy } from './metadata/registration-policy';
import { validateClientMetadata, type ValidatedClient } from './metadata/validate-client-metadata';
import { SectorIdentifiers } from './sector-identifiers';

/** Metadata with its wire names, and optionally the `client_id` (else one is drawn). */
export type NewClient = MetadataInput & { readonly client_id?: string };

export interface ClientCreation extends Change {
  /** `admin` when absent. */
  origin?: ClientOrigin;
}

export type NewAssignment = AssignedScopes & Change;

export interface CreatedClient {
  client: Client;
  /** Only of a client that authenticates with one, and only here. */
  secret?: string;
}

const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/;
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

  /** @throws ClientMetadataError, ClientsError (`invalid-client-id`, `client-id-taken`) */
  async create(tenant: Tenant, input: NewClient, creation: ClientCreation = {}): Promise<CreatedClient> {
    const client = this.newRow(tenant, input, creation.origin ?? 'admin');
    await this.sectors.check(client.metadata);
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
    const policy = registrationPolicy(tenant, row.origin, this.outbound.allowedHosts);
    return validateClientMetadata({ ...inputOf(row), ...patch }, policy);
  }

  private newRow(tenant: Tenant, input: NewClient, origin: ClientOrigin): ClientRow {
    const { client_id = randomBytes(16).toString('hex'), ...metadata } = input;
    // S-061: a `sub` is a UUID, so that no client can ever have the name of a user.
    if (!CLIENT_ID.test(client_id) || isId(client_id.toLowerCase())) {
      throw new ClientsError('invalid-client-id', 'A client_id is 1 to 100 of A-Z a-z 0-9 . _ ~ - and no UUID.');
    }
    const policy = registrationPolicy(tenant, origin, this.outbound.allowedHosts);
    const validated = validateClientMetadata({ client_name: client_id, ...metadata }, policy);
    const now = this.clock.now();
    return {
      tenantId: tenant.id,
      id: newId(),
      clientId: client_id,
      status: 'active',
      origin,
      ...toColumns(validated, origin, tenant.issuer),
      createdAt: now,
      updatedAt: now,
      lastUsedAt: null,
    };
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

/** What the row was made of. */
function inputOf({ metadata, type, name, securityProfile }: ClientRow): MetadataInput {
  return { ...metadata, ...metadata.localized, type, client_name: name, security_profile: securityProfile };
}
