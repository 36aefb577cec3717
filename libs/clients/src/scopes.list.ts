import { List } from '@tokenidp/database';
import type { ScopeEntity } from './scope.entity';

/** Of one resource, by `resourceId`. */
export const SCOPES = new List<Omit<ScopeEntity, 'tenantId' | 'resourceId'>>({
  name: 'clients.scope.page',
  select: 't."id", t."name", t."displayName", t."description", t."sensitive"',
  from: '"scope" t',
  sorts: {
    name: { column: 't."name"', type: 'identifier' },
    displayName: { column: 't."displayName"', type: 'text' },
  },
  filters: {
    resourceId: { type: 'id', condition: 't."resourceId" = :value' },
    sensitive: { type: 'boolean', condition: 't."sensitive" = :value' },
    search: {
      type: 'text',
      condition: `lower(t."name") LIKE :value ESCAPE '\\' OR lower(t."displayName") LIKE :value ESCAPE '\\'`,
    },
  },
});
