import { List } from '@tokenidp/database';
import type { SigningKeyView } from './keys.service';

/** Without the private part in any form. */
export const SIGNING_KEYS = new List<SigningKeyView>({
  name: 'keys.signing-key.page',
  select: `t."id", t."kid", t."alg", t."state", t."publicJwk", t."createdAt", t."activatedAt", t."demotedAt",
  t."retiredAt", t."revokedAt", t."dueAt", t."reason"`,
  from: '"signing_key" t',
  json: ['publicJwk'],
  sorts: {
    createdAt: { column: 't."createdAt"', type: 'instant' },
  },
  filters: {
    state: { type: 'identifier', condition: 't."state" = :value' },
    alg: { type: 'identifier', condition: 't."alg" = :value' },
    search: { type: 'text', condition: `lower(t."kid") LIKE :value ESCAPE '\\'` },
  },
});
