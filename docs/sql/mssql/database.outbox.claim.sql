-- database.outbox.claim
-- @p0 limit: integer
-- @p1 topic: identifier
-- @p2 now: instant
-- @p3 passedOver: json
-- @p4 claimedUntil: instant
WITH due AS (
  SELECT TOP (@p0) * FROM "outbox" WITH (ROWLOCK, UPDLOCK, READPAST, READCOMMITTEDLOCK)
  WHERE "topic" = @p1 AND "status" = 'pending' AND "nextAttemptAt" <= @p2
    AND NOT EXISTS (
      SELECT 1 FROM OPENJSON(@p3) AS p
      WHERE CAST(p."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 = "key")
  ORDER BY "nextAttemptAt"
)
UPDATE due SET "attempts" = "attempts" + 1, "nextAttemptAt" = @p4
OUTPUT inserted."tenantId", inserted."id", inserted."topic", inserted."key", inserted."payload",
  inserted."attempts"
