/** @spec RFC 7523 §3 — one statement spends the `jti` and writes all that follows from it, or writes nothing (D10). */
import { Injectable } from '@nestjs/common';
import { type AuditParameters, auditInsert } from '@tokenidp/audit';
import { Database, statement } from '@tokenidp/database';
import type { NewAccessToken } from '../tokens/token-issuer';

const AUTHORIZATION = `"authorization" ("tenantId", "id", "clientId", "userId", "scope", "resources", "createdAt")`;
const AUTHORIZATION_VALUES = ':tenantId, :authorizationId, :clientId, :userId, :scope, :resources, :now';
const ACCESS = `access_token ("tenantId", id, hash, "authorizationId", "clientId", "userId", scope, audience, claims, "createdAt", "expiresAt")`;
const ACCESS_VALUES =
  ':tenantId, :accessId, :accessHash, :authorizationId, :clientId, :userId, :accessScope, :accessAudience, :accessClaims, :now, :accessExpiresAt';
const AUDIT = `audit_event (${auditInsert.columns})`;

const REDEEM = statement({
  name: 'oauth.grant-assertion.redeem',
  parameters: {
    tenantId: 'id',
    replayKey: 'hash',
    replayExpiresAt: 'instant',
    authorizationId: 'id',
    clientId: 'id',
    userId: 'id',
    scope: 'text',
    resources: 'json',
    now: 'instant',
    accessId: 'id',
    accessHash: 'hash',
    accessScope: 'text',
    accessAudience: 'json',
    accessClaims: 'json',
    accessExpiresAt: 'instant',
    ...auditInsert.parameters,
  },
  postgres: `
    WITH spent AS (
      INSERT INTO replay ("tenantId", "key", "expiresAt") VALUES (:tenantId, :replayKey, :replayExpiresAt)
      ON CONFLICT DO NOTHING RETURNING "key"),
    granted AS (INSERT INTO ${AUTHORIZATION} SELECT ${AUTHORIZATION_VALUES} FROM spent WHERE :authorizationId IS NOT NULL),
    access AS (INSERT INTO ${ACCESS} SELECT ${ACCESS_VALUES} FROM spent WHERE :accessId IS NOT NULL),
    audit AS (INSERT INTO ${AUDIT} SELECT ${auditInsert.values} FROM spent)
    SELECT 1 AS spent FROM spent`,
  mssql: `
    INSERT INTO replay ("tenantId", "key", "expiresAt") SELECT :tenantId, :replayKey, :replayExpiresAt
    WHERE NOT EXISTS (
      SELECT 1 FROM replay WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = :tenantId AND "key" = :replayKey);
    DECLARE @spent int = @@ROWCOUNT;
    INSERT INTO ${AUTHORIZATION} SELECT ${AUTHORIZATION_VALUES} WHERE @spent = 1 AND :authorizationId IS NOT NULL;
    INSERT INTO ${ACCESS} SELECT ${ACCESS_VALUES} WHERE @spent = 1 AND :accessId IS NOT NULL;
    INSERT INTO ${AUDIT} SELECT ${auditInsert.values} WHERE @spent = 1;
    SELECT 1 AS spent WHERE @spent = 1`,
});

/** What is written when an assertion was spent. */
export interface AssertionRecord {
  readonly tenantId: string;
  readonly replayKey: string;
  readonly replayExpiresAt: Date;
  /** of a user alone, like `userId` */
  readonly authorizationId: string | undefined;
  readonly userId: string | undefined;
  /** row id */
  readonly clientId: string;
  readonly scope: string;
  /** `resource` as sent */
  readonly resources: readonly string[];
  readonly now: Date;
  /** null for a JWT */
  readonly access: NewAccessToken | null;
  readonly audit: AuditParameters;
}

@Injectable()
export class GrantAssertionsRepository {
  constructor(private readonly database: Database) {}

  /** True for exactly one caller, on whichever instance; false when the `jti` was used before. */
  async redeem({ access, audit, ...record }: AssertionRecord): Promise<boolean> {
    const values = {
      ...audit,
      ...record,
      accessId: access?.id,
      accessHash: access?.hash,
      accessScope: access?.scope,
      accessAudience: access?.audience,
      accessClaims: access?.claims,
      accessExpiresAt: access?.expiresAt,
    };
    return (await this.database.rows(REDEEM, values)).length === 1;
  }
}
