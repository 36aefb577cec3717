-- audit.statistics.progress
-- @p0 tenantId: id
SELECT "occurredAt" FROM "statistic_progress" WHERE "tenantId" = @p0
