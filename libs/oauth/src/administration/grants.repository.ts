import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';

const DELETE_CONSENT = statement({
  name: 'oauth.consent.delete',
  parameters: { tenantId: 'id', id: 'id' },
  sql: `DELETE FROM "consent" WHERE "tenantId" = :tenantId AND "id" = :id`,
});

const REVOKE_OF_PAIR = statement({
  name: 'oauth.authorization.revoke-of-user-and-client',
  parameters: { tenantId: 'id', userId: 'id', clientId: 'id', reason: 'text', now: 'instant' },
  sql: `UPDATE "authorization" SET "revokedAt" = :now, "revokeReason" = :reason
    WHERE "tenantId" = :tenantId AND "userId" = :userId AND "clientId" = :clientId AND "revokedAt" IS NULL`,
});

const REVOKE_ACCESS_TOKEN = statement({
  name: 'oauth.access-token.revoke-by-id',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  sql: `UPDATE "access_token" SET "revokedAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = :id AND "revokedAt" IS NULL`,
});

const DENY_DEVICE = statement({
  name: 'oauth.device.deny',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  sql: `UPDATE "device_authorization" SET "decidedAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = :id AND "decidedAt" IS NULL AND "expiresAt" > :now`,
});

/** A user and a client, both by row id. */
export interface Pair {
  readonly userId: string;
  readonly clientId: string;
}

@Injectable()
export class GrantsRepository {
  constructor(private readonly database: Database) {}

  /** False when somebody else was first. */
  async deleteConsent(tenantId: string, id: string, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(DELETE_CONSENT, { tenantId, id }, tx)) === 1;
  }

  /** How many. */
  revokeOfPair(
    tenantId: string,
    { userId, clientId }: Pair,
    { reason, now }: { reason: string; now: Date },
    tx: Transaction,
  ): Promise<number> {
    return this.database.execute(REVOKE_OF_PAIR, { tenantId, userId, clientId, reason, now }, tx);
  }

  /** False when it was revoked before. */
  async revokeAccessToken(tenantId: string, id: string, now: Date, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(REVOKE_ACCESS_TOKEN, { tenantId, id, now }, tx)) === 1;
  }

  /** True for the first answer, in time. */
  async denyDevice(tenantId: string, id: string, now: Date, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(DENY_DEVICE, { tenantId, id, now }, tx)) === 1;
  }
}
