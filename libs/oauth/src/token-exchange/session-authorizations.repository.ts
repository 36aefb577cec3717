import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';
import {
  type Standing,
  STANDING_COLUMNS,
  STANDING_JSON_COLUMNS,
  standingFromRow,
  type StandingRow,
  USER_OF_AUTHORIZATION,
} from '../tokens/standing';

/** What an ID token says of where it comes from. */
export interface SignInOfToken {
  readonly sessionId: string;
  readonly userId: string;
  /** row id */
  readonly clientId: string;
  /** the authorization was there by then */
  readonly issuedAt: Date;
  readonly now: Date;
}

export interface SessionAuthorization {
  /** what was granted */
  readonly scope: string;
  readonly standing: Standing;
}

const FIND_LATEST = statement({
  name: 'oauth.authorization.latest-of-session',
  parameters: { tenantId: 'id', sessionId: 'id', userId: 'id', clientId: 'id', issuedAt: 'instant', now: 'instant' },
  json: STANDING_JSON_COLUMNS,
  sql: `SELECT a."scope", ${STANDING_COLUMNS}
    FROM "authorization" a
    ${USER_OF_AUTHORIZATION}
    JOIN "session" s ON s."tenantId" = a."tenantId" AND s."id" = a."sessionId" AND s."endedAt" IS NULL
      AND s."idleExpiresAt" > :now AND s."absoluteExpiresAt" > :now
    WHERE a."tenantId" = :tenantId AND a."sessionId" = :sessionId AND a."userId" = :userId
      AND a."clientId" = :clientId AND a."createdAt" <= :issuedAt AND a."revokedAt" IS NULL
    ORDER BY a."createdAt" DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY`,
});

@Injectable()
export class SessionAuthorizationsRepository {
  constructor(private readonly database: Database) {}

  /** What the client was given last in a session that is alive; null when that was taken back or the session ended. */
  async findLatest(tenantId: string, signIn: SignInOfToken): Promise<SessionAuthorization | null> {
    const [row] = await this.database.rows<StandingRow & { scope: string }>(FIND_LATEST, { tenantId, ...signIn });
    return row ? { scope: row.scope, standing: standingFromRow(row) } : null;
  }
}
