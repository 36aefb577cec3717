import { Injectable, type StreamableFile } from '@nestjs/common';
import { type AdminCall, type AdminChange, type BulkResultsDto, exportFile, readPage } from '@tokenidp/admin-api';
import { AuditService } from '@tokenidp/audit';
import { containing, Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { bulkRows } from './bulk-rows';
import { changedBy } from './change';
import { asMetadata, assertNotFixed, inOurForm, patched } from './client-patch';
import { ClientHandOver } from './client-rights';
import { clientSummary, clientView } from './client-view';
import { ClientsError } from './clients-error';
import { CLIENTS } from './clients.list';
import { type ClientRow, ClientsRepository } from './clients.repository';
import { ClientsService } from './clients.service';
import type { BulkDto } from './dto/bulk.dto';
import {
  type ClientDto,
  type ClientPageDto,
  CreateClientDto,
  type CreatedClientDto,
  PatchClientDto,
} from './dto/client.dto';
import type { ExportClientsDto, ListClientsDto } from './dto/list-clients.dto';
import type { ClientEdit } from './held-clients';
import type { MetadataInput } from './metadata/members';
import type { NewClient } from './new-client-row';
import type { Sectored } from './sector';

const CSV_COLUMNS =
  'id client_id client_name type status origin security_profile token_endpoint_auth_method grant_types redirect_uris createdAt updatedAt lastUsedAt';

/** Clients as the administration sees them. */
@Injectable()
export class ClientsAdmin {
  constructor(
    private readonly database: Database,
    private readonly repository: ClientsRepository,
    private readonly clients: ClientsService,
    private readonly handOver: ClientHandOver,
    private readonly audit: AuditService,
  ) {}

  list(tenant: Tenant, { limit, cursor, sort, ...filters }: ListClientsDto): Promise<ClientPageDto> {
    const from = { list: CLIENTS, database: this.database, tenantId: tenant.id };
    return readPage(from, { limit, cursor, sort, filters: filtersOf(filters) }, clientSummary);
  }

  /** All that fit, however many. */
  async export(tenant: Tenant, query: ExportClientsDto, call: AdminCall): Promise<StreamableFile> {
    const { format = 'ndjson', sort = 'name', ...filters } = query;
    const detail = { noun: 'clients', format, filters: { ...filters } };
    const event = { event: 'export.taken', ...changedBy(call.change()), detail } as const;
    await this.audit.record(tenant.id, event);
    return exportFile('clients', format, {
      list: CLIENTS,
      database: this.database,
      tenantId: tenant.id,
      sort,
      filters: filtersOf(filters),
      view: (row: ClientRow) => clientView(row, tenant),
      columns: CSV_COLUMNS.split(' '),
    });
  }

  async get(tenant: Tenant, id: string, change: Pick<AdminChange, 'tx'> = {}): Promise<ClientDto> {
    const row = await this.repository.byId(tenant.id, id, change.tx);
    if (!row) throw new ClientsError('unknown-client', 'There is no such client.');
    return clientView(row, tenant);
  }

  /** What can be asked before the transaction is. @throws ClientMetadataError, ProblemError */
  async prepare(tenant: Tenant, input: CreateClientDto, call: AdminCall): Promise<Sectored> {
    const metadata = asMetadata({ ...input });
    assertNotFixed(metadata, metadata.security_profile ?? tenant.settings.securityProfileFloor);
    await this.handOver.assertMembers(call, tenant, metadata);
    return inOurForm(() => this.clients.validate(tenant, metadata, {}));
  }

  /** @param ahead what `prepare` gave */
  async create(
    tenant: Tenant,
    input: CreateClientDto,
    change: AdminChange,
    ahead: Sectored,
  ): Promise<CreatedClientDto> {
    const metadata = asMetadata({ ...input }) as NewClient;
    const { client, secret } = await this.clients.create(tenant, metadata, { ...change, ahead });
    const view = await this.get(tenant, client.id, change);
    return secret === undefined ? view : { ...view, client_secret: secret };
  }

  update(tenant: Tenant, id: string, patch: PatchClientDto, call: AdminCall): Promise<ClientDto> {
    return this.change(tenant, id, patch, call, call.expects(viewOf(tenant)));
  }

  delete(tenant: Tenant, id: string, call: AdminCall): Promise<void> {
    return this.clients.delete(tenant, id, { ...call.change(), expect: call.expects(viewOf(tenant)) });
  }

  async setStatus(tenant: Tenant, id: string, status: 'active' | 'disabled', call: AdminCall): Promise<ClientDto> {
    const change = call.change();
    await (status === 'active' ? this.clients.enable(tenant, id, change) : this.clients.disable(tenant, id, change));
    return this.get(tenant, id);
  }

  bulk(tenant: Tenant, input: BulkDto, call: AdminCall): Promise<BulkResultsDto> {
    const seen = (check: (view: object) => void) => (row: ClientRow) => check(clientView(row, tenant));
    return bulkRows(input, {
      inputs: { create: CreateClientDto, patch: PatchClientDto },
      create: async (data) => {
        const ahead = await this.prepare(tenant, data, call);
        const { id, client_id, client_secret } = await this.create(tenant, data, call.change(), ahead);
        return { rowId: id, client_id, ...(client_secret !== undefined && { client_secret }) };
      },
      update: (id, patch, check) => this.change(tenant, id, patch, call, seen(check)),
      delete: (id, check) => this.clients.delete(tenant, id, { ...call.change(), expect: seen(check) }),
    });
  }

  private async change(
    ...[tenant, id, patch, call, expect]: [Tenant, string, PatchClientDto, AdminCall, ClientEdit['expect']]
  ): Promise<ClientDto> {
    const given: MetadataInput = { ...patch };
    await this.handOver.assertMembers(call, tenant, given, id);
    const laidOver = (current: MetadataInput, row: ClientRow) => patched(current, row, given);
    const change = { ...call.change(), expect };
    await inOurForm(() => this.clients.update(tenant, id, laidOver, change));
    return this.get(tenant, id);
  }
}

function viewOf(tenant: Tenant): (row: ClientRow) => ClientDto {
  return (row) => clientView(row, tenant);
}

const INSTANTS = ['unusedSince', 'secretExpiresBefore', 'createdFrom', 'createdTo'] as const;

function filtersOf({ search, ...filters }: Omit<ListClientsDto, 'limit' | 'cursor' | 'sort'>): Record<string, unknown> {
  const instants = INSTANTS.map((name) => [name, filters[name] === undefined ? undefined : new Date(filters[name])]);
  return { ...filters, ...Object.fromEntries(instants), search: search && containing(search) };
}
