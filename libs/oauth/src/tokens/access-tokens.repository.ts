import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { AccessTokenClaims } from './access-token';
import {
  type Standing,
  STANDING_COLUMNS,
  STANDING_JSON_COLUMNS,
  standingFromRow,
  type StandingRow,
  USER_OF_AUTHORIZATION,
} from './standing';
import type { NewAccessToken } from './token-issuer';

/** An opaque access token that nobody has revoked and that has not expired. */
export interface StoredAccessToken {
  readonly claims: AccessTokenClaims;
  /** null for a token that a client got for itself */
  readonly standing: Standing | null;
}

const INSERT = statement({
  name: 'oauth.access-token.insert',
  parameters: {
    tenantId: 'id',
    id: 'id',
    hash: 'hash',
    authorizationId: 'id',
    clientId: 'id',
    userId: 'id',
    scope: 'text',
    audience: 'json',
    claims: 'json',
    createdAt: 'instant',
    expiresAt: 'instant',
  },
  sql: `
    INSERT INTO access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims,
      "createdAt", "expiresAt")
    VALUES (:tenantId, :id, :hash, :authorizationId, :clientId, :userId, :scope, :audience, :claims,
      :createdAt, :expiresAt)`,
});

const FIND_OPAQUE = statement({
  name: 'oauth.access-token.find-opaque',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  json: ['tokenClaims', ...STANDING_JSON_COLUMNS],
  sql: `
    SELECT k.claims AS "tokenClaims", k."authorizationId" AS "tokenAuthorizationId", ${STANDING_COLUMNS}
    FROM access_token k
    LEFT JOIN "authorization" a ON a."tenantId" = k."tenantId" AND a.id = k."authorizationId"
    LEFT ${USER_OF_AUTHORIZATION}
    WHERE k."tenantId" = :tenantId AND k.hash = :hash AND k."revokedAt" IS NULL AND k."expiresAt" > :now`,
});

const FIND_STANDING = statement({
  name: 'oauth.access-token.find-standing',
  parameters: { tenantId: 'id', authorizationId: 'id', jti: 'identifier' },
  json: STANDING_JSON_COLUMNS,
  sql: `
    SELECT ${STANDING_COLUMNS}
    FROM "authorization" a
    ${USER_OF_AUTHORIZATION}
    WHERE a."tenantId" = :tenantId AND a.id = :authorizationId
      AND NOT EXISTS (SELECT 1 FROM revoked_token t WHERE t."tenantId" = :tenantId AND t.jti = :jti)`,
});

const FIND_REVOKED = statement({
  name: 'oauth.access-token.find-revoked',
  parameters: { tenantId: 'id', jti: 'identifier' },
  sql: `SELECT jti FROM revoked_token WHERE "tenantId" = :tenantId AND jti = :jti`,
});

const REVOKE_JWT = statement({
  name: 'oauth.access-token.revoke-jwt',
  parameters: { tenantId: 'id', jti: 'identifier', expiresAt: 'instant' },
  postgres: `
    INSERT INTO revoked_token ("tenantId", jti, "expiresAt") VALUES (:tenantId, :jti, :expiresAt)
    ON CONFLICT DO NOTHING`,
  mssql: `
    INSERT INTO revoked_token ("tenantId", jti, "expiresAt") SELECT :tenantId, :jti, :expiresAt
    WHERE NOT EXISTS (
      SELECT 1 FROM revoked_token WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = :tenantId AND jti = :jti)`,
});

const REVOKE_OPAQUE = statement({
  name: 'oauth.access-token.revoke-opaque',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  sql: `
    UPDATE access_token SET "revokedAt" = :now
    WHERE "tenantId" = :tenantId AND hash = :hash AND "revokedAt" IS NULL`,
});

export interface AccessTokenRow extends NewAccessToken {
  /** absent, like `userId`, for a token that is not a user's */
  readonly authorizationId?: string;
  /** row id */
  readonly clientId: string;
  readonly userId?: string;
  readonly createdAt: Date;
}

export interface RevokedJwt {
  readonly jti: string;
  readonly expiresAt: Date;
}

@Injectable()
export class AccessTokensRepository {
  constructor(private readonly database: Database) {}

  /** Stores an opaque token that nothing was spent for; others ride with what spends their grant. */
  async insert(tenantId: string, token: AccessTokenRow, tx?: Transaction): Promise<void> {
    const { authorizationId, userId } = token;
    await this.database.execute(INSERT, { tenantId, ...token, authorizationId, userId }, tx);
  }

  async findOpaque(tenantId: string, hash: string, now: Date): Promise<StoredAccessToken | null> {
    type Row = StandingRow & { tokenClaims: AccessTokenClaims; tokenAuthorizationId: string | null };
    const [row] = await this.database.rows<Row>(FIND_OPAQUE, { tenantId, hash, now });
    if (!row) return null;
    return { claims: row.tokenClaims, standing: row.tokenAuthorizationId === null ? null : standingFromRow(row) };
  }

  /** What a user's JWT hangs from; null when that is gone or the token itself was revoked. */
  async findStanding(tenantId: string, authorizationId: string, jti: string): Promise<Standing | null> {
    const [row] = await this.database.rows<StandingRow>(FIND_STANDING, { tenantId, authorizationId, jti });
    return row ? standingFromRow(row) : null;
  }

  async isRevoked(tenantId: string, jti: string): Promise<boolean> {
    return (await this.database.rows(FIND_REVOKED, { tenantId, jti })).length > 0;
  }

  /** Remembered until the token would have expired. False when it was revoked before. */
  async revokeJwt(tenantId: string, { jti, expiresAt }: RevokedJwt, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(REVOKE_JWT, { tenantId, jti, expiresAt }, tx)) === 1;
  }

  /** False when it was revoked before. */
  async revokeOpaque(tenantId: string, { hash, now }: { hash: string; now: Date }, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(REVOKE_OPAQUE, { tenantId, hash, now }, tx)) === 1;
  }
}
