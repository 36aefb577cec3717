import { Injectable } from '@nestjs/common';
import { auditInsert, type AuditParameters } from '@tokenidp/audit';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { NewAuthorization } from './new-authorization';
import {
  type Standing,
  STANDING_COLUMNS,
  STANDING_JSON_COLUMNS,
  standingFromRow,
  type StandingRow,
  USER_OF_AUTHORIZATION,
} from './standing';

export const AUTHORIZATION_PARAMETERS = {
  tenantId: 'id',
  authorizationId: 'id',
  clientId: 'id',
  userId: 'id',
  sessionId: 'id',
  scope: 'text',
  resources: 'json',
  authorizationDetails: 'json',
  claims: 'json',
  authTime: 'instant',
  acr: 'text',
  amr: 'json',
  now: 'instant',
} as const;

const code = {
  codeId: 'id',
  hash: 'hash',
  redirectUri: 'text',
  codeChallenge: 'text',
  nonce: 'text',
  dpopJkt: 'text',
  expiresAt: 'instant',
} as const;

// For every statement that writes an authorization with what it hangs from.
export const AUTHORIZATION_INTO = `"authorization" ("tenantId", "id", "clientId", "userId", "sessionId",
    "scope", "resources", "authorizationDetails", "claims", "authTime", "acr", "amr", "createdAt")`;
export const AUTHORIZATION_VALUES = `:tenantId, :authorizationId, :clientId, :userId, :sessionId,
    :scope, :resources, :authorizationDetails, :claims, :authTime, :acr, :amr, :now`;

const INSERT_AUTHORIZATION = `INSERT INTO ${AUTHORIZATION_INTO} VALUES (${AUTHORIZATION_VALUES})`;

const INSERT_CODE = `INSERT INTO "authorization_code" ("tenantId", "id", "hash", "authorizationId",
    "redirectUri", "codeChallenge", "nonce", "dpopJkt", "createdAt", "expiresAt")
  VALUES (:tenantId, :codeId, :hash, :authorizationId, :redirectUri, :codeChallenge, :nonce, :dpopJkt, :now, :expiresAt)`;

const INSERT_AUDIT = `INSERT INTO "audit_event" (${auditInsert.columns}) VALUES (${auditInsert.values})`;

const ISSUE = statement({
  name: 'oauth.authorization.issue',
  parameters: { ...AUTHORIZATION_PARAMETERS, ...code, ...auditInsert.parameters },
  postgres: `WITH granted AS (${INSERT_AUTHORIZATION}), audited AS (${INSERT_AUDIT}) ${INSERT_CODE}`,
  mssql: `${INSERT_AUTHORIZATION}; ${INSERT_AUDIT}; ${INSERT_CODE}`,
});

const FIND_CODE = statement({
  name: 'oauth.authorization-code.find',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  json: STANDING_JSON_COLUMNS,
  sql: `SELECT c."id", c."redirectUri", c."codeChallenge", c."nonce", c."dpopJkt", c."expiresAt", c."redeemedAt",
      a."scope", s."id" AS "liveSessionId", ${STANDING_COLUMNS}
    FROM "authorization_code" c
    JOIN "authorization" a ON a."tenantId" = c."tenantId" AND a."id" = c."authorizationId"
    ${USER_OF_AUTHORIZATION}
    LEFT JOIN "session" s ON s."tenantId" = a."tenantId" AND s."id" = a."sessionId" AND s."endedAt" IS NULL
      AND s."idleExpiresAt" > :now AND s."absoluteExpiresAt" > :now
    WHERE c."tenantId" = :tenantId AND c."hash" = :hash`,
});

const REVOKE = statement({
  name: 'oauth.authorization.revoke',
  parameters: { tenantId: 'id', id: 'id', reason: 'text', now: 'instant' },
  sql: `UPDATE "authorization" SET "revokedAt" = :now, "revokeReason" = :reason
    WHERE "tenantId" = :tenantId AND "id" = :id AND "revokedAt" IS NULL`,
});

const REVOKE_OF_USER = statement({
  name: 'oauth.authorization.revoke-of-user',
  parameters: { tenantId: 'id', userId: 'id', reason: 'text', now: 'instant' },
  sql: `UPDATE "authorization" SET "revokedAt" = :now, "revokeReason" = :reason
    WHERE "tenantId" = :tenantId AND "userId" = :userId AND "revokedAt" IS NULL`,
});

const deleteOfUser = (table: 'authorization' | 'backchannel_request' | 'consent') =>
  statement({
    name: `oauth.${table.replace('_', '-')}.delete-of-user`,
    parameters: { tenantId: 'id', userId: 'id' },
    sql: `DELETE FROM "${table}" WHERE "tenantId" = :tenantId AND "userId" = :userId`,
  });

