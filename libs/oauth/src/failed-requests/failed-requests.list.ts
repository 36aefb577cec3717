import { List } from '@tokenidp/database';
import type { FailedRequestEntity } from './failed-request.entity';

export type ListedFailedRequest = Omit<FailedRequestEntity, 'tenantId'>;

/** `clientId`, `endpoint` and `error` have an index each, all else is by time. A week of a tenant is what there is. */
export const FAILED_REQUEST_LIST = new List<ListedFailedRequest>({
  name: 'oauth.failed-request.page',
  select: `t."id", t."occurredAt", t."endpoint", t."error", t."description", t."status", t."cause", t."explanation",
  t."clientId", t."sentClientId", t."sent", t."registered", t."fix", t."omitted", t."ip", t."userAgent"`,
  from: '"failed_request" t',
  json: ['sent', 'registered', 'fix'],
  sorts: { occurredAt: { column: 't."occurredAt"', type: 'instant' } },
  filters: {
    clientId: { type: 'id', condition: 't."clientId" = :value' },
    endpoint: { type: 'identifier', condition: 't."endpoint" = :value' },
    error: { type: 'identifier', condition: 't."error" = :value' },
    cause: { type: 'identifier', condition: 't."cause" = :value' },
    requestId: { type: 'id', condition: 't."id" = :value' },
    from: { type: 'instant', condition: 't."occurredAt" >= :value' },
    to: { type: 'instant', condition: 't."occurredAt" <= :value' },
    search: {
      type: 'text',
      condition: `lower(t."description") LIKE :value ESCAPE '\\' OR lower(t."explanation") LIKE :value ESCAPE '\\'
        OR lower(t."sentClientId") LIKE :value ESCAPE '\\'`,
    },
  },
});
