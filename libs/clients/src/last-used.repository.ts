import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';

export interface LastUse {
  tenantId: string;
  id: string;
  at: Date;
}

// Later instants win, whichever instance writes first.
const update = (table: 'client' | 'client_secret') =>
  statement({
    name: `clients.${table}.last-used`,
    parameters: { used: 'json' },
    postgres: `UPDATE ${table} SET "lastUsedAt" = used."at"
  FROM jsonb_to_recordset(:used) AS used("tenantId" uuid, id uuid, "at" timestamptz)
  WHERE ${table}."tenantId" = used."tenantId" AND ${table}.id = used.id
  AND (${table}."lastUsedAt" IS NULL OR ${table}."lastUsedAt" < used."at")`,
    mssql: `UPDATE target SET "lastUsedAt" = used."at" FROM ${table} AS target
  JOIN OPENJSON(:used) WITH ("tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 '$.tenantId',
    id char(36) COLLATE Latin1_General_100_BIN2_UTF8 '$.id', "at" datetimeoffset(3) '$.at') AS used
  ON target."tenantId" = used."tenantId" AND target.id = used.id
  WHERE target."lastUsedAt" IS NULL OR target."lastUsedAt" < used."at"`,
  });

const STATEMENTS = { client: update('client'), client_secret: update('client_secret') };

@Injectable()
export class LastUsedRepository {
  constructor(private readonly database: Database) {}

  async write(table: 'client' | 'client_secret', used: readonly LastUse[]): Promise<void> {
    await this.database.execute(STATEMENTS[table], { used });
  }
}
