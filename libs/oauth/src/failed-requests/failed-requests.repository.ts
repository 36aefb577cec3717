import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';
import type { FailedRequestEntity } from './failed-request.entity';

const COLUMNS = `"tenantId", "id", "occurredAt", "endpoint", "error", "description", "status", "cause", "explanation",
  "clientId", "sentClientId", "sent", "registered", "fix", "omitted", "ip", "userAgent"`;
const VALUES = COLUMNS.replaceAll(/"(\w+)"/g, 'r."$1"');

const POSTGRES_VALUES = VALUES.replaceAll(/r\."(?:sent|registered|fix)"/g, '$&::jsonb');

/** A tenant that is gone by then has nobody to look. */
const INSERT = statement({
  name: 'oauth.failed-request.insert',
  parameters: { rows: 'json' },
  postgres: `INSERT INTO "failed_request" (${COLUMNS})
    SELECT ${POSTGRES_VALUES} FROM jsonb_to_recordset(:rows) AS r("tenantId" uuid, "id" uuid, "occurredAt" timestamptz,
      "endpoint" text, "error" text, "description" text, "status" integer, "cause" text, "explanation" text,
      "clientId" uuid, "sentClientId" text, "sent" text, "registered" text, "fix" text, "omitted" integer, "ip" text,
      "userAgent" text)
    WHERE EXISTS (SELECT 1 FROM "tenant" t WHERE t."id" = r."tenantId")
    ON CONFLICT DO NOTHING`,
  mssql: `INSERT INTO "failed_request" (${COLUMNS})
    SELECT ${VALUES} FROM OPENJSON(:rows) WITH ("tenantId" char(36), "id" char(36), "occurredAt" datetimeoffset(3),
      "endpoint" varchar(255), "error" varchar(255), "description" nvarchar(max), "status" int, "cause" varchar(255),
      "explanation" nvarchar(max), "clientId" char(36), "sentClientId" nvarchar(max), "sent" nvarchar(max),
      "registered" nvarchar(max), "fix" nvarchar(max), "omitted" int, "ip" varchar(255),
      "userAgent" nvarchar(max)) AS r
    WHERE EXISTS (SELECT 1 FROM "tenant" t WHERE t."id" = r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8)
      AND NOT EXISTS (SELECT 1 FROM "failed_request" f
        WHERE f."tenantId" = r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8
          AND f."id" = r."id" COLLATE Latin1_General_100_BIN2_UTF8)`,
});

const BY_ID = statement({
  name: 'oauth.failed-request.by-id',
  parameters: { tenantId: 'id', id: 'id' },
  json: ['sent', 'registered', 'fix'],
  sql: `SELECT ${COLUMNS} FROM "failed_request" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const PURGE = statement({
  name: 'oauth.failed-request.purge',
  parameters: { before: 'instant', take: 'integer' },
  postgres: `DELETE FROM "failed_request" WHERE ("tenantId", "id") IN (
    SELECT "tenantId", "id" FROM "failed_request" WHERE "occurredAt" < :before ORDER BY "occurredAt" LIMIT :take)`,
  mssql: `DELETE FROM f FROM (
    SELECT TOP (:take) * FROM "failed_request" WHERE "occurredAt" < :before ORDER BY "occurredAt") AS f`,
});

@Injectable()
export class FailedRequestsRepository {
  constructor(private readonly database: Database) {}

  async insert(rows: readonly FailedRequestEntity[]): Promise<void> {
    const texts = rows.map((row) => ({
      ...row,
      sent: JSON.stringify(row.sent),
      registered: JSON.stringify(row.registered),
      fix: row.fix && JSON.stringify(row.fix),
    }));
    await this.database.execute(INSERT, { rows: texts });
  }

  async byId(tenantId: string, id: string): Promise<FailedRequestEntity | null> {
    return (await this.database.rows<FailedRequestEntity>(BY_ID, { tenantId, id }))[0] ?? null;
  }

  /** How many are forgotten: at most `take`. */
  purge(before: Date, take: number): Promise<number> {
    return this.database.execute(PURGE, { before, take });
  }
}
