/** @spec OIDC Back-Channel Logout §2.5 — the statement that ends a session says which clients took part, to one caller only. */
import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { EndedSession, ExpiredSession } from '@tokenidp/oauth';

interface EndedRow {
  tenantId: string;
  sid: string;
  userId: string;
  client_id: string | null;
  isBackchannel: number | null;
}

const COLLATION = 'COLLATE Latin1_General_100_BIN2_UTF8';

const ended = (source: string, uri: string): string => `
  SELECT e."tenantId", e."id" AS "sid", e."userId", c."clientId" AS "client_id",
    CASE WHEN ${uri} IS NULL THEN 0 ELSE 1 END AS "isBackchannel"
  FROM ${source} e
  LEFT JOIN "session_client" j ON j."tenantId" = e."tenantId" AND j."sessionId" = e."id"
  LEFT JOIN "client" c ON c."tenantId" = j."tenantId" AND c."id" = j."clientId"
  ORDER BY e."id", c."clientId"`;

const POSTGRES_URI = `c."metadata"->>'backchannel_logout_uri'`;
const MSSQL_URI = `JSON_VALUE(c."metadata", '$.backchannel_logout_uri')`;
const DECLARE_ENDED = `DECLARE @ended TABLE (
      "tenantId" char(36) ${COLLATION}, "id" char(36) ${COLLATION}, "userId" char(36) ${COLLATION});`;
const OUTPUT_ENDED = `OUTPUT inserted."tenantId", inserted."id", inserted."userId" INTO @ended`;

const end = (condition: string): { postgres: string; mssql: string } => ({
  postgres: `
    WITH ended AS (
      UPDATE "session" SET "endedAt" = :now
      WHERE "tenantId" = :tenantId AND ${condition} AND "endedAt" IS NULL
      RETURNING "tenantId", "id", "userId")
    ${ended('ended', POSTGRES_URI)}`,
  mssql: `
    ${DECLARE_ENDED}
    UPDATE "session" SET "endedAt" = :now
    ${OUTPUT_ENDED}
    WHERE "tenantId" = :tenantId AND ${condition} AND "endedAt" IS NULL;
    ${ended('@ended', MSSQL_URI)}`,
});

const END = statement({
  name: 'login.session.end',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  ...end(`"id" = :id`),
});

const END_OF_USER = statement({
  name: 'login.session.end-of-user',
  parameters: { tenantId: 'id', userId: 'id', now: 'instant' },
  ...end(`"userId" = :userId`),
});

/**
 * Of all tenants at once: the rows say themselves that they are over. What somebody else is ending or using at the
 * moment is left alone, and looked at again the next time.
 */
const END_EXPIRED = statement({
  name: 'login.session.end-expired',
  parameters: { now: 'instant', batch: 'integer' },
  postgres: `
    WITH due AS (
      SELECT x."tenantId", x."id" FROM "session" x WHERE x."endedAt" IS NULL AND x."idleExpiresAt" <= :now
      ORDER BY x."idleExpiresAt" LIMIT :batch FOR UPDATE SKIP LOCKED),
    ended AS (
      UPDATE "session" s SET "endedAt" = :now FROM due
      WHERE s."tenantId" = due."tenantId" AND s."id" = due."id" AND s."endedAt" IS NULL
      RETURNING s."tenantId", s."id", s."userId")
    ${ended('ended', POSTGRES_URI)}`,
  mssql: `
    ${DECLARE_ENDED}
    UPDATE TOP (:batch) s SET "endedAt" = :now
    ${OUTPUT_ENDED}
    FROM "session" s WITH (READPAST, UPDLOCK, ROWLOCK)
    WHERE s."endedAt" IS NULL AND s."idleExpiresAt" <= :now;
    ${ended('@ended', MSSQL_URI)}`,
});

@Injectable()
export class SessionEndsRepository {
  constructor(private readonly database: Database) {}

  /** The session for the one caller that ended it, null for all others. */
  async end(tenantId: string, id: string, now: Date, tx: Transaction): Promise<EndedSession | null> {
    const rows = await this.database.rows<EndedRow>(END, { tenantId, id, now }, tx);
    return endedSessions(rows)[0] ?? null;
  }

  async endOfUser(tenantId: string, userId: string, now: Date, tx: Transaction): Promise<EndedSession[]> {
    return endedSessions(await this.database.rows<EndedRow>(END_OF_USER, { tenantId, userId, now }, tx));
  }

  /** At most `batch` of those whose time is over; the absolute end is no earlier than the idle one. */
  async endExpired(now: Date, batch: number, tx: Transaction): Promise<ExpiredSession[]> {
    return endedSessions(await this.database.rows<EndedRow>(END_EXPIRED, { now, batch }, tx));
  }
}

function endedSessions(rows: readonly EndedRow[]): ExpiredSession[] {
  const bySession = [...Map.groupBy(rows, ({ sid }) => sid).entries()];
  return bySession.map(([sid, [first, ...others]]) => ({
    tenantId: first!.tenantId,
    id: sid,
    userId: first!.userId,
    clients: [first!, ...others].flatMap(({ client_id, isBackchannel }) =>
      client_id === null ? [] : [{ client_id, isBackchannel: isBackchannel === 1 }],
    ),
  }));
}
