-- database.outbox.revive
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
UPDATE "outbox" SET "status" = 'pending', "attempts" = 0, "nextAttemptAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "status" = 'dead'
