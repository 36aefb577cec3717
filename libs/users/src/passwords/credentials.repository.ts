import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import type { CredentialEntity } from './credential.entity';

/** What may be seen of a credential: nothing that it is proven with. */
export type CredentialSummary = Pick<
  CredentialEntity,
  'id' | 'type' | 'name' | 'failures' | 'blockedUntil' | 'disabledAt' | 'lastUsedAt' | 'createdAt' | 'updatedAt'
>;

const LIST = statement({
  name: 'users.credential.list',
  parameters: { tenantId: 'id', userId: 'id' },
  sql: `
    SELECT "id", "type", "name", "failures", "blockedUntil", "disabledAt", "lastUsedAt", "createdAt", "updatedAt"
    FROM "credential" WHERE "tenantId" = :tenantId AND "userId" = :userId ORDER BY "createdAt", "id"`,
});

const DELETE = statement({
  name: 'users.credential.delete',
  parameters: { tenantId: 'id', userId: 'id', id: 'id' },
  sql: `DELETE FROM "credential" WHERE "tenantId" = :tenantId AND "userId" = :userId AND "id" = :id`,
});

const UNLOCK = statement({
  name: 'users.credential.unlock',
  parameters: { tenantId: 'id', userId: 'id' },
  sql: `
    UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "disabledAt" = NULL
    WHERE "tenantId" = :tenantId AND "userId" = :userId`,
});

@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  list(tenantId: string, userId: string, tx?: Transaction): Promise<CredentialSummary[]> {
    return this.database.rows<CredentialSummary>(LIST, { tenantId, userId }, tx);
  }

  /** False when there is none. */
  async delete(tenantId: string, userId: string, id: string, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(DELETE, { tenantId, userId, id }, tx)) === 1;
  }

  /** Failures are forgotten, and what was disabled by them is of use again. */
  async unlock(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    await this.database.execute(UNLOCK, { tenantId, userId }, tx);
  }
}
