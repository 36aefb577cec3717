/**
 * @spec OAuth 2.1 §4.1.3, §4.3.1 — spending a grant and writing all that follows from it is one statement: the
 * condition of its UPDATE decides the winner, and without a winner nothing is written (security.md D10).
 */
import { Injectable } from '@nestjs/common';
import { type AuditParameters, auditInsert } from '@tokenidp/audit';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { PolledTable } from './polls.repository';
import type { NewRefreshToken } from './refresh-tokens';
import type { NewAccessToken } from './token-issuer';

const COMMON = {
  tenantId: 'id',
  authorizationId: 'id',
  clientId: 'id',
  userId: 'id',
  now: 'instant',
  accessId: 'id',
  accessHash: 'hash',
  accessScope: 'text',
  accessAudience: 'json',
  accessClaims: 'json',
  accessExpiresAt: 'instant',
  ...auditInsert.parameters,
} as const;

const REFRESH = {
  refreshId: 'id',
  refreshHash: 'hash',
  refreshParentId: 'id',
  refreshScope: 'text',
  refreshConfirmation: 'json',
  refreshIdleExpiresAt: 'instant',
  refreshAbsoluteExpiresAt: 'instant',
} as const;

const ACCESS_INTO = `access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt")`;
const ACCESS_VALUES = `:tenantId, :accessId, :accessHash, :authorizationId, :clientId, :userId, :accessScope, :accessAudience, :accessClaims, :now, :accessExpiresAt`;
const REFRESH_INTO = `refresh_token ("tenantId", id, hash, "authorizationId", "parentId", scope, confirmation, "createdAt", "idleExpiresAt", "absoluteExpiresAt")`;
const REFRESH_VALUES = `:tenantId, :refreshId, :refreshHash, :authorizationId, :refreshParentId, :refreshScope, :refreshConfirmation, :now, :refreshIdleExpiresAt, :refreshAbsoluteExpiresAt`;
const AUDIT_INTO = `audit_event (${auditInsert.columns})`;

/** What decides whether anything is written: rows that it changes or finds, none or one. */
interface Spending {
  readonly postgres: string;
  readonly mssql: string;
}

const byUpdate = (update: string): Spending => ({
  postgres: `${update} RETURNING id`,
  mssql: `${update};
      DECLARE @spent int = @@ROWCOUNT`,
});

const byLook = (from: string): Spending => ({
  postgres: `SELECT id FROM ${from}`,
  mssql: `DECLARE @spent int = (SELECT COUNT(*) FROM ${from})`,
});

function exchange(spending: Spending, withRefresh: boolean): { postgres: string; mssql: string } {
  const refreshCte = `refresh AS (INSERT INTO ${REFRESH_INTO} SELECT ${REFRESH_VALUES} FROM spent WHERE :refreshId IS NOT NULL),`;
  const refreshBatch = `INSERT INTO ${REFRESH_INTO} SELECT ${REFRESH_VALUES} WHERE @spent = 1 AND :refreshId IS NOT NULL;`;
  return {
    postgres: `
      WITH spent AS (${spending.postgres}),
      ${withRefresh ? refreshCte : ''}
      access AS (INSERT INTO ${ACCESS_INTO} SELECT ${ACCESS_VALUES} FROM spent WHERE :accessId IS NOT NULL),
      audit AS (INSERT INTO ${AUDIT_INTO} SELECT ${auditInsert.values} FROM spent)
      SELECT 1 AS spent FROM spent`,
    mssql: `
      ${spending.mssql};
      ${withRefresh ? refreshBatch : ''}
      INSERT INTO ${ACCESS_INTO} SELECT ${ACCESS_VALUES} WHERE @spent = 1 AND :accessId IS NOT NULL;
      INSERT INTO ${AUDIT_INTO} SELECT ${auditInsert.values} WHERE @spent = 1;
      SELECT 1 AS spent WHERE @spent = 1`,
  };
}

const REDEEM_CODE = statement({
  name: 'oauth.exchange.redeem-code',
  parameters: { ...COMMON, ...REFRESH, codeId: 'id' },
  ...exchange(
    byUpdate(`UPDATE authorization_code SET "redeemedAt" = :now
      WHERE "tenantId" = :tenantId AND id = :codeId AND "redeemedAt" IS NULL AND "expiresAt" > :now`),
    true,
  ),
});

const redeemPolled = (table: PolledTable) =>
  statement({
    name: `oauth.exchange.redeem.${table}`,
    parameters: { ...COMMON, ...REFRESH, polledId: 'id' },
    ...exchange(
      byUpdate(`UPDATE ${table} SET "redeemedAt" = :now
        WHERE "tenantId" = :tenantId AND id = :polledId AND "authorizationId" = :authorizationId
          AND "redeemedAt" IS NULL AND "expiresAt" > :now`),
      true,
    ),
  });

const REDEEM_POLLED = {
  device_authorization: redeemPolled('device_authorization'),
  backchannel_request: redeemPolled('backchannel_request'),
} satisfies Record<PolledTable, unknown>;

const LIVE = `"tenantId" = :tenantId AND id = :usedId AND "revokedAt" IS NULL`;

const UNUSED = `${LIVE} AND "rotatedAt" IS NULL AND "idleExpiresAt" > :now`;

