-- database.counter.clear
-- @p0 tenantId: id
-- @p1 key: identifier
DELETE FROM "counter" WHERE "tenantId" = @p0 AND "key" = @p1
