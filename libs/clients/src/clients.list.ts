import { List } from '@tokenidp/database';
import type { ClientRow } from './clients.repository';

/** Who never asked for a token counts from when it was made, so that the place in the order is never NULL. */
const USED = 'COALESCE(t."lastUsedAt", t."createdAt")';

export const CLIENTS = new List<ClientRow>({
  name: 'clients.client.page',
  select: `t."tenantId", t."id", t."clientId", t."type", t."name", t."status", t."origin", t."securityProfile",
  t."metadata", t."createdAt", t."updatedAt", t."lastUsedAt"`,
  from: '"client" t',
  json: ['metadata'],
  sorts: {
    name: { column: 't."name"', type: 'text' },
    clientId: { column: 't."clientId"', type: 'identifier' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
    lastUsedAt: { column: USED, type: 'instant' },
  },
  filters: {
    search: {
      type: 'text',
      condition: `lower(t."name") LIKE :value ESCAPE '\\' OR lower(t."clientId") LIKE :value ESCAPE '\\'`,
    },
    type: { type: 'identifier', condition: 't."type" = :value' },
    status: { type: 'identifier', condition: 't."status" = :value' },
    origin: { type: 'identifier', condition: 't."origin" = :value' },
    securityProfile: { type: 'identifier', condition: 't."securityProfile" = :value' },
    authMethod: {
      type: 'identifier',
      condition: {
        postgres: `t."metadata"->>'token_endpoint_auth_method' = :value`,
        mssql: `JSON_VALUE(t."metadata", '$.token_endpoint_auth_method') = :value`,
      },
    },
    unusedSince: { type: 'instant', condition: `:value > ${USED}` },
    secretExpiresBefore: {
      type: 'instant',
      condition: `EXISTS (SELECT 1 FROM "client_secret" s WHERE s."tenantId" = t."tenantId" AND s."clientId" = t."id"
    AND s."revokedAt" IS NULL AND s."expiresAt" < :value)`,
    },
    createdFrom: { type: 'instant', condition: 't."createdAt" >= :value' },
    createdTo: { type: 'instant', condition: 't."createdAt" <= :value' },
  },
});
