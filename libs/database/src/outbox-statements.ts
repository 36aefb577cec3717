import { statement } from './statement';

export const ENQUEUE = statement({
  name: 'database.outbox.enqueue',
  parameters: {
    tenantId: 'id',
    id: 'id',
    topic: 'identifier',
    key: 'identifier',
    payload: 'json',
    dueAt: 'instant',
    now: 'instant',
  },
  sql: `INSERT INTO "outbox" ("tenantId", "id", "topic", "key", "payload", "nextAttemptAt", "createdAt")
        VALUES (:tenantId, :id, :topic, :key, :payload, :dueAt, :now)`,
});

/**
 * Takes due messages and puts their next attempt past the time a delivery may take: a claim that ends by itself.
 * Rows another instance is claiming right now are stepped over, and so are the keys in the list. All tenants at once:
 * the deliverer serves them all.
 */
export const CLAIM = statement({
  name: 'database.outbox.claim',
  parameters: { topic: 'identifier', now: 'instant', claimedUntil: 'instant', limit: 'integer', passedOver: 'json' },
  json: ['payload'],
  postgres: `
    UPDATE "outbox" AS o SET "attempts" = o."attempts" + 1, "nextAttemptAt" = :claimedUntil
    FROM (
      SELECT "tenantId", "id" FROM "outbox"
      WHERE "topic" = :topic AND "status" = 'pending' AND "nextAttemptAt" <= :now AND NOT (:passedOver ? "key")
      ORDER BY "nextAttemptAt" LIMIT :limit FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE o."tenantId" = due."tenantId" AND o."id" = due."id"
    RETURNING o."tenantId", o."id", o."topic", o."key", o."payload", o."attempts"`,
  mssql: `
    WITH due AS (
      SELECT TOP (:limit) * FROM "outbox" WITH (ROWLOCK, UPDLOCK, READPAST, READCOMMITTEDLOCK)
      WHERE "topic" = :topic AND "status" = 'pending' AND "nextAttemptAt" <= :now
        AND NOT EXISTS (
          SELECT 1 FROM OPENJSON(:passedOver) AS p
          WHERE CAST(p."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 = "key")
      ORDER BY "nextAttemptAt"
    )
    UPDATE due SET "attempts" = "attempts" + 1, "nextAttemptAt" = :claimedUntil
    OUTPUT inserted."tenantId", inserted."id", inserted."topic", inserted."key", inserted."payload",
      inserted."attempts"`,
});

/** Only the claim that delivered it may take it out: `attempts` grows with each claim. */
export const DELIVERED = statement({
  name: 'database.outbox.delivered',
  parameters: { tenantId: 'id', id: 'id', attempts: 'integer' },
  sql: `DELETE FROM "outbox" WHERE "tenantId" = :tenantId AND "id" = :id AND "attempts" = :attempts`,
});

export const FAILED = statement({
  name: 'database.outbox.failed',
  parameters: {
    tenantId: 'id',
    id: 'id',
    attempts: 'integer',
    status: 'identifier',
    nextAttemptAt: 'instant',
    error: 'text',
  },
  sql: `UPDATE "outbox" SET "status" = :status, "nextAttemptAt" = :nextAttemptAt, "lastError" = :error
        WHERE "tenantId" = :tenantId AND "id" = :id AND "attempts" = :attempts`,
});

export const REVIVE = statement({
  name: 'database.outbox.revive',
  parameters: { tenantId: 'id', id: 'id', now: 'instant' },
  sql: `UPDATE "outbox" SET "status" = 'pending', "attempts" = 0, "nextAttemptAt" = :now
        WHERE "tenantId" = :tenantId AND "id" = :id AND "status" = 'dead'`,
});
