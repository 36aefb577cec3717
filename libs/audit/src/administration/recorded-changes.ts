import { Injectable } from '@nestjs/common';
import { AdminTrail, type AdminTrailEntry } from '@tokenidp/admin-api';
import type { Transaction } from '@tokenidp/database';
import { AuditService } from '../audit.service';

/** What the libs below this one change is in the trail like all else. */
@Injectable()
export class RecordedChanges extends AdminTrail {
  constructor(private readonly audit: AuditService) {
    super();
  }

  record(tenantId: string, { detail, ...entry }: AdminTrailEntry, tx?: Transaction): Promise<void> {
    return this.audit.record(tenantId, { ...entry, result: 'success', ...(detail && { detail: { ...detail } }) }, tx);
  }
}
