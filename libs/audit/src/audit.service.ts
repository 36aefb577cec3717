import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import { auditInsert, auditParameters } from './audit-insert';
import type { AuditEvent } from './events';
import { MachineTokenCounts } from './machine-token-counts';

const INSERT = statement({
  name: 'audit.event.insert',
  parameters: auditInsert.parameters,
  sql: `INSERT INTO "audit_event" (${auditInsert.columns}) VALUES (${auditInsert.values})`,
});

/** Writes the audit trail. Security events are recorded in the transaction that they describe. */
@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly machineTokens: MachineTokenCounts,
  ) {}

  /** One prepared insert; what an operator does in another tenant is in the trail of both. */
  async record(tenantId: string, event: AuditEvent, tx?: Transaction): Promise<void> {
    const { tenantId: home } = event.actor;
    if (home === undefined || home === tenantId) return this.insert(tenantId, event, tx);
    if (tx === undefined) return this.database.transaction((own) => this.record(tenantId, event, own));
    await this.insert(tenantId, event, tx);
    await this.insert(home, { ...event, detail: { ...event.detail, inTenant: tenantId } }, tx);
  }

  /** Counts a token that a client got for itself; one event per client and minute is written later. */
  countMachineToken(tenantId: string, clientRowId: string): void {
    this.machineTokens.count(tenantId, clientRowId);
  }

  private async insert(tenantId: string, event: AuditEvent, tx?: Transaction): Promise<void> {
    await this.database.execute(INSERT, auditParameters(tenantId, event, this.clock.now()), tx);
  }
}
