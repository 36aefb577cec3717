import { List } from '@tokenidp/database';
import type { TrustedIssuerEntity } from './trusted-issuer.entity';

export const TRUSTED_ISSUERS = new List<TrustedIssuerEntity>({
  name: 'clients.trusted-issuer.page',
  select: `t."tenantId", t."id", t."issuer", t."jwks", t."jwksUri", t."algorithms", t."subject", t."scopes",
  t."audiences", t."enabled", t."createdAt", t."updatedAt"`,
  from: '"trusted_issuer" t',
  json: ['jwks', 'algorithms', 'scopes', 'audiences'],
  sorts: {
    issuer: { column: 't."issuer"', type: 'identifier' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
  },
  filters: {
    search: { type: 'text', condition: `lower(t."issuer") LIKE :value ESCAPE '\\'` },
    enabled: { type: 'boolean', condition: 't."enabled" = :value' },
    subject: { type: 'identifier', condition: 't."subject" = :value' },
  },
});
