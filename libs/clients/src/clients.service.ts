import { Injectable } from '@nestjs/common';
import { isUniqueViolation, type Transaction } from '@tokenidp/database';
import { Clock, OutboundOptions } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { isDeepStrictEqual } from 'node:util';
import type { Change } from './change';
import { changedMembers } from './changed-members';
import type { Client, ClientOrigin, ClientStatus } from './client';
import { type AssignedScopes, ClientAssignments } from './client-assignments';
import { ClientCache } from './client-cache';
import { ClientObservers } from './client-observers';
import { ClientSecrets, type NewSecret } from './client-secrets';
import { inputOf, toClient, toColumns } from './client-snapshot';
import { ClientsError } from './clients-error';
import { type ClientRow, ClientsRepository } from './clients.repository';
import { type ClientEdit, HeldClients } from './held-clients';
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
  /** All that it starts with; one that is drawn when absent. */
  secrets?: readonly NewSecret[];
}

/** @param expect of an edit is called with what was assigned before */
export type NewAssignment = AssignedScopes & Change & { expect?: (current: AssignedScopes) => void };
/** The members to lay over what is there, or what makes them of it. */
export type ClientPatch = MetadataInput | ((current: MetadataInput, row: ClientRow) => MetadataInput);

export interface CreatedClient {
  client: Client;
  /** Only of a client that authenticates with one, and only here. */
  secret?: string;
}

const FIRST_SECRET = 'default';

