import { List } from '@tokenidp/database';
import type { ClientResourceEntity } from './client-resource.entity';
import type { ResourceEntity } from './resource.entity';

export type ListedAssignment = Pick<ClientResourceEntity, 'resourceId' | 'userScopes' | 'clientScopes'> &
  Pick<ResourceEntity, 'identifier' | 'name'>;

/** Of one client, by `clientId`. */
export const ASSIGNMENTS = new List<ListedAssignment>({
  name: 'clients.assignment.page',
  select: 't."resourceId", t."userScopes", t."clientScopes", r."identifier", r."name"',
  from: `"client_resource" t
JOIN "resource" r ON r."tenantId" = t."tenantId" AND r."id" = t."resourceId"`,
  json: ['userScopes', 'clientScopes'],
  sorts: { identifier: { column: 'r."identifier"', type: 'identifier' }, name: { column: 'r."name"', type: 'text' } },
  filters: {
    clientId: { type: 'id', condition: 't."clientId" = :value' },
    search: {
      type: 'text',
      condition: `lower(r."name") LIKE :value ESCAPE '\\' OR lower(r."identifier") LIKE :value ESCAPE '\\'`,
    },
  },
});
