import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { StoredParameters } from '../endpoints/form-parameters';

const INSERT = statement({
  name: 'oauth.pushed-request.insert',
  parameters: {
    tenantId: 'id',
    id: 'id',
    hash: 'hash',
    clientId: 'id',
    parameters: 'json',
    createdAt: 'instant',
    expiresAt: 'instant',
  },
  sql: `INSERT INTO "pushed_request"
      ("tenantId", "id", "hash", "clientId", "parameters", "createdAt", "expiresAt")
    VALUES (:tenantId, :id, :hash, :clientId, :parameters, :createdAt, :expiresAt)`,
});

const FIND = statement({
  name: 'oauth.pushed-request.find',
  parameters: { tenantId: 'id', hash: 'hash', now: 'instant' },
  json: ['parameters'],
  sql: `SELECT "id", "clientId", "parameters" FROM "pushed_request"
    WHERE "tenantId" = :tenantId AND "hash" = :hash AND "redeemedAt" IS NULL AND "expiresAt" > :now`,
});

// Whoever opened it in time may take longer than that to sign in: its end is not looked at again.
const REDEEM = statement({
  name: 'oauth.pushed-request.redeem',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  sql: `UPDATE "pushed_request" SET "redeemedAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = :id AND "redeemedAt" IS NULL`,
});

export interface NewPushedRequest {
  tenantId: string;
  id: string;
  hash: string;
  /** row id */
  clientId: string;
  parameters: StoredParameters;
  createdAt: Date;
  expiresAt: Date;
}

export type PushedRequestRow = Pick<NewPushedRequest, 'id' | 'clientId' | 'parameters'>;

@Injectable()
export class PushedRequestsRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async insert(row: NewPushedRequest): Promise<void> {
    await this.database.execute(INSERT, row);
  }

  /** Null once it was answered or its time is over. */
  async find(tenantId: string, hash: string): Promise<PushedRequestRow | null> {
    const [row] = await this.database.rows<PushedRequestRow>(FIND, { tenantId, hash, now: this.clock.now() });
    return row ?? null;
  }

  /** True for exactly one caller: one answer for each request that was pushed. */
  async redeem(tenantId: string, id: string, tx?: Transaction): Promise<boolean> {
    return (await this.database.execute(REDEEM, { tenantId, id, now: this.clock.now() }, tx)) === 1;
  }

  /** Redeems the request in one transaction with what follows from it; null, and nothing done, when it is spent. */
  spend<T>(tenantId: string, id: string, work: (tx: Transaction) => Promise<T>): Promise<T | null> {
    return this.database.transaction(async (tx) => ((await this.redeem(tenantId, id, tx)) ? work(tx) : null));
  }
}
