import { Injectable } from '@nestjs/common';
import { Database, statement, type Transaction } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import type { FailureState } from '../passwords/passwords.repository';
import { setCredential } from '../passwords/set-credential';

const FIND = statement({
  name: 'users.user-code.find',
  parameters: { tenantId: 'id', userId: 'id', unknownHash: 'hash' },
  sql: `
    SELECT c."id" AS "credentialId", c."secret",
      COALESCE(c."failures", x."failures", 0) AS "failures",
      CASE WHEN c."id" IS NULL THEN x."blockedUntil" ELSE c."blockedUntil" END AS "blockedUntil",
      CASE WHEN c."id" IS NULL THEN x."disabledAt" ELSE c."disabledAt" END AS "disabledAt"
    FROM (SELECT 1 AS "always") one
    LEFT JOIN "credential" c ON c."tenantId" = :tenantId AND c."userId" = :userId AND c."type" = 'user-code'
    LEFT JOIN "unknown_login" x ON x."tenantId" = :tenantId AND x."loginHash" = :unknownHash`,
});

/** The code is compared too: one that was changed while the old one was being hashed is not the old one. */
const SUCCEED = statement({
  name: 'users.user-code.succeed',
  parameters: { tenantId: 'id', id: 'id', secret: 'text', now: 'instant' },
  sql: `UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "lastUsedAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = :id AND "secret" = :secret
      AND "disabledAt" IS NULL AND ("blockedUntil" IS NULL OR "blockedUntil" <= :now)`,
});

const SET = setCredential('users.user-code.set', 'user-code');

const REMOVE = statement({
  name: 'users.user-code.remove',
  parameters: { tenantId: 'id', userId: 'id' },
  sql: `DELETE FROM "credential" WHERE "tenantId" = :tenantId AND "userId" = :userId AND "type" = 'user-code'`,
});

/** `credential` is null for nobody, and for a user without a code; their failures are counted, too. */
export interface UserCodeCandidate {
  credential: { id: string; secret: string } | null;
  state: FailureState;
}

interface CandidateRow extends FailureState {
  credentialId: string | null;
  secret: string | null;
}

@Injectable()
export class UserCodesRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, userId: string | null, unknownHash: string): Promise<UserCodeCandidate> {
    const [row] = await this.database.rows<CandidateRow>(FIND, { tenantId, userId, unknownHash });
    const { credentialId, secret, ...state } = row!;
    return { credential: credentialId && secret ? { id: credentialId, secret } : null, state };
  }

  /** Forgets the failures. False when it may not be: too early, disabled, changed meanwhile. */
  async succeed(tenantId: string, credential: { id: string; secret: string }, now: Date): Promise<boolean> {
    return (await this.database.execute(SUCCEED, { tenantId, ...credential, now })) === 1;
  }

  /** The user's one code, with no failures. */
  async set(user: { tenantId: string; id: string }, secret: string, now: Date, tx: Transaction): Promise<void> {
    await this.database.execute(SET, { tenantId: user.tenantId, id: newId(), userId: user.id, secret, now }, tx);
  }

  /** False when there was none. */
  async remove(tenantId: string, userId: string, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(REMOVE, { tenantId, userId }, tx)) === 1;
  }
}
