-- database.outbox.claim
-- $1 claimedUntil: instant
-- $2 topic: identifier
-- $3 now: instant
-- $4 passedOver: json
-- $5 limit: integer
UPDATE "outbox" AS o SET "attempts" = o."attempts" + 1, "nextAttemptAt" = $1::timestamptz
FROM (
  SELECT "tenantId", "id" FROM "outbox"
  WHERE "topic" = $2::text AND "status" = 'pending' AND "nextAttemptAt" <= $3::timestamptz AND NOT ($4::jsonb ? "key")
  ORDER BY "nextAttemptAt" LIMIT $5::integer FOR UPDATE SKIP LOCKED
) AS due
WHERE o."tenantId" = due."tenantId" AND o."id" = due."id"
RETURNING o."tenantId", o."id", o."topic", o."key", o."payload", o."attempts"
