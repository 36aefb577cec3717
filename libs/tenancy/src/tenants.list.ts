import { List } from '@tokenidp/database';
import type { DescribedRow } from './tenants.repository';

export type ListedTenant = Pick<
  DescribedRow,
  | 'id'
  | 'slug'
  | 'name'
  | 'displayName'
  | 'status'
  | 'kind'
  | 'sandbox'
  | 'domain'
  | 'createdAt'
  | 'updatedAt'
  | 'removalAt'
>;

export const TENANTS = new List<ListedTenant>({
  name: 'tenancy.tenant.page',
  isShared: true,
  select: `t."id", t."slug", t."name", t."displayName", t."status", t."kind", t."sandbox", t."createdAt", t."updatedAt",
  t."removalAt", d."domain"`,
  from: `"tenant" t LEFT JOIN "tenant_domain" d ON d."tenantId" = t."id" AND d."verifiedAt" IS NOT NULL`,
  sorts: {
    slug: { column: 't."slug"', type: 'identifier' },
    name: { column: 't."name"', type: 'text' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
  },
  filters: {
    search: {
      type: 'text',
      condition: {
        postgres: `lower(t."name") LIKE :value ESCAPE '\\' OR lower(t."displayName") LIKE :value ESCAPE '\\'
    OR t."slug" LIKE :value ESCAPE '\\' OR d."domain" LIKE :value ESCAPE '\\' OR t."id"::text LIKE :value ESCAPE '\\'`,
        mssql: `lower(t."name") LIKE :value ESCAPE '\\' OR lower(t."displayName") LIKE :value ESCAPE '\\'
    OR t."slug" LIKE :value ESCAPE '\\' OR d."domain" LIKE :value ESCAPE '\\' OR t."id" LIKE :value ESCAPE '\\'`,
      },
    },
    status: { type: 'identifier', condition: 't."status" = :value' },
    kind: { type: 'identifier', condition: 't."kind" = :value' },
    sandbox: { type: 'boolean', condition: 't."sandbox" = :value' },
  },
});
