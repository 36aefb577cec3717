import { List, type ListDefinition } from '@tokenidp/database';
import type { UserEntity } from './user.entity';

export type ListedUser = Omit<UserEntity, 'tenantId' | 'usernameNormal' | 'emailNormal'>;

/**
 * Word for word the expression of the index `user_search`. Each part begins after a space, so that a text too short for
 * a trigram is looked for where a word begins.
 */
const USER_SEARCH = `lower((' ' || t."username" || ' '
      || COALESCE(t."email", '') || ' ' || COALESCE(t."claims"->>'name', '') || ' '
      || COALESCE(t."claims"->>'given_name', '') || ' ' || COALESCE(t."claims"->>'family_name', ''))
      COLLATE "pg_c_utf8")`;
const USER_SEARCH_MSSQL = `LOWER(CONCAT(' ', t."username", ' ', t."email", ' ', JSON_VALUE(t."claims", '$.name'), ' ',
      JSON_VALUE(t."claims", '$.given_name'), ' ', JSON_VALUE(t."claims", '$.family_name')))`;

// Whoever has never signed in comes before all who have; the index `user_by_sign_in` has the same expression.
const NEVER = `'1970-01-01T00:00:00Z'`;
const LAST_SIGN_IN = `COALESCE(t."lastSignInAt", ${NEVER})`;

const DEFINITION: Omit<ListDefinition, 'name' | 'select'> = {
  from: '"user" t',
  json: ['claims', 'attributes'],
  sorts: {
    username: { column: 't."usernameNormal"', type: 'identifier' },
    email: { column: `COALESCE(t."emailNormal", '')`, type: 'identifier' },
    createdAt: { column: 't."createdAt"', type: 'instant' },
    lastSignInAt: { column: LAST_SIGN_IN, type: 'instant' },
  },
  filters: {
    search: {
      type: 'text',
      condition: {
        postgres: `${USER_SEARCH} LIKE :value ESCAPE '\\'`,
        mssql: `${USER_SEARCH_MSSQL} LIKE :value ESCAPE '\\'`,
      },
    },
    status: { type: 'identifier', condition: 't."status" = :value' },
    emailVerified: { type: 'boolean', condition: 't."emailVerified" = :value' },
    locale: { type: 'identifier', condition: 't."locale" = :value' },
    roleId: {
      type: 'id',
      condition: `EXISTS (SELECT 1 FROM "user_role" h
      WHERE h."tenantId" = t."tenantId" AND h."tenantId" = :tenantId AND h."userId" = t."id" AND h."roleId" = :value)`,
    },
    createdFrom: { type: 'instant', condition: 't."createdAt" >= :value' },
    createdTo: { type: 'instant', condition: 't."createdAt" <= :value' },
    lastSignInFrom: { type: 'instant', condition: `${LAST_SIGN_IN} >= :value` },
    lastSignInTo: { type: 'instant', condition: `${LAST_SIGN_IN} <= :value AND ${LAST_SIGN_IN} > ${NEVER}` },
  },
};

const SUMMARY = `t."id", t."username", t."email", t."emailVerified", t."phoneNumber", t."phoneNumberVerified",
  t."status", t."locale", t."passwordExpiredAt", t."lastSignInAt", t."createdAt", t."updatedAt"`;

export type UserSummary = Omit<ListedUser, 'claims' | 'attributes'>;

export const USERS = new List<UserSummary>({ name: 'users.user.page', select: SUMMARY, ...DEFINITION, json: [] });

/** With what only a single user and an export show. */
export const WHOLE_USERS = new List<ListedUser>({
  name: 'users.user.export',
  select: `${SUMMARY}, t."claims", t."attributes"`,
  ...DEFINITION,
});
