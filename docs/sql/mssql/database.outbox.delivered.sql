-- database.outbox.delivered
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 attempts: integer
DELETE FROM "outbox" WHERE "tenantId" = @p0 AND "id" = @p1 AND "attempts" = @p2
