import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { StoredParameters } from '../endpoints/form-parameters';

const INSERT = statement({
  name: 'oauth.interaction.insert',
  parameters: {
    tenantId: 'id',
    id: 'id',
    clientId: 'id',
    browserHash: 'hash',
    deviceAuthorizationId: 'id',
    parameters: 'json',
    pushedRequestId: 'id',
    createdAt: 'instant',
    expiresAt: 'instant',
  },
  sql: `INSERT INTO "interaction"
      ("tenantId", "id", "clientId", "browserHash", "deviceAuthorizationId", "parameters", "pushedRequestId",
        "createdAt", "expiresAt")
    VALUES (:tenantId, :id, :clientId, :browserHash, :deviceAuthorizationId, :parameters, :pushedRequestId,
      :createdAt, :expiresAt)`,
});

const FIND = statement({
  name: 'oauth.interaction.find',
  parameters: { tenantId: 'id', id: 'id' },
  json: ['parameters'],
  sql: `SELECT "id", "clientId", "browserHash", "deviceAuthorizationId", "parameters", "pushedRequestId", "createdAt",
      "expiresAt", "redeemedAt"
    FROM "interaction" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const REDEEM = statement({
  name: 'oauth.interaction.redeem',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  sql: `UPDATE "interaction" SET "redeemedAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = :id AND "redeemedAt" IS NULL AND "expiresAt" > :now`,
});

export interface NewInteraction {
  tenantId: string;
  id: string;
  /** row id */
  clientId: string;
  browserHash: string;
  /** set when it is about a device's request */
  deviceAuthorizationId?: string | null;
  parameters: StoredParameters;
  /** the request that was pushed, if it was */
  pushedRequestId: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export type InteractionRow = Omit<NewInteraction, 'tenantId'> & { redeemedAt: Date | null };

@Injectable()
export class InteractionsRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async insert(row: NewInteraction): Promise<void> {
    await this.database.execute(INSERT, { deviceAuthorizationId: null, ...row });
  }

  async find(tenantId: string, id: string): Promise<InteractionRow | null> {
    const [row] = await this.database.rows<InteractionRow>(FIND, { tenantId, id });
    return row ?? null;
  }

  /** True for exactly one caller: the response of an interaction is given once. */
  async redeem(tenantId: string, id: string, tx?: Transaction): Promise<boolean> {
    return (await this.database.execute(REDEEM, { tenantId, id, now: this.clock.now() }, tx)) === 1;
  }

  /** Redeems the interaction in one transaction with what follows from it; null, and nothing done, when it is spent. */
  spend<T>(tenantId: string, id: string, work: (tx: Transaction) => Promise<T>): Promise<T | null> {
    return this.database.transaction(async (tx) => ((await this.redeem(tenantId, id, tx)) ? work(tx) : null));
  }
}
