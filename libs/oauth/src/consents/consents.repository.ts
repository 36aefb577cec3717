import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { formatScope, newId, parseScope } from '@tokenidp/kernel';
import type { ConsentedScopes } from './consented-scopes';

const FIND = statement({
  name: 'oauth.consent.find',
  parameters: { tenantId: 'id', userId: 'id', clientId: 'id' },
  json: ['resources'],
  sql: `SELECT "scope", "resources" FROM "consent"
        WHERE "tenantId" = :tenantId AND "userId" = :userId AND "clientId" = :clientId`,
});

const parameters = {
  tenantId: 'id',
  id: 'id',
  userId: 'id',
  clientId: 'id',
  scope: 'text',
  resources: 'json',
  now: 'instant',
} as const;

const INSERT = `INSERT INTO "consent"
  ("tenantId", "id", "userId", "clientId", "scope", "resources", "createdAt", "updatedAt")`;

const UPSERT = statement({
  name: 'oauth.consent.upsert',
  parameters,
  postgres: `${INSERT} VALUES (:tenantId, :id, :userId, :clientId, :scope, :resources, :now, :now)
    ON CONFLICT ("tenantId", "userId", "clientId")
    DO UPDATE SET "scope" = EXCLUDED."scope", "resources" = EXCLUDED."resources", "updatedAt" = EXCLUDED."updatedAt"`,
  mssql: `UPDATE "consent" WITH (UPDLOCK, HOLDLOCK) SET "scope" = :scope, "resources" = :resources, "updatedAt" = :now
    WHERE "tenantId" = :tenantId AND "userId" = :userId AND "clientId" = :clientId;
    IF @@ROWCOUNT = 0
    ${INSERT} VALUES (:tenantId, :id, :userId, :clientId, :scope, :resources, :now, :now);`,
});

interface ConsentRow {
  scope: string;
  resources: Record<string, string[]>;
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
    return row ? { scopes: parseScope(row.scope), apiScopes: row.resources } : null;
  }

  /** Inserts or replaces. */
  async upsert(key: ConsentKey, consented: ConsentedScopes, now: Date, tx: Transaction): Promise<void> {
    const { tenantId, userId, clientId } = key;
    const scope = formatScope(consented.scopes);
    const values = { tenantId, id: newId(), userId, clientId, scope, resources: consented.apiScopes, now };
    await this.database.execute(UPSERT, values, tx);
  }
}
