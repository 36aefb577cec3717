/** @spec NIST SP 800-63B-4 §3.2.2 — failures are counted where they are judged: one conditional UPDATE, exact on every instance (S-134). */
import { Injectable } from '@nestjs/common';
import { Database, statement, type ParameterTypes, type Transaction } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import type { User } from '../user';
import { USER_JSON_COLUMNS, userColumns, userFromRow, type UserRow } from '../user-row';
import { setCredential } from './set-credential';

/** Consecutive failures and what follows from them. */
export interface FailureState {
  failures: number;
  blockedUntil: Date | null;
  disabledAt: Date | null;
}

/** What a typed name leads to; `credential` is null for a user without a password, `user` too for an unknown name. */
export interface SignInCandidate {
  user: User | null;
  credential: { id: string; secret: string } | null;
  state: FailureState;
}

export interface FailurePolicy {
  /** Failures before the first delay. */
  free: number;
  maxDelaySeconds: number;
  disableAt: number;
}

interface CandidateRow extends UserRow, FailureState {
  credentialId: string | null;
  secret: string | null;
}

const candidateBy = (column: 'usernameNormal' | 'emailNormal', name: string) =>
  statement({
    name,
    parameters: { tenantId: 'id', login: 'identifier', loginHash: 'hash' },
    json: USER_JSON_COLUMNS,
    sql: `
      SELECT ${userColumns('u')}, c."id" AS "credentialId", c."secret",
        COALESCE(c."failures", x."failures", 0) AS "failures",
        CASE WHEN c."id" IS NULL THEN x."blockedUntil" ELSE c."blockedUntil" END AS "blockedUntil",
        CASE WHEN c."id" IS NULL THEN x."disabledAt" ELSE c."disabledAt" END AS "disabledAt"
      FROM (SELECT 1 AS "always") one
      LEFT JOIN "user" u ON u."tenantId" = :tenantId AND u."${column}" = :login
      LEFT JOIN "credential" c ON c."tenantId" = u."tenantId" AND c."userId" = u."id" AND c."type" = 'password'
      LEFT JOIN "unknown_login" x ON x."tenantId" = :tenantId AND x."loginHash" = :loginHash`,
  });

const CANDIDATE_BY_USERNAME = candidateBy('usernameNormal', 'users.password.candidate-by-username');
const CANDIDATE_BY_EMAIL = candidateBy('emailNormal', 'users.password.candidate-by-email');

const POLICY = { now: 'instant', free: 'integer', maxDelay: 'integer', disableAt: 'integer' } satisfies ParameterTypes;

/** None for the free failures, then 1 s, doubled each time, up to the longest. */
const postgresDelay = (failures: string) =>
  `CASE WHEN ${failures} < :free THEN NULL
    ELSE :now + LEAST(power(2, LEAST(${failures} - :free, 20)), :maxDelay) * interval '1 second' END`;
const mssqlDelay = (failures: string) =>
  `CASE WHEN ${failures} < :free THEN NULL ELSE DATEADD(second, CASE
    WHEN ${failures} - :free > 20 THEN :maxDelay
    WHEN POWER(2, ${failures} - :free) > :maxDelay THEN :maxDelay
    ELSE POWER(2, ${failures} - :free) END, :now) END`;
const disabled = (failures: string) => `CASE WHEN ${failures} >= :disableAt THEN :now ELSE NULL END`;

/** An attempt counts only when it was not too early; of attempts at once, the first ones count and the rest are early. */
const isDue = (alias: string) =>
  `${alias}"disabledAt" IS NULL AND (${alias}"blockedUntil" IS NULL OR ${alias}"blockedUntil" <= :now)`;

const counted = (alias: string, delay: (failures: string) => string) => `
  "failures" = ${alias}"failures" + 1, "lastFailureAt" = :now,
  "blockedUntil" = ${delay(`${alias}"failures" + 1`)}, "disabledAt" = ${disabled(`${alias}"failures" + 1`)}`;

const FAIL = statement({
  name: 'users.password.fail',
  parameters: { tenantId: 'id', id: 'id', ...POLICY },
  postgres: `UPDATE "credential" SET ${counted('', postgresDelay)}
    WHERE "tenantId" = :tenantId AND "id" = :id AND ${isDue('')}
    RETURNING "failures", "blockedUntil", "disabledAt"`,
  mssql: `UPDATE "credential" SET ${counted('', mssqlDelay)}
    OUTPUT inserted."failures", inserted."blockedUntil", inserted."disabledAt"
    WHERE "tenantId" = :tenantId AND "id" = :id AND ${isDue('')}`,
});

const FAIL_UNKNOWN = statement({
  name: 'users.password.fail-unknown',
  parameters: { tenantId: 'id', loginHash: 'hash', ...POLICY },
  postgres: `
    INSERT INTO "unknown_login" AS x
      ("tenantId", "loginHash", "failures", "lastFailureAt", "blockedUntil", "disabledAt")
    VALUES (:tenantId, :loginHash, 1, :now, ${postgresDelay('1')}, ${disabled('1')})
    ON CONFLICT ("tenantId", "loginHash") DO UPDATE SET ${counted('x.', postgresDelay)}
    WHERE ${isDue('x.')}
    RETURNING "failures", "blockedUntil", "disabledAt"`,
  mssql: `
    MERGE "unknown_login" WITH (HOLDLOCK) AS x
    USING (SELECT :tenantId AS "tenantId", :loginHash AS "loginHash") AS n
      ON x."tenantId" = n."tenantId" AND x."loginHash" = n."loginHash"
    WHEN MATCHED AND ${isDue('x.')} THEN UPDATE SET ${counted('x.', mssqlDelay)}
    WHEN NOT MATCHED THEN INSERT
      ("tenantId", "loginHash", "failures", "lastFailureAt", "blockedUntil", "disabledAt")
      VALUES (:tenantId, :loginHash, 1, :now, ${mssqlDelay('1')}, ${disabled('1')})
    OUTPUT inserted."failures", inserted."blockedUntil", inserted."disabledAt";`,
});

