import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';

const NAMES = statement({
  name: 'clients.client.names',
  parameters: { tenantId: 'id', ids: 'json' },
  postgres: `SELECT "id", "name" FROM "client" WHERE "tenantId" = :tenantId
    AND "id" IN (SELECT j::uuid FROM jsonb_array_elements_text(:ids) AS j)`,
  mssql: `SELECT "id", "name" FROM "client" WHERE "tenantId" = :tenantId
    AND "id" IN (SELECT j."value" COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(:ids) AS j)`,
});

const EXPIRING = statement({
  name: 'clients.secret.expiring',
  parameters: { tenantId: 'id', now: 'instant', until: 'instant', take: 'integer' },
  sql: `SELECT s."id", s."name", s."expiresAt", c."name" AS "clientName" FROM "client_secret" s
    JOIN "client" c ON c."tenantId" = s."tenantId" AND c."id" = s."clientId"
    WHERE s."tenantId" = :tenantId AND s."revokedAt" IS NULL AND s."expiresAt" > :now AND s."expiresAt" <= :until
      AND c."status" = 'active'
    ORDER BY s."expiresAt", s."id" OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

export interface ExpiringSecret {
  readonly id: string;
  readonly name: string;
  readonly expiresAt: Date;
  readonly clientName: string;
}

@Injectable()
export class ClientFiguresRepository {
  constructor(private readonly database: Database) {}

  /** By row id; those that are gone have none. */
  async names(tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<{ id: string; name: string }>(NAMES, { tenantId, ids });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Secrets of active clients that are good now and will not be then, the first to end first. */
  expiring(tenantId: string, now: Date, until: Date, take: number): Promise<ExpiringSecret[]> {
    return this.database.rows<ExpiringSecret>(EXPIRING, { tenantId, now, until, take });
  }
}
