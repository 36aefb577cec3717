import { List } from '@tokenidp/database';
import type { ResourceEntity } from './resource.entity';

/** Without what only the single resource shows. */
export type ListedResource = Omit<
  ResourceEntity,
  'tenantId' | 'authorizationDetailsTypes' | 'requiredAcr' | 'maxAgeSeconds'
>;

export const RESOURCES = new List<ListedResource>({
  name: 'clients.resource.page',
  select: `t."id", t."identifier", t."name", t."tokenFormat", t."algorithm", t."accessTokenSeconds",
  t."includePermissions", t."includeRoles", t."builtIn", t."createdAt", t."updatedAt"`,
  from: '"resource" t',
  sorts: {
    name: { column: 't."name"', type: 'text' },
    identifier: { column: 't."identifier"', type: 'identifier' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
  },
  filters: {
    search: {
      type: 'text',
      condition: `lower(t."name") LIKE :value ESCAPE '\\' OR lower(t."identifier") LIKE :value ESCAPE '\\'`,
    },
    tokenFormat: { type: 'identifier', condition: 't."tokenFormat" = :value' },
    builtIn: { type: 'boolean', condition: 't."builtIn" = :value' },
  },
});
