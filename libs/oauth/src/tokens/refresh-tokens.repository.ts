import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';
import type { Confirmation } from './confirmation';
import {
  type Standing,
  STANDING_COLUMNS,
  STANDING_JSON_COLUMNS,
  standingFromRow,
  type StandingRow,
  USER_OF_AUTHORIZATION,
} from './standing';

/** A refresh token as it was stored, with what it hangs from. */
export interface StoredRefreshToken {
  readonly id: string;
  readonly scope: string;
  readonly confirmation: Confirmation | null;
  readonly createdAt: Date;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly rotatedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly successorId: string | null;
  readonly successorHash: string | null;
  readonly standing: Standing;
}

interface Row extends StandingRow {
  id: string;
  scope: string;
  confirmation: Confirmation | null;
  createdAt: Date;
  idleExpiresAt: Date;
  absoluteExpiresAt: Date;
  lastUsedAt: Date | null;
  rotatedAt: Date | null;
  revokedAt: Date | null;
  successorId: string | null;
  successorHash: string | null;
}

const FIND = statement({
  name: 'oauth.refresh-token.find',
  parameters: { tenantId: 'id', hash: 'hash' },
  json: ['confirmation', ...STANDING_JSON_COLUMNS],
  sql: `
    SELECT r.id AS id, r.scope AS scope, r.confirmation AS confirmation, r."createdAt" AS "createdAt",
      r."idleExpiresAt" AS "idleExpiresAt",
      r."absoluteExpiresAt" AS "absoluteExpiresAt", r."lastUsedAt" AS "lastUsedAt", r."rotatedAt" AS "rotatedAt", r."revokedAt" AS "revokedAt",
      n.id AS "successorId", n.hash AS "successorHash", ${STANDING_COLUMNS}
    FROM refresh_token r
    JOIN "authorization" a ON a."tenantId" = r."tenantId" AND a.id = r."authorizationId"
    ${USER_OF_AUTHORIZATION}
    LEFT JOIN refresh_token n ON n."tenantId" = r."tenantId" AND n.id = r."successorId"
    WHERE r."tenantId" = :tenantId AND r.hash = :hash`,
});

@Injectable()
export class RefreshTokensRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, hash: string): Promise<StoredRefreshToken | null> {
    const [row] = await this.database.rows<Row>(FIND, { tenantId, hash });
    if (!row) return null;
    const { id, scope, confirmation, createdAt, idleExpiresAt, absoluteExpiresAt } = row;
    const { lastUsedAt, rotatedAt, revokedAt, successorId, successorHash } = row;
    return {
      id,
      scope,
      confirmation,
      createdAt,
      idleExpiresAt,
      absoluteExpiresAt,
      lastUsedAt,
      rotatedAt,
      revokedAt,
      successorId,
      successorHash,
      standing: standingFromRow(row),
    };
  }
}
