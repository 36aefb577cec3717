import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database, TenantRepository, type Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type Change, changedBy, type Edit } from './change';
import { changedMembers } from './changed-members';
import type { Client } from './client';
import { ClientCache } from './client-cache';
import { ClientOrigins } from './client-origins';
import { toClient } from './client-snapshot';
import { ClientEntity } from './client.entity';
import { ClientsError } from './clients-error';
import { type ClientRow, ClientsRepository } from './clients.repository';

/** A change of a client, for whoever has seen its row before. */
export type ClientEdit = Edit<ClientRow>;
type Columns = Partial<Omit<ClientEntity, 'tenantId' | 'id'>>;

/** Clients while they are changed: the row is held, the change recorded, and every instance forgets what it knew. */
@Injectable()
export class HeldClients {
  private readonly clients: TenantRepository<ClientEntity>;

  constructor(
    private readonly database: Database,
    private readonly repository: ClientsRepository,
    private readonly cache: ClientCache,
    private readonly origins: ClientOrigins,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    this.clients = new TenantRepository(database, ClientEntity);
  }

  within<T>({ tx }: Change, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return tx ? work(tx) : this.database.transaction(work);
  }

  /** Runs with the client's row held, and makes every instance forget the client at commit. @throws ClientsError */
  locked<T>(
    tenant: Tenant,
    id: string,
    change: ClientEdit,
    work: (row: ClientRow, tx: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.within(change, async (tx) => {
      const row = await this.repository.lock(tenant.id, id, tx);
      if (!row) throw new ClientsError('unknown-client', 'There is no such client.');
      change.expect?.(row);
      const result = await work(row, tx);
      await this.forget(row, tx);
      return result;
    });
  }

  /** As `locked`, for work that changes the row: what it was and what it is now are recorded. */
  changed(
    tenant: Tenant,
    id: string,
    change: ClientEdit,
    work: (row: ClientRow, tx: Transaction) => Promise<ClientRow>,
  ): Promise<Client> {
    return this.locked(tenant, id, change, async (row, tx) => {
      const written = await work(row, tx);
      await this.recordChange(row, written, change, tx);
      return this.snapshot(tenant, written, tx);
    });
  }

  async insert(row: ClientRow, change: Change, tx: Transaction): Promise<void> {
    await this.clients.insert(row.tenantId, row, tx);
    await this.record('client.created', row, { after: described(row) }, { ...change, tx });
    await this.forget(row, tx);
  }

  async write(row: ClientRow, columns: Columns, tx: Transaction): Promise<ClientRow> {
    const changed = { ...columns, updatedAt: this.clock.now() };
    await this.clients.update(row.tenantId, { id: row.id }, changed, tx);
    return { ...row, ...changed };
  }

  /** Secrets, assignments and roles fall with the row; what else hangs from it has to be gone. */
  async remove(row: ClientRow, change: Change, tx: Transaction): Promise<void> {
    await this.record('client.deleted', row, { before: described(row) }, { ...change, tx });
    await this.clients.delete(row.tenantId, { id: row.id }, tx);
  }

  recordChange(before: ClientRow, after: ClientRow, change: Change, tx: Transaction): Promise<void> {
    const changed = changedMembers(described(before), described(after));
    return this.record('client.changed', after, changed, { ...change, tx });
  }

  /** @param detail beside what every event of a client has */
  record(
    event: 'client.created' | 'client.changed' | 'client.deleted',
    row: ClientRow,
    detail: Record<string, unknown>,
    change: Change & { tx: Transaction },
  ): Promise<void> {
    const named = { client_id: row.clientId, type: row.type, status: row.status, origin: row.origin };
    const target = { type: 'client', id: row.id };
    const described = { event, ...changedBy(change), target, clientId: row.id, detail: { ...named, ...detail } };
    return this.audit.record(row.tenantId, described, change.tx);
  }

  async snapshot(tenant: Tenant, row: ClientRow, tx: Transaction): Promise<Client> {
    return toClient(await this.repository.withParts(row, tx), tenant.issuer);
  }

  private async forget(row: ClientRow, tx: Transaction): Promise<void> {
    await this.cache.forget(row.tenantId, row.clientId, tx);
    await this.origins.forget(row.tenantId, tx);
  }
}

/** All that can be changed of a client, with its wire names. */
function described({ metadata, name, type, status, securityProfile }: ClientRow): Record<string, unknown> {
  return { ...metadata, client_name: name, type, status, security_profile: securityProfile };
}