const DELETE_OF_USER = [
  deleteOfUser('backchannel_request'),
  deleteOfUser('consent'),
  // Codes, refresh tokens and opaque access tokens fall with it.
  deleteOfUser('authorization'),
];

const REVOKE_OF_CLIENT = statement({
  name: 'oauth.authorization.revoke-of-client',
  parameters: { tenantId: 'id', clientId: 'id', reason: 'text', now: 'instant' },
  sql: `UPDATE "authorization" SET "revokedAt" = :now, "revokeReason" = :reason
    WHERE "tenantId" = :tenantId AND "clientId" = :clientId AND "revokedAt" IS NULL`,
});

const REVOKE_OF_SESSION = statement({
  name: 'oauth.authorization.revoke-of-session',
  parameters: { tenantId: 'id', sessionId: 'id', reason: 'text', now: 'instant' },
  sql: `UPDATE "authorization" SET "revokedAt" = :now, "revokeReason" = :reason
    WHERE "tenantId" = :tenantId AND "sessionId" = :sessionId AND "revokedAt" IS NULL
      AND CONCAT(' ', "scope", ' ') NOT LIKE '% offline!_access %' ESCAPE '!'`,
});

/** A code with all that its redemption depends on. */
export interface CodeRow {
  id: string;
  /** as sent in the authorization request; null when it was not sent */
  redirectUri: string | null;
  /** S256 */
  codeChallenge: string | null;
  nonce: string | null;
  dpopJkt: string | null;
  expiresAt: Date;
  redeemedAt: Date | null;
  /** what was granted */
  scope: string;
  /** false once the session of the sign-in has ended (S-035) */
  sessionIsLive: boolean;
  standing: Standing;
}

type FoundCode = Omit<CodeRow, 'standing' | 'sessionIsLive'> & StandingRow & { liveSessionId: string | null };

export interface NewAuthorizationCode extends NewAuthorization, AuditParameters {
  codeId: string;
  hash: string;
  redirectUri: string | undefined;
  codeChallenge: string | undefined;
  nonce: string | undefined;
  dpopJkt: string | undefined;
  expiresAt: Date;
}

@Injectable()
export class AuthorizationsRepository {
  constructor(private readonly database: Database) {}

  /** Authorization, code and audit event: one statement, which without `tx` is a transaction of its own. */
  async issue(row: NewAuthorizationCode, tx?: Transaction): Promise<void> {
    await this.database.execute(ISSUE, row, tx);
  }

  /** As `issue`, in one transaction with what has to be written before. */
  issueAfter(row: NewAuthorizationCode, before: (tx: Transaction) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      await before(tx);
      await this.issue(row, tx);
    });
  }

  async findCode(tenantId: string, hash: string, now: Date): Promise<CodeRow | null> {
    const [row] = await this.database.rows<FoundCode>(FIND_CODE, { tenantId, hash, now });
    return row ? toCodeRow(row) : null;
  }

  async revoke(tenantId: string, id: string, { reason, now }: { reason: string; now: Date }, tx?: Transaction) {
    return (await this.database.execute(REVOKE, { tenantId, id, reason, now }, tx)) === 1;
  }

  revokeOfUser(tenantId: string, userId: string, { reason, now }: { reason: string; now: Date }, tx: Transaction) {
    return this.database.execute(REVOKE_OF_USER, { tenantId, userId, reason, now }, tx);
  }

  async deleteOfUser(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    for (const each of DELETE_OF_USER) await this.database.execute(each, { tenantId, userId }, tx);
  }

  revokeOfClient(tenantId: string, clientId: string, { reason, now }: { reason: string; now: Date }, tx: Transaction) {
    return this.database.execute(REVOKE_OF_CLIENT, { tenantId, clientId, reason, now }, tx);
  }

  revokeOfSession(
    tenantId: string,
    sessionId: string,
    { reason, now }: { reason: string; now: Date },
    tx?: Transaction,
  ): Promise<number> {
    return this.database.execute(REVOKE_OF_SESSION, { tenantId, sessionId, reason, now }, tx);
  }
}

function toCodeRow(row: FoundCode): CodeRow {
  const { id, redirectUri, codeChallenge, nonce, dpopJkt, expiresAt, redeemedAt, scope } = row;
  const bound = { id, redirectUri, codeChallenge, nonce, dpopJkt, expiresAt, redeemedAt, scope };
  return { ...bound, sessionIsLive: row.liveSessionId !== null, standing: standingFromRow(row) };
}
