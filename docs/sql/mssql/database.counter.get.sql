-- database.counter.get
-- @p0 tenantId: id
-- @p1 key: identifier
-- @p2 now: instant
SELECT "count", "resetAt" FROM "counter"
WHERE "tenantId" = @p0 AND "key" = @p1 AND "resetAt" > @p2
