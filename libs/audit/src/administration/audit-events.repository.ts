import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';
import type { ListedAuditEvent } from './audit-events.list';

const BY_ID = statement({
  name: 'audit.event.by-id',
  parameters: { tenantId: 'id', id: 'id' },
  json: ['detail'],
  sql: `SELECT "id", "occurredAt", "event", "result", "actorType", "actorId", "actorTenantId", "targetType", "targetId",
    "clientId", "sessionId", "occurrences", "detail", "requestId", "ip", "userAgent"
    FROM "audit_event" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

@Injectable()
export class AuditEventsRepository {
  constructor(private readonly database: Database) {}

  async byId(tenantId: string, id: string): Promise<ListedAuditEvent | null> {
    return (await this.database.rows<ListedAuditEvent>(BY_ID, { tenantId, id }))[0] ?? null;
  }
}
