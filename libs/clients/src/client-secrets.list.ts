import { List } from '@tokenidp/database';
import type { ClientSecretEntity } from './client-secret.entity';

/** Without what proves it. */
export type ListedSecret = Omit<ClientSecretEntity, 'tenantId' | 'clientId' | 'hash' | 'sealed'>;

/** Of one client, by `clientId`. */
export const CLIENT_SECRETS = new List<ListedSecret>({
  name: 'clients.secret.page',
  select: 't."id", t."name", t."prefix", t."createdAt", t."expiresAt", t."lastUsedAt", t."revokedAt"',
  from: '"client_secret" t',
  sorts: { createdAt: { column: 't."createdAt"', type: 'instant' }, name: { column: 't."name"', type: 'text' } },
  filters: {
    clientId: { type: 'id', condition: 't."clientId" = :value' },
    search: {
      type: 'text',
      condition: `lower(t."name") LIKE :value ESCAPE '\\' OR t."prefix" LIKE :value ESCAPE '\\'`,
    },
    revoked: {
      type: 'boolean',
      condition: {
        postgres: '(t."revokedAt" IS NOT NULL) = :value',
        mssql: 'CASE WHEN t."revokedAt" IS NULL THEN 0 ELSE 1 END = :value',
      },
    },
  },
});
