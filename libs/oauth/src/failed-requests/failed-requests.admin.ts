import { Injectable } from '@nestjs/common';
import { readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import { ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import {
  FAILED_SORTS,
  type FailedRequestDto,
  type FailedRequestPageDto,
  type ListFailedRequestsDto,
} from './dto/failed-request.dto';
import { FAILED_REQUEST_LIST, type ListedFailedRequest } from './failed-requests.list';
import { FailedRequestsRepository } from './failed-requests.repository';

/** Failed requests as the administration sees them. */
@Injectable()
export class FailedRequestsAdmin {
  constructor(
    private readonly database: Database,
    private readonly repository: FailedRequestsRepository,
  ) {}

  list({ id }: Tenant, query: ListFailedRequestsDto): Promise<FailedRequestPageDto> {
    const { limit, cursor, sort = FAILED_SORTS[0], search, from, to, ...equal } = query;
    const range = { from: from && new Date(from), to: to && new Date(to) };
    const filters = { ...equal, ...range, search: search && containing(search) };
    const list = { list: FAILED_REQUEST_LIST, database: this.database, tenantId: id };
    return readPage(list, { limit, cursor, sort, filters }, view);
  }

  async get({ id: tenantId }: Tenant, id: string): Promise<FailedRequestDto> {
    const row = await this.repository.byId(tenantId, id);
    if (!row) throw new ProblemError('not-found', 'There is no such request, or it is more than a week ago.');
    const { tenantId: _tenantId, ...shown } = row;
    return shown;
  }
}

function view(row: ListedFailedRequest & { sortValue?: unknown; sortId?: unknown }): FailedRequestDto {
  const { sortValue: _value, sortId: _id, ...shown } = row;
  return shown;
}
