import type { AuthorizationDetail, ClaimsRequest } from '@tokenidp/kernel';
import { type User, USER_JSON_COLUMNS, userColumns, userFromRow, type UserRow } from '@tokenidp/users';
import type { AccessTokenSubject } from './access-token';

/** The authorization that a token hangs from, with its user, brought along by the query that finds the token. */
export interface Standing {
  readonly authorizationId: string;
  /** row id */
  readonly clientId: string;
  readonly sessionId: string | null;
  /** `resource` values of the authorization request */
  readonly resources: readonly string[];
  /** as granted (RFC 9396) */
  readonly authorizationDetails: readonly AuthorizationDetail[];
  readonly claims: ClaimsRequest | null;
  readonly user: User;
  readonly subject: AccessTokenSubject;
  /** false when the authorization was revoked or the user may not sign in any more (S-075, S-122) */
  readonly stands: boolean;
}

export interface StandingRow extends UserRow {
  authorizationId: string;
  clientId: string;
  sessionId: string | null;
  resources: string[];
  authorizationDetails: AuthorizationDetail[] | null;
  requestedClaims: ClaimsRequest | null;
  authTime: Date | null;
  acr: string | null;
  amr: string[] | null;
  authorizationRevokedAt: Date | null;
}

/** For a statement's `json` list. */
export const STANDING_JSON_COLUMNS: readonly string[] = [
  'resources',
  'authorizationDetails',
  'requestedClaims',
  'amr',
  ...USER_JSON_COLUMNS,
];

/** Columns of an authorization `a` and its user `u`, from which `standingFromRow` is made. */
export const STANDING_COLUMNS = `
  a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
  a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
  a."revokedAt" AS "authorizationRevokedAt", ${userColumns('u')}`;

export const USER_OF_AUTHORIZATION = `JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId"`;

export function standingFromRow(row: StandingRow): Standing {
  const user = userFromRow(row);
  return {
    authorizationId: row.authorizationId,
    clientId: row.clientId,
    sessionId: row.sessionId,
    resources: row.resources,
    authorizationDetails: row.authorizationDetails ?? [],
    claims: row.requestedClaims,
    user,
    subject: {
      userId: user.id,
      authorizationId: row.authorizationId,
      authTime: row.authTime ? Math.floor(row.authTime.getTime() / 1000) : undefined,
      acr: row.acr ?? undefined,
      amr: row.amr?.length ? row.amr : undefined,
    },
    stands: row.authorizationRevokedAt === null && user.status === 'active',
  };
}