const USE_REFRESH_TOKEN = statement({
  name: 'oauth.exchange.use-refresh-token',
  parameters: { ...COMMON, usedId: 'id', idleExpiresAt: 'instant' },
  ...exchange(
    byUpdate(`UPDATE refresh_token SET "lastUsedAt" = :now, "idleExpiresAt" = :idleExpiresAt WHERE ${UNUSED}`),
    false,
  ),
});

const USE_REFRESH_TOKEN_AGAIN = statement({
  name: 'oauth.exchange.use-refresh-token-again',
  parameters: { ...COMMON, usedId: 'id' },
  ...exchange(byLook(`refresh_token WHERE ${UNUSED}`), false),
});

const ROTATE_REFRESH_TOKEN = statement({
  name: 'oauth.exchange.rotate-refresh-token',
  parameters: { ...COMMON, ...REFRESH, usedId: 'id' },
  ...exchange(
    byUpdate(`UPDATE refresh_token SET "lastUsedAt" = :now, "rotatedAt" = :now, "successorId" = :refreshId
      WHERE ${UNUSED}`),
    true,
  ),
});

const REPEAT_ROTATION = statement({
  name: 'oauth.exchange.repeat-rotation',
  parameters: { ...COMMON, usedId: 'id', successorId: 'id', rotatedAfter: 'instant' },
  ...exchange(
    byUpdate(`UPDATE refresh_token SET "graceUsedAt" = :now
      WHERE ${LIVE} AND "graceUsedAt" IS NULL AND "rotatedAt" > :rotatedAfter AND NOT EXISTS (
        SELECT 1 FROM refresh_token n
        WHERE n."tenantId" = :tenantId AND n.id = :successorId AND n."rotatedAt" IS NOT NULL)`),
    false,
  ),
});

/** What is written when a grant was spent. */
export interface ExchangeRecord {
  readonly tenantId: string;
  readonly authorizationId: string;
  /** row id */
  readonly clientId: string;
  readonly userId: string;
  readonly now: Date;
  /** null for a JWT */
  readonly access: NewAccessToken | null;
  readonly audit: AuditParameters;
}

export interface RepeatedRotation {
  readonly usedId: string;
  readonly successorId: string;
  /** when the grace began that is just ending now */
  readonly rotatedAfter: Date;
}

@Injectable()
export class ExchangesRepository {
  constructor(private readonly database: Database) {}

  /** True for exactly one caller; false when the code was redeemed before or has expired. */
  async redeemCode(record: ExchangeRecord, codeId: string, refresh: NewRefreshToken | null): Promise<boolean> {
    const values = { ...commonValues(record), ...refreshValues(refresh), codeId };
    return (await this.database.rows(REDEEM_CODE, values)).length === 1;
  }

  /** As `redeemCode`, for a request that was polled for and approved. */
  async redeemPolled(
    polled: { table: PolledTable; id: string },
    record: ExchangeRecord,
    refresh: NewRefreshToken | null,
    tx?: Transaction,
  ): Promise<boolean> {
    const values = { ...commonValues(record), ...refreshValues(refresh), polledId: polled.id };
    return (await this.database.rows(REDEEM_POLLED[polled.table], values, tx)).length === 1;
  }

  /** Uses a refresh token that stays, its end moved or (null) left; false when it was revoked or expired meanwhile. */
  async useRefreshToken(record: ExchangeRecord, usedId: string, idleExpiresAt: Date | null): Promise<boolean> {
    const values = { ...commonValues(record), usedId };
    const rows = idleExpiresAt
      ? this.database.rows(USE_REFRESH_TOKEN, { ...values, idleExpiresAt })
      : this.database.rows(USE_REFRESH_TOKEN_AGAIN, values);
    return (await rows).length === 1;
  }

  /** Replaces a refresh token; true for exactly one caller. */
  async rotateRefreshToken(record: ExchangeRecord, usedId: string, successor: NewRefreshToken): Promise<boolean> {
    const values = { ...commonValues(record), ...refreshValues(successor), usedId };
    return (await this.database.rows(ROTATE_REFRESH_TOKEN, values)).length === 1;
  }

  /** D3: true once, for a token rotated after the instant whose successor nobody has used yet. */
  async repeatRotation(record: ExchangeRecord, rotated: RepeatedRotation): Promise<boolean> {
    const values = { ...commonValues(record), ...rotated };
    return (await this.database.rows(REPEAT_ROTATION, values)).length === 1;
  }
}

function commonValues({ access, audit, ...record }: ExchangeRecord) {
  return {
    ...audit,
    ...record,
    accessId: access?.id,
    accessHash: access?.hash,
    accessScope: access?.scope,
    accessAudience: access?.audience,
    accessClaims: access?.claims,
    accessExpiresAt: access?.expiresAt,
  };
}

function refreshValues(refresh: NewRefreshToken | null) {
  return {
    refreshId: refresh?.id,
    refreshHash: refresh?.hash,
    refreshParentId: refresh?.parentId,
    refreshScope: refresh?.scope,
    refreshConfirmation: refresh?.confirmation,
    refreshIdleExpiresAt: refresh?.idleExpiresAt,
    refreshAbsoluteExpiresAt: refresh?.absoluteExpiresAt,
  };
}
