/**
 * @spec RFC 8628 §3.5, CIBA Core §7.3 — a poll is counted, judged and answered by one statement: however many come at once, each that
 * comes before its time makes the interval longer.
 */
import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';
import {
  type Standing,
  STANDING_COLUMNS,
  STANDING_JSON_COLUMNS,
  standingFromRow,
  type StandingRow,
  USER_OF_AUTHORIZATION,
} from './standing';

const SLOWER_SECONDS = 5;

/** What is asked for again and again until its user has decided, with the column of what it is asked by. */
const POLLED = { device_authorization: 'deviceCodeHash', backchannel_request: 'authReqIdHash' } as const;
export type PolledTable = keyof typeof POLLED;

const IS_PENDING = 'd."decidedAt" IS NULL AND d."expiresAt" > :now';

/** That somebody has asked may be forgotten in a crash of the database: the answer does not wait for the disk. */
const NOT_AWAITED = `"notAwaited" AS (SELECT set_config('synchronous_commit', 'off', true))`;

const found = (table: PolledTable, isEarly: string, from: string) => `
  SELECT d."id", d."expiresAt", d."decidedAt", d."redeemedAt", d."authorizationId" AS "grantedId",
    ${isEarly} AS "isEarly", a."scope" AS "scope", ${STANDING_COLUMNS}
  FROM "${table}" d ${from}
  LEFT JOIN ("authorization" a ${USER_OF_AUTHORIZATION})
    ON a."tenantId" = d."tenantId" AND a."id" = d."authorizationId"
  WHERE ${isAskedBy(table)}`;

const isAskedBy = (table: PolledTable) =>
  `d."tenantId" = :tenantId AND d."${POLLED[table]}" = :hash AND d."clientId" = :clientId`;

const pollOf = (table: PolledTable) =>
  statement({
    name: `oauth.poll.${table}`,
    parameters: { tenantId: 'id', hash: 'hash', clientId: 'id', now: 'instant' },
    json: STANDING_JSON_COLUMNS,
    postgres: `
    WITH waiting AS (
      SELECT d."id", d."polledAt" + make_interval(secs => d."intervalSeconds") > :now AS "isEarly"
      FROM "${table}" d WHERE ${isAskedBy(table)} AND ${IS_PENDING} FOR UPDATE),
    ${NOT_AWAITED},
    polled AS (
      UPDATE "${table}" u SET "polledAt" = :now, "intervalSeconds" =
        u."intervalSeconds" + CASE WHEN w."isEarly" THEN ${SLOWER_SECONDS} ELSE 0 END
      FROM waiting w, "notAwaited" WHERE u."tenantId" = :tenantId AND u."id" = w."id")
    ${found(table, 'w."isEarly"', 'LEFT JOIN waiting w ON w."id" = d."id"')}`,
    mssql: `
    DECLARE @polled TABLE ("polledAt" datetimeoffset(3), "intervalSeconds" int);
    UPDATE d SET "polledAt" = :now, "intervalSeconds" = "intervalSeconds" +
      CASE WHEN :now < DATEADD(second, "intervalSeconds", "polledAt") THEN ${SLOWER_SECONDS} ELSE 0 END
      OUTPUT deleted."polledAt", deleted."intervalSeconds" INTO @polled
      FROM "${table}" d WHERE ${isAskedBy(table)} AND ${IS_PENDING};
    ${found(
      table,
      `CAST(CASE WHEN EXISTS (SELECT 1 FROM @polled p WHERE :now < DATEADD(second, p."intervalSeconds", p."polledAt"))
        THEN 1 ELSE 0 END AS bit)`,
      '',
    )}`,
  });

const STATEMENTS = {
  device_authorization: pollOf('device_authorization'),
  backchannel_request: pollOf('backchannel_request'),
} satisfies Record<PolledTable, unknown>;

interface PolledRow extends Omit<StandingRow, 'authorizationId'> {
  id: string;
  expiresAt: Date;
  decidedAt: Date | null;
  redeemedAt: Date | null;
  grantedId: string | null;
  isEarly: boolean | null;
  scope: string | null;
  authorizationId: string | null;
}

/** A request as one of its polls finds it. */
export interface PolledRequest {
  id: string;
  expiresAt: Date;
  redeemedAt: Date | null;
  state: 'pending' | 'denied' | 'approved';
  /** the poll before was too short a while ago; only while it is pending */
  isEarly: boolean;
  /** once it is approved; null when it was taken back and forgotten since */
  granted: { scope: string; standing: Standing } | null;
}

export interface Poll {
  tenantId: string;
  /** SHA-256 of what the client asks by */
  hash: string;
  /** row id of the client that polls */
  clientId: string;
  now: Date;
}

@Injectable()
export class PollsRepository {
  constructor(private readonly database: Database) {}

  /** Null for what this client was never given (or that is purged). Counts while nobody has decided. */
  async poll(table: PolledTable, poll: Poll): Promise<PolledRequest | null> {
    const [row] = await this.database.rows<PolledRow>(STATEMENTS[table], { ...poll });
    return row ? toPolled(row) : null;
  }
}

function toPolled(row: PolledRow): PolledRequest {
  const { id, expiresAt, redeemedAt, decidedAt, grantedId, isEarly, scope, authorizationId } = row;
  return {
    ...{ id, expiresAt, redeemedAt, isEarly: isEarly === true },
    state: decidedAt === null ? 'pending' : grantedId === null ? 'denied' : 'approved',
    granted:
      authorizationId === null || scope === null ? null : { scope, standing: standingFromRow(row as StandingRow) },
  };
}
