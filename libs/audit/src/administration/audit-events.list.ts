import { List } from '@tokenidp/database';
import type { AuditEventEntity } from '../audit-event.entity';

/** As it is shown, `position` and the tenant aside. */
export type ListedAuditEvent = Omit<AuditEventEntity, 'tenantId' | 'position'>;

/** The literals let both engines use the partial indexes, whose conditions they repeat. */
const FAILURE = `t."result" = 'failure' AND :value = 'failure'`;
const SUCCESS = `t."result" = 'success' AND :value = 'success'`;

/**
 * Each filter with what serves it: `events` audit_event_by_event where they are rare, else audit_event_by_time; `failure`
 * audit_event_failures; `actorId` …_by_actor; `actorType` …_by_actor_type; `targetType` …_by_target_type; `targetId`
 * …_by_target; `clientId` …_by_client; `requestId` …_by_request; `ip` …_by_ip; `exact` those of its four columns.
 */
export const AUDIT_EVENT_LIST = new List<ListedAuditEvent>({
  name: 'audit.event.page',
  select: `t."id", t."occurredAt", t."event", t."result", t."actorType", t."actorId", t."actorTenantId", t."targetType",
  t."targetId", t."clientId", t."sessionId", t."occurrences", t."detail", t."requestId", t."ip", t."userAgent"`,
  from: '"audit_event" t',
  json: ['detail'],
  sorts: { occurredAt: { column: 't."occurredAt"', type: 'instant' } },
  filters: {
    events: {
      type: 'text',
      condition: {
        postgres: `t."event" = ANY (string_to_array(:value, ','))`,
        mssql: `t."event" IN (SELECT CAST(e."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8
          FROM STRING_SPLIT(:value, ',') AS e)`,
      },
    },
    failure: { type: 'identifier', condition: FAILURE },
    success: { type: 'identifier', condition: SUCCESS },
    actorType: { type: 'identifier', condition: 't."actorType" = :value' },
    actorId: { type: 'identifier', condition: 't."actorId" = :value' },
    targetType: { type: 'identifier', condition: 't."targetType" = :value' },
    targetId: { type: 'identifier', condition: 't."targetId" = :value' },
    clientId: { type: 'id', condition: 't."clientId" = :value' },
    requestId: { type: 'identifier', condition: 't."requestId" = :value' },
    ip: { type: 'identifier', condition: 't."ip" = :value' },
    from: { type: 'instant', condition: 't."occurredAt" >= :value' },
    to: { type: 'instant', condition: 't."occurredAt" <= :value' },
    exact: {
      type: 'identifier',
      condition: 't."actorId" = :value OR t."targetId" = :value OR t."requestId" = :value OR t."ip" = :value',
    },
  },
});
