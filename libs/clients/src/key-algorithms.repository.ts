import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';

/** What names a signing algorithm of the tenant: an API, or a member of an application's metadata. */
export interface AlgorithmUse {
  readonly type: 'client' | 'resource';
  /** `client_id` or identifier */
  readonly name: string;
  readonly member: string;
  readonly algorithm: string;
}

const MEMBERS = [
  'authorization_signed_response_alg',
  'id_token_signed_response_alg',
  'introspection_signed_response_alg',
  'userinfo_signed_response_alg',
] as const;

const uses = (json: (member: string) => string, removed: string) => `
  SELECT 'resource' AS "type", "identifier" AS "name", 'algorithm' AS "member", "algorithm" FROM "resource"
  WHERE "tenantId" = :tenantId AND "builtIn" = :builtIn AND "algorithm" IN (${removed})
  ${MEMBERS.map(
    (member) => `UNION ALL
  SELECT 'client', "clientId", '${member}', ${json(member)} FROM "client"
  WHERE "tenantId" = :tenantId AND "origin" <> 'built-in' AND ${json(member)} IN (${removed})`,
  ).join('\n  ')}
  ORDER BY "type", "name", "member" OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`;

const POSTGRES_REMOVED = `SELECT r FROM jsonb_array_elements_text(:removed) AS r`;
const COLLATION = 'COLLATE Latin1_General_100_BIN2_UTF8';
const MSSQL_REMOVED = `SELECT CAST(r."value" AS varchar(255)) ${COLLATION} FROM OPENJSON(:removed) AS r`;
const inMssql = (member: string) => `CAST(JSON_VALUE("metadata", '$.${member}') AS varchar(255)) ${COLLATION}`;

const USES = statement({
  name: 'clients.key-algorithm.uses',
  parameters: { tenantId: 'id', removed: 'json', builtIn: 'boolean', take: 'integer' },
  postgres: uses((member) => `"metadata"->>'${member}'`, POSTGRES_REMOVED),
  mssql: uses(inMssql, MSSQL_REMOVED),
});

const MOVE_RESOURCES = statement({
  name: 'clients.key-algorithm.move-resources',
  parameters: { tenantId: 'id', removed: 'json', builtIn: 'boolean', algorithm: 'identifier' },
  postgres: `UPDATE "resource" SET "algorithm" = :algorithm
    WHERE "tenantId" = :tenantId AND "builtIn" = :builtIn AND "algorithm" IN (${POSTGRES_REMOVED})`,
  mssql: `UPDATE "resource" SET "algorithm" = :algorithm
    WHERE "tenantId" = :tenantId AND "builtIn" = :builtIn AND "algorithm" IN (${MSSQL_REMOVED})`,
});

const ID_TOKEN = 'id_token_signed_response_alg';
const MOVE_CLIENTS = statement({
  name: 'clients.key-algorithm.move-clients',
  parameters: { tenantId: 'id', removed: 'json', algorithm: 'identifier' },
  postgres: `UPDATE "client" SET "metadata" = jsonb_set("metadata", '{${ID_TOKEN}}', to_jsonb(:algorithm))
    WHERE "tenantId" = :tenantId AND "origin" = 'built-in' AND "metadata"->>'${ID_TOKEN}' IN (${POSTGRES_REMOVED})`,
  mssql: `UPDATE "client" SET "metadata" = JSON_MODIFY("metadata", '$.${ID_TOKEN}', :algorithm)
    WHERE "tenantId" = :tenantId AND "origin" = 'built-in' AND ${inMssql(ID_TOKEN)} IN (${MSSQL_REMOVED})`,
});

@Injectable()
export class KeyAlgorithmsRepository {
  constructor(private readonly database: Database) {}

  /** Of what people have made; the first `take` of them. */
  uses(tenantId: string, removed: readonly string[], take: number, tx: Transaction): Promise<AlgorithmUse[]> {
    return this.database.rows<AlgorithmUse>(USES, { tenantId, removed, builtIn: false, take }, tx);
  }

  /** What is built in and nobody can change goes over to another algorithm. */
  async moveBuiltIn(tenantId: string, removed: readonly string[], algorithm: string, tx: Transaction): Promise<void> {
    await this.database.execute(MOVE_RESOURCES, { tenantId, removed, builtIn: true, algorithm }, tx);
    await this.database.execute(MOVE_CLIENTS, { tenantId, removed, algorithm }, tx);
  }
}
