import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';

const CLAIM = statement({
  name: 'admin-api.idempotency-key.claim',
  parameters: { tenantId: 'id', id: 'id', hash: 'hash', requestHash: 'hash', expiresAt: 'instant' },
  postgres: `INSERT INTO "idempotency_key" ("tenantId", "id", "hash", "requestHash", "expiresAt")
    VALUES (:tenantId, :id, :hash, :requestHash, :expiresAt)
    ON CONFLICT ("tenantId", "hash") DO NOTHING`,
  mssql: `INSERT INTO "idempotency_key" ("tenantId", "id", "hash", "requestHash", "expiresAt")
    SELECT :tenantId, :id, :hash, :requestHash, :expiresAt
    WHERE NOT EXISTS (SELECT 1 FROM "idempotency_key" WITH (UPDLOCK, HOLDLOCK)
      WHERE "tenantId" = :tenantId AND "hash" = :hash)`,
});

const FIND = statement({
  name: 'admin-api.idempotency-key.find',
  parameters: { tenantId: 'id', hash: 'hash' },
  sql: `SELECT "id", "requestHash", "answer" FROM "idempotency_key" WHERE "tenantId" = :tenantId AND "hash" = :hash`,
});

const ANSWER = statement({
  name: 'admin-api.idempotency-key.answer',
  parameters: { tenantId: 'id', id: 'id', answer: 'text' },
  sql: `UPDATE "idempotency_key" SET "answer" = :answer WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const PURGE = statement({
  name: 'admin-api.idempotency-key.purge',
  parameters: { now: 'instant', take: 'integer' },
  postgres: `DELETE FROM "idempotency_key" WHERE ("tenantId", "id") IN (
    SELECT "tenantId", "id" FROM "idempotency_key" WHERE "expiresAt" <= :now ORDER BY "expiresAt" LIMIT :take)`,
  mssql: `DELETE FROM k FROM (
    SELECT TOP (:take) * FROM "idempotency_key" WHERE "expiresAt" <= :now ORDER BY "expiresAt") AS k`,
});

export interface IdempotencyClaim {
  readonly id: string;
  readonly hash: string;
  readonly requestHash: string;
  readonly expiresAt: Date;
}

export interface KeptAnswer {
  readonly id: string;
  readonly requestHash: string;
  readonly answer: string | null;
}

@Injectable()
export class IdempotencyKeysRepository {
  constructor(private readonly database: Database) {}

  /** False when the key was used before; waits for a transaction that is about to use it. */
  async claim(tenantId: string, claim: IdempotencyClaim, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(CLAIM, { tenantId, ...claim }, tx)) === 1;
  }

  async find(tenantId: string, hash: string, tx: Transaction): Promise<KeptAnswer | null> {
    return (await this.database.rows<KeptAnswer>(FIND, { tenantId, hash }, tx))[0] ?? null;
  }

  async answer(tenantId: string, id: string, answer: string, tx: Transaction): Promise<void> {
    await this.database.execute(ANSWER, { tenantId, id, answer }, tx);
  }

  /** How many are gone: at most `take`. */
  purge(now: Date, take: number): Promise<number> {
    return this.database.execute(PURGE, { now, take });
  }
}
