import type { StandardClaims } from './claims/standard-claims';
import type { User, UserStatus } from './user';

/** What `userColumns` selects. */
export interface UserRow {
  user_id: string;
  user_tenantId: string;
  user_username: string;
  user_email: string | null;
  user_emailVerified: boolean;
  user_phoneNumber: string | null;
  user_phoneNumberVerified: boolean;
  user_status: UserStatus;
  user_locale: string | null;
  user_claims: StandardClaims;
  user_attributes: Record<string, unknown>;
  user_passwordExpiredAt: Date | null;
  user_lastSignInAt: Date | null;
  user_createdAt: Date;
  user_updatedAt: Date;
}

const COLUMNS = [
  'id',
  'tenantId',
  'username',
  'email',
  'emailVerified',
  'phoneNumber',
  'phoneNumberVerified',
  'status',
  'locale',
  'claims',
  'attributes',
  'passwordExpiredAt',
  'lastSignInAt',
  'createdAt',
  'updatedAt',
] as const;

/** For a statement's `json` list, so that SQL Server's texts are parsed. */
export const USER_JSON_COLUMNS: readonly string[] = ['user_claims', 'user_attributes'];

/**
 * The select list from which `userFromRow` makes a user, so that another statement can bring the user along:
 * `SELECT ${userColumns('u')}, … FROM … JOIN "user" u ON u."tenantId" = … AND u."id" = …`
 */
export function userColumns(alias: string): string {
  return COLUMNS.map((column) => `${alias}."${column}" AS "user_${column}"`).join(', ');
}

export function userFromRow(row: UserRow): User {
  return {
    id: row.user_id,
    tenantId: row.user_tenantId,
    username: row.user_username,
    email: row.user_email ?? undefined,
    emailVerified: row.user_emailVerified,
    phoneNumber: row.user_phoneNumber ?? undefined,
    phoneNumberVerified: row.user_phoneNumberVerified,
    status: row.user_status,
    locale: row.user_locale ?? undefined,
    claims: row.user_claims,
    attributes: row.user_attributes,
    passwordExpiredAt: row.user_passwordExpiredAt ?? undefined,
    lastSignInAt: row.user_lastSignInAt ?? undefined,
    createdAt: row.user_createdAt,
    updatedAt: row.user_updatedAt,
  };
}
