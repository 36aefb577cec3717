-- database.outbox.revive
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "outbox" SET "status" = 'pending', "attempts" = 0, "nextAttemptAt" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "status" = 'dead'