/** The secret is compared too: a password that was changed while the old one was being hashed does not let in. */
const SUCCEED = statement({
  name: 'users.password.succeed',
  parameters: { tenantId: 'id', id: 'id', secret: 'text', now: 'instant' },
  postgres: `
    WITH used AS (
      UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "lastUsedAt" = :now
      WHERE "tenantId" = :tenantId AND "id" = :id AND "secret" = :secret AND ${isDue('')}
      RETURNING "userId")
    UPDATE "user" SET "lastSignInAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = (SELECT "userId" FROM used) AND "status" = 'active'`,
  mssql: `
    DECLARE @used TABLE ("userId" char(36));
    UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "lastUsedAt" = :now
    OUTPUT inserted."userId" INTO @used
    WHERE "tenantId" = :tenantId AND "id" = :id AND "secret" = :secret AND ${isDue('')};
    UPDATE "user" SET "lastSignInAt" = :now
    WHERE "tenantId" = :tenantId AND "id" = (SELECT "userId" COLLATE Latin1_General_100_BIN2_UTF8 FROM @used)
      AND "status" = 'active'`,
});

const REHASH = statement({
  name: 'users.password.rehash',
  parameters: { tenantId: 'id', id: 'id', secret: 'text', newSecret: 'text' },
  sql: `UPDATE "credential" SET "secret" = :newSecret
        WHERE "tenantId" = :tenantId AND "id" = :id AND "secret" = :secret`,
});

const SET = setCredential('users.password.set', 'password');

const IS_SET = statement({
  name: 'users.password.is-set',
  parameters: { tenantId: 'id', userId: 'id' },
  sql: `SELECT "id" FROM "credential" WHERE "tenantId" = :tenantId AND "userId" = :userId AND "type" = 'password'`,
});

const PURGE = statement({
  name: 'users.unknown-login.purge',
  parameters: { before: 'instant' },
  sql: `DELETE FROM "unknown_login" WHERE "lastFailureAt" < :before`,
});

@Injectable()
export class PasswordsRepository {
  constructor(private readonly database: Database) {}

  /** @param login normalised */
  async findCandidate(tenantId: string, login: string, loginHash: string): Promise<SignInCandidate> {
    const find = login.includes('@') ? CANDIDATE_BY_EMAIL : CANDIDATE_BY_USERNAME;
    const [row] = await this.database.rows<CandidateRow>(find, { tenantId, login, loginHash });
    const { failures, blockedUntil, disabledAt, credentialId, secret } = row!;
    return {
      user: row!.user_id ? userFromRow(row!) : null,
      credential: credentialId && secret ? { id: credentialId, secret } : null,
      state: { failures, blockedUntil, disabledAt },
    };
  }

  /** Counts a failure. Null when the attempt came too early, or the password is disabled: then nothing is counted. */
  async fail(
    where: { tenantId: string; credentialId: string | undefined; loginHash: string },
    policy: FailurePolicy,
    now: Date,
    tx: Transaction,
  ): Promise<FailureState | null> {
    const { tenantId, credentialId: id, loginHash } = where;
    const values = { now, free: policy.free, maxDelay: policy.maxDelaySeconds, disableAt: policy.disableAt };
    const [state] = id
      ? await this.database.rows<FailureState>(FAIL, { tenantId, id, ...values }, tx)
      : await this.database.rows<FailureState>(FAIL_UNKNOWN, { tenantId, loginHash, ...values }, tx);
    return state ?? null;
  }

  /** Forgets the failures and notes the sign-in. False when it may not be: too early, disabled, changed meanwhile. */
  async succeed(tenantId: string, credential: { id: string; secret: string }, now: Date): Promise<boolean> {
    return (await this.database.execute(SUCCEED, { tenantId, ...credential, now })) === 1;
  }

  async rehash(tenantId: string, credential: { id: string; secret: string }, newSecret: string): Promise<void> {
    await this.database.execute(REHASH, { tenantId, ...credential, newSecret });
  }

  /** The user's one password, with no failures. */
  async set(user: { tenantId: string; id: string }, secret: string, now: Date, tx: Transaction): Promise<void> {
    await this.database.execute(SET, { tenantId: user.tenantId, id: newId(), userId: user.id, secret, now }, tx);
  }

  async isSet(tenantId: string, userId: string, tx: Transaction): Promise<boolean> {
    return (await this.database.rows(IS_SET, { tenantId, userId }, tx)).length > 0;
  }

  /** Forgets names that nobody has and nobody has tried since; returns how many. */
  purgeUnknownLogins(before: Date): Promise<number> {
    return this.database.execute(PURGE, { before });
  }
}
