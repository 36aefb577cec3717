/** @spec OIDC Back-Channel Logout §2.5 — the statement that ends a session says which clients took part, to one caller only. */
import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { EndedSession } from '@tokenidp/oauth';

interface EndedRow {
  sid: string;
  userId: string;
  client_id: string | null;
  isBackchannel: number | null;
}

const COLLATION = 'COLLATE Latin1_General_100_BIN2_UTF8';

const ended = (source: string, uri: string): string => `
  SELECT e."id" AS "sid", e."userId", c."clientId" AS "client_id",
    CASE WHEN ${uri} IS NULL THEN 0 ELSE 1 END AS "isBackchannel"
  FROM ${source} e
  LEFT JOIN "session_client" j ON j."tenantId" = :tenantId AND j."sessionId" = e."id"
  LEFT JOIN "client" c ON c."tenantId" = j."tenantId" AND c."id" = j."clientId"
  ORDER BY e."id", c."clientId"`;

const end = (condition: string): { postgres: string; mssql: string } => ({
  postgres: `
    WITH ended AS (
      UPDATE "session" SET "endedAt" = :now
      WHERE "tenantId" = :tenantId AND ${condition} AND "endedAt" IS NULL
      RETURNING "id", "userId")
    ${ended('ended', `c."metadata"->>'backchannel_logout_uri'`)}`,
  mssql: `
    DECLARE @ended TABLE ("id" char(36) ${COLLATION}, "userId" char(36) ${COLLATION});
    UPDATE "session" SET "endedAt" = :now
    OUTPUT inserted."id", inserted."userId" INTO @ended
    WHERE "tenantId" = :tenantId AND ${condition} AND "endedAt" IS NULL;
    ${ended('@ended', `JSON_VALUE(c."metadata", '$.backchannel_logout_uri')`)}`,
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
}

function endedSessions(rows: readonly EndedRow[]): EndedSession[] {
  const bySession = [...Map.groupBy(rows, ({ sid }) => sid).entries()];
  return bySession.map(([sid, [first, ...others]]) => ({
    id: sid,
    userId: first!.userId,
    clients: [first!, ...others].flatMap(({ client_id, isBackchannel }) =>
      client_id === null ? [] : [{ client_id, isBackchannel: isBackchannel === 1 }],
    ),
  }));
}
