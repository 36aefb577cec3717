import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { formatScope, newId, parseScope } from '@tokenidp/kernel';
import type { ConsentedScopes } from './consented-scopes';

const FIND = statement({
  name: 'oauth.consent.find',
  parameters: { tenantId: 'id', userId: 'id', clientId: 'id' },
  json: ['resources', 'detailHashes'],
  sql: `SELECT "scope", "resources", "detailHashes" FROM "consent"
        WHERE "tenantId" = :tenantId AND "userId" = :userId AND "clientId" = :clientId`,
});

const parameters = {
  tenantId: 'id',
  id: 'id',
  userId: 'id',
  clientId: 'id',
  scope: 'text',
  resources: 'json',
  detailHashes: 'json',
  now: 'instant',
} as const;

const INSERT = `INSERT INTO "consent"
  ("tenantId", "id", "userId", "clientId", "scope", "resources", "detailHashes", "createdAt", "updatedAt")`;

const UPSERT = statement({
  name: 'oauth.consent.upsert',
  parameters,
  postgres: `${INSERT} VALUES (:tenantId, :id, :userId, :clientId, :scope, :resources, :detailHashes, :now, :now)
    ON CONFLICT ("tenantId", "userId", "clientId")
    DO UPDATE SET "scope" = EXCLUDED."scope", "resources" = EXCLUDED."resources",
      "detailHashes" = EXCLUDED."detailHashes", "updatedAt" = EXCLUDED."updatedAt"`,
  mssql: `UPDATE "consent" WITH (UPDLOCK, HOLDLOCK) SET "scope" = :scope, "resources" = :resources,
      "detailHashes" = :detailHashes, "updatedAt" = :now
    WHERE "tenantId" = :tenantId AND "userId" = :userId AND "clientId" = :clientId;
    IF @@ROWCOUNT = 0
    ${INSERT} VALUES (:tenantId, :id, :userId, :clientId, :scope, :resources, :detailHashes, :now, :now);`,
});

interface ConsentRow {
  scope: string;
  resources: Record<string, string[]>;
  detailHashes: string[] | null;
}

/** Whose consent, and to which client (row ids). */
export interface ConsentKey {
  tenantId: string;
  userId: string;
  clientId: string;
}

@Injectable()
export class ConsentsRepository {
  constructor(private readonly database: Database) {}

  async find({ tenantId, userId, clientId }: ConsentKey): Promise<ConsentedScopes | null> {
    const [row] = await this.database.rows<ConsentRow>(FIND, { tenantId, userId, clientId });
    if (!row) return null;
    const { scope, resources: apiScopes, detailHashes } = row;
    return { scopes: parseScope(scope), apiScopes, ...(detailHashes && { detailHashes }) };
  }

  /** Inserts or replaces. */
  async upsert(key: ConsentKey, consented: ConsentedScopes, now: Date, tx: Transaction): Promise<void> {
    const { tenantId, userId, clientId } = key;
    const scope = formatScope(consented.scopes);
    const { apiScopes: resources, detailHashes } = consented;
    const values = { tenantId, id: newId(), userId, clientId, scope, resources, detailHashes, now };
    await this.database.execute(UPSERT, values, tx);
  }
}
