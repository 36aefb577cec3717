import { Injectable, type StreamableFile } from '@nestjs/common';
import { type AdminCall, exportFile, readPage } from '@tokenidp/admin-api';
import { Database } from '@tokenidp/database';
import { ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { AuditService } from '../audit.service';
import { eventsContaining, eventsNamed } from './audit-event-names';
import { AUDIT_EVENT_LIST, type ListedAuditEvent } from './audit-events.list';
import { AuditEventsRepository } from './audit-events.repository';
import type { AuditEventDto } from './dto/audit-event.dto';
import {
  AUDIT_SORTS,
  type AuditEventPageDto,
  type ExportAuditEventsDto,
  type ListAuditEventsDto,
} from './dto/list-audit-events.dto';

const COLUMNS = [
  'id',
  'occurredAt',
  'event',
  'result',
  'actorType',
  'actorId',
  'actorTenantId',
  'targetType',
  'targetId',
  'clientId',
  'sessionId',
  'occurrences',
  'requestId',
  'ip',
  'userAgent',
  'detail',
] as const;

type Filters = Omit<ListAuditEventsDto, 'limit' | 'cursor' | 'sort'>;

/** The trail as the administration sees it. */
@Injectable()
export class AuditEventsAdmin {
  constructor(
    private readonly database: Database,
    private readonly repository: AuditEventsRepository,
    private readonly audit: AuditService,
  ) {}

  list(
    tenant: Tenant,
    { limit, cursor, sort = AUDIT_SORTS[0], ...filters }: ListAuditEventsDto,
  ): Promise<AuditEventPageDto> {
    const request = { limit, cursor, sort, filters: conditions(filters) };
    return readPage({ list: AUDIT_EVENT_LIST, database: this.database, tenantId: tenant.id }, request, view);
  }

  async get(tenant: Tenant, id: string): Promise<AuditEventDto> {
    const row = await this.repository.byId(tenant.id, id);
    if (!row) throw new ProblemError('not-found', 'There is no such event.');
    return view(row);
  }

  /** In the flat form that a table has; the export is an event itself, recorded before the first byte. */
  async export(tenant: Tenant, query: ExportAuditEventsDto, call: AdminCall): Promise<StreamableFile> {
    const { sort = AUDIT_SORTS[0], format = 'ndjson', ...filters } = query;
    const { actor, request } = call.change();
    const detail = { what: 'audit-events', format, filters };
    await this.audit.record(tenant.id, { event: 'export.taken', result: 'success', actor, request, detail });
    return exportFile('audit-events', format, {
      list: AUDIT_EVENT_LIST,
      database: this.database,
      tenantId: tenant.id,
      sort,
      filters: conditions(filters),
      view: format === 'csv' ? flat : view,
      columns: COLUMNS,
    });
  }
}

/** What is asked, in the words of the list. */
function conditions({ event, result, from, to, search, ...equal }: Filters): Record<string, unknown> {
  const named = search === undefined ? undefined : eventsContaining(search);
  return {
    ...equal,
    events: bothOf(event && eventsNamed(event), named),
    failure: result === 'failure' ? result : undefined,
    success: result === 'success' ? result : undefined,
    from: from && new Date(from),
    to: to && new Date(to),
    exact: named === undefined ? search : undefined,
  };
}

/** Names that both ask for. */
function bothOf(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const wanted = new Set(second.split(','));
  return (
    first
      .split(',')
      .filter((name) => wanted.has(name))
      .join(',') || '-'
  );
}

function flat(row: ListedAuditEvent): object {
  return Object.fromEntries(COLUMNS.map((name) => [name, row[name]]));
}

function view(row: ListedAuditEvent): AuditEventDto {
  const { id, occurredAt, event, result, clientId, sessionId, occurrences, detail, requestId, ip, userAgent } = row;
  const { actorType, actorId, actorTenantId, targetType, targetId } = row;
  return {
    id,
    occurredAt,
    event,
    result,
    actor: { type: actorType, id: actorId, tenantId: actorTenantId },
    target: targetType === null || targetId === null ? null : { type: targetType, id: targetId },
    clientId,
    sessionId,
    occurrences,
    detail,
    requestId,
    ip,
    userAgent,
  };
}
