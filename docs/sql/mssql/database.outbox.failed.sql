-- database.outbox.failed
-- @p0 status: identifier
-- @p1 nextAttemptAt: instant
-- @p2 error: text
-- @p3 tenantId: id
-- @p4 id: id
-- @p5 attempts: integer
UPDATE "outbox" SET "status" = @p0, "nextAttemptAt" = @p1, "lastError" = @p2
WHERE "tenantId" = @p3 AND "id" = @p4 AND "attempts" = @p5
