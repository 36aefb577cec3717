import { List } from '@tokenidp/database';
import type { InitialAccessToken } from './initial-access-tokens.service';

export const REGISTRATION_TOKENS = new List<InitialAccessToken>({
  name: 'clients.initial-access-token.page',
  select: 't."id", t."name", t."usesLeft", t."policy", t."createdAt", t."expiresAt"',
  from: '"initial_access_token" t',
  json: ['policy'],
  sorts: {
    createdAt: { column: 't."createdAt"', type: 'instant' },
    expiresAt: { column: 't."expiresAt"', type: 'instant' },
    name: { column: 't."name"', type: 'text' },
  },
  filters: {
    search: { type: 'text', condition: `lower(t."name") LIKE :value ESCAPE '\\'` },
    expiresFrom: { type: 'instant', condition: 't."expiresAt" >= :value' },
    expiresTo: { type: 'instant', condition: 't."expiresAt" <= :value' },
  },
});
