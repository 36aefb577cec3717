-- audit.statistics.forget-users
-- @p0 tenantId: id
-- @p1 before: instant
DELETE FROM "statistic_user" WHERE "tenantId" = @p0 AND "dayAt" < @p1
