-- audit.statistics.series
-- @p0 tenantId: id
-- @p1 resolution: identifier
-- @p2 from: instant
-- @p3 to: instant
SELECT "beginsAt", "metric", "key", "count" FROM "statistic"
WHERE "tenantId" = @p0 AND "resolution" = @p1 AND "beginsAt" >= @p2 AND "beginsAt" < @p3
  AND "metric" <> 'app'
ORDER BY "beginsAt"
