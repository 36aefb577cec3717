-- database.outbox.claim
-- @p0 limit: integer
-- @p1 topic: identifier
-- @p2 now: instant
-- @p3 claimedUntil: instant
WITH due AS (
  SELECT TOP (@p0) * FROM "outbox" WITH (ROWLOCK, UPDLOCK, READPAST, READCOMMITTEDLOCK)
  WHERE "topic" = @p1 AND "status" = 'pending' AND "nextAttemptAt" <= @p2
  ORDER BY "nextAttemptAt"
)
UPDATE due SET "attempts" = "attempts" + 1, "nextAttemptAt" = @p3
OUTPUT inserted."tenantId", inserted."id", inserted."topic", inserted."key", inserted."payload",
  inserted."attempts"