@Injectable()
export class ClientsService {
  constructor(
    private readonly held: HeldClients,
    private readonly repository: ClientsRepository,
    private readonly cache: ClientCache,
    private readonly secrets: ClientSecrets,
    private readonly assignments: ClientAssignments,
    private readonly sectors: SectorIdentifiers,
    private readonly observers: ClientObservers,
    private readonly lastUsed: LastUsed,
    private readonly outbound: OutboundOptions,
    private readonly clock: Clock,
  ) {}

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
      return await this.held.within(creation, (tx) => this.insert(tenant, client, creation, tx));
    } catch (error) {
      if (isUniqueViolation(error)) throw new ClientsError('client-id-taken', 'The client_id is taken.');
      throw error;
    }
  }

  /** Lays the given members over the ones there are; null takes one away. @throws ClientMetadataError, ClientsError */
  async update(tenant: Tenant, clientRowId: string, patch: ClientPatch, change: ClientEdit = {}): Promise<Client> {
    const ahead = await this.checkSector(tenant, clientRowId, patch, change);
    return this.held.changed(tenant, clientRowId, change, async (row, tx) => {
      assertNotBuiltIn(row);
      const validated = this.laidOver(tenant, row, patch);
      await this.sectors.check(validated, row.metadata, ahead);
      return this.held.write(row, toColumns(validated, row.origin, tenant.issuer), tx);
    });
  }

  /** What the client says of itself, in place of all it said before. @throws ClientMetadataError, ClientsError */
  replace(tenant: Tenant, clientRowId: string, input: MetadataInput, change: ClientCreation): Promise<Client> {
    return this.held.locked(tenant, clientRowId, { ...change, expect: undefined }, async (row, tx) => {
      const source = this.source({ ...change, origin: row.origin });
      const validated = validateClientMetadata(input, registrationPolicy(tenant, source));
      await this.sectors.check(validated, row.metadata, change.ahead);
      const columns = toColumns(validated, row.origin, tenant.issuer);
      const isSame = isDeepStrictEqual({ ...row, ...columns }, row);
      const written = isSame ? row : await this.held.write(row, columns, tx);
      if (!isSame) await this.held.recordChange(row, written, change, tx);
      return this.held.snapshot(tenant, written, tx);
    });
  }

  disable(tenant: Tenant, clientRowId: string, change: ClientEdit = {}): Promise<Client> {
    return this.setStatus(tenant, clientRowId, 'disabled', change);
  }

  enable(tenant: Tenant, clientRowId: string, change: ClientEdit = {}): Promise<Client> {
    return this.setStatus(tenant, clientRowId, 'active', change);
  }

  /** With all that hangs from it, whatever lib keeps it. @throws ClientsError (`unknown-client`, `built-in`) */
  delete(tenant: Tenant, clientRowId: string, change: ClientEdit = {}): Promise<void> {
    return this.held.locked(tenant, clientRowId, change, async (row, tx) => {
      assertNotBuiltIn(row);
      await this.observers.assertMayGo(tenant.id, row.id, tx);
      await this.observers.clientDeleted(tenant.id, row.id, tx);
      await this.held.remove(row, change, tx);
    });
  }

  /** Another secret beside the live ones. The value is returned here and never again. @throws ClientsError */
  addSecret(tenant: Tenant, clientRowId: string, secret: NewSecret, change: Change = {}): Promise<string> {
    return this.held.locked(tenant, clientRowId, change, async (row, tx) => {
      const { value } = await this.secrets.add(row, secret, change, tx);
      return value;
    });
  }

  revokeSecret(tenant: Tenant, clientRowId: string, secretId: string, change: Change = {}): Promise<void> {
    return this.held.locked(tenant, clientRowId, change, (row, tx) => this.secrets.revoke(row, secretId, change, tx));
  }

  /** Replaces what the client may ask for at the resource. @throws ClientsError (`unknown-resource`, `unknown-scope`) */
  assign(tenant: Tenant, clientRowId: string, resourceId: string, assigned: NewAssignment): Promise<Client> {
    const { userScopes, clientScopes, expect, ...change } = assigned;
    return this.held.locked(tenant, clientRowId, change, async (row, tx) => {
      const before = await this.assignments.find(tenant.id, row.id, resourceId, tx);
      expect?.(before);
      const after = { userScopes: [...userScopes], clientScopes: [...clientScopes] };
      await this.assignments.assign(row, resourceId, after, tx);
      const changed = { resourceId, ...changedMembers({ ...before }, after) };
      await this.held.record('client.changed', row, { assignment: changed }, { ...change, tx });
      return this.held.snapshot(tenant, row, tx);
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
  private async checkSector(tenant: Tenant, id: string, patch: ClientPatch, change: Change) {
    if (typeof patch !== 'function' && !('sector_identifier_uri' in patch || 'redirect_uris' in patch))
      return undefined;
    const row = await this.held.within(change, (tx) => this.repository.lock(tenant.id, id, tx));
    if (!row || row.origin === 'built-in') return undefined;
    const validated = this.laidOver(tenant, row, patch);
    await this.sectors.check(validated, row.metadata);
    return validated;
  }

  private laidOver(tenant: Tenant, row: ClientRow, patch: ClientPatch): ValidatedClient {
    const source = this.source({ origin: row.origin, grant: { granted: row.metadata } });
    const current = inputOf(row);
    const given = typeof patch === 'function' ? patch(current, row) : { ...current, ...patch };
    return validateClientMetadata(given, registrationPolicy(tenant, source));
  }

  private source({ origin = 'admin', grant }: ClientCreation): RegistrationSource {
    return { ...grant, origin, outboundAllowedHosts: this.outbound.allowedHosts };
  }

  private async insert(
    tenant: Tenant,
    row: ClientRow,
    { secrets, ...change }: ClientCreation,
    tx: Transaction,
  ): Promise<CreatedClient> {
    await this.held.insert(row, change, tx);
    for (const given of secrets ?? []) await this.secrets.add(row, given, change, tx);
    const hasSecret = secrets === undefined && usesSecret(row.metadata.token_endpoint_auth_method);
    const secret = hasSecret ? await this.secrets.add(row, { name: FIRST_SECRET }, change, tx) : undefined;
    const client = await this.held.snapshot(tenant, row, tx);
    return secret === undefined ? { client } : { client, secret: secret.value };
  }

  private setStatus(tenant: Tenant, id: string, status: ClientStatus, change: ClientEdit): Promise<Client> {
    return this.held.changed(tenant, id, change, async (row, tx) => {
      assertNotBuiltIn(row);
      if (status === 'disabled') await this.observers.assertMayGo(tenant.id, row.id, tx);
      return this.held.write(row, { status }, tx);
    });
  }
}

function assertNotBuiltIn({ origin }: ClientRow): void {
  if (origin === 'built-in') throw new ClientsError('built-in', 'A built-in client stays as it is.');
}
