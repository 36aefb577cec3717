/**
 * @spec RFC 8628 §3.3, CIBA Core §7 — the user's answer to what a client polls for: the condition of the UPDATE decides
 * between two answers at once, and without a winner nothing is written.
 */
import { Injectable } from '@nestjs/common';
import { auditInsert, type AuditParameters } from '@tokenidp/audit';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { AUTHORIZATION_INTO, AUTHORIZATION_PARAMETERS, AUTHORIZATION_VALUES } from './authorizations.repository';
import type { NewAuthorization } from './new-authorization';
import type { PolledTable } from './polls.repository';

const INSERT_AUDIT = `INSERT INTO "audit_event" (${auditInsert.columns}) SELECT ${auditInsert.values}`;

const decide = (table: PolledTable, authorizationId: string) =>
  `UPDATE "${table}" SET "decidedAt" = :now, "authorizationId" = ${authorizationId}
    WHERE "tenantId" = :tenantId AND "id" = :id AND "decidedAt" IS NULL AND "expiresAt" > :now`;

const approve = (table: PolledTable) =>
  statement({
    name: `oauth.decision.approve.${table}`,
    parameters: { ...AUTHORIZATION_PARAMETERS, id: 'id', ...auditInsert.parameters },
    postgres: `
      WITH decided AS (${decide(table, ':authorizationId')} RETURNING "id"),
      granted AS (INSERT INTO ${AUTHORIZATION_INTO} SELECT ${AUTHORIZATION_VALUES} FROM decided),
      audited AS (${INSERT_AUDIT} FROM decided)
      SELECT 1 AS "decided" FROM decided`,
    mssql: `
      ${decide(table, ':authorizationId')};
      DECLARE @decided int = @@ROWCOUNT;
      INSERT INTO ${AUTHORIZATION_INTO} SELECT ${AUTHORIZATION_VALUES} WHERE @decided = 1;
      ${INSERT_AUDIT} WHERE @decided = 1;
      SELECT 1 AS "decided" WHERE @decided = 1`,
  });

const deny = (table: PolledTable) =>
  statement({
    name: `oauth.decision.deny.${table}`,
    parameters: { tenantId: 'id', id: 'id', now: 'instant', ...auditInsert.parameters },
    postgres: `
      WITH decided AS (${decide(table, 'NULL')} RETURNING "id"),
      audited AS (${INSERT_AUDIT} FROM decided)
      SELECT 1 AS "decided" FROM decided`,
    mssql: `
      ${decide(table, 'NULL')};
      DECLARE @decided int = @@ROWCOUNT;
      ${INSERT_AUDIT} WHERE @decided = 1;
      SELECT 1 AS "decided" WHERE @decided = 1`,
  });

const APPROVE = {
  device_authorization: approve('device_authorization'),
  backchannel_request: approve('backchannel_request'),
} satisfies Record<PolledTable, unknown>;

const DENY = {
  device_authorization: deny('device_authorization'),
  backchannel_request: deny('backchannel_request'),
} satisfies Record<PolledTable, unknown>;

/** Which request is answered. */
export interface Decided {
  table: PolledTable;
  id: string;
}

@Injectable()
export class PolledDecisionsRepository {
  constructor(private readonly database: Database) {}

  /** True for the one answer that came first, in time; the authorization and its audit event are written with it. */
  async approve({ table, id }: Decided, row: NewAuthorization & AuditParameters, tx: Transaction): Promise<boolean> {
    return (await this.database.rows(APPROVE[table], { ...row, id }, tx)).length === 1;
  }

  /** As `approve`, with nothing granted. */
  async deny(
    { table, id }: Decided,
    audited: AuditParameters & { tenantId: string; now: Date },
    tx: Transaction,
  ): Promise<boolean> {
    return (await this.database.rows(DENY[table], { ...audited, id }, tx)).length === 1;
  }
}
