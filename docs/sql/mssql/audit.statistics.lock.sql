-- audit.statistics.lock
-- @p0 tenantId: id
SELECT "occurredAt" FROM "statistic_progress" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = @p0
