import { Injectable } from '@nestjs/common';
import { type AdminCall, instantOf, MovingInstant, type Page, readPage } from '@tokenidp/admin-api';
import { Database, type List } from '@tokenidp/database';
import { Clock, ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { ListGrantsDto } from './dto/grant.dto';

/** What every list of grants is asked with, and the filters of its own. */
export interface GrantsRequest {
  readonly query: ListGrantsDto;
  readonly filters?: Readonly<Record<string, unknown>>;
}

/** Reads what was granted and what is asked for: lists, and one row of them. */
@Injectable()
export class GrantsAdmin {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** For a filter about this moment. */
  now(): Date {
    return new MovingInstant(this.clock.now());
  }

  list<Row extends object, View>(
    tenant: Tenant,
    list: List<Row>,
    { query, filters = {} }: GrantsRequest,
    view: (row: Row) => View,
  ): Promise<Page<View>> {
    const { limit, cursor, sort = '-createdAt', userId, clientId, createdFrom, createdTo } = query;
    const range = { createdFrom: instantOf(createdFrom), createdTo: instantOf(createdTo) };
    const source = { list, database: this.database, tenantId: tenant.id };
    return readPage(source, { limit, cursor, sort, filters: { userId, clientId, ...range, ...filters } }, view);
  }

  /** @throws ProblemError (not-found) */
  async get<Row extends object>(tenant: Tenant, list: List<Row>, id: string): Promise<Row> {
    const [row] = await list.rows(this.database, tenant.id, { filters: { id }, sort: 'createdAt', take: 1 });
    if (!row) throw new ProblemError('not-found', 'There is no such object.');
    const { sortValue: _value, sortId: _id, ...rest } = row;
    return rest as unknown as Row;
  }
}

/** The members of an audit event that follow from who calls. */
export function auditedBy(call: AdminCall) {
  return { result: 'success', ...call.change() } as const;
}
