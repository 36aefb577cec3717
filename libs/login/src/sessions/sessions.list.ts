import { List } from '@tokenidp/database';
import type { SessionEntity } from './session.entity';

export type ListedSession = Omit<SessionEntity, 'tenantId' | 'hash'> & { readonly username: string };

export const SESSIONS = new List<ListedSession>({
  name: 'login.session.page',
  select: `t."id", t."userId", u."username", t."authTime", t."acr", t."amr", t."ip", t."userAgent", t."createdAt",
  t."lastSeenAt", t."idleExpiresAt", t."absoluteExpiresAt", t."endedAt"`,
  from: '"session" t JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"',
  json: ['amr'],
  sorts: { createdAt: { column: 't."createdAt"', type: 'instant' } },
  filters: {
    id: { type: 'id', condition: 't."id" = :value' },
    userId: { type: 'id', condition: 't."userId" = :value' },
    clientId: {
      type: 'id',
      condition: `EXISTS (SELECT 1 FROM "session_client" j
      WHERE j."tenantId" = :tenantId AND j."sessionId" = t."id" AND j."clientId" = :value)`,
    },
    ip: { type: 'text', condition: 't."ip" = :value' },
    createdFrom: { type: 'instant', condition: 't."createdAt" >= :value' },
    createdTo: { type: 'instant', condition: 't."createdAt" <= :value' },
    liveAt: {
      type: 'instant',
      condition: 't."endedAt" IS NULL AND t."idleExpiresAt" > :value AND t."absoluteExpiresAt" > :value',
    },
    overAt: {
      type: 'instant',
      condition: 't."endedAt" IS NOT NULL OR t."idleExpiresAt" <= :value OR t."absoluteExpiresAt" <= :value',
    },
  },
});
