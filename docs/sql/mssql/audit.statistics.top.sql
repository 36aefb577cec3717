-- audit.statistics.top
-- @p0 tenantId: id
-- @p1 from: instant
-- @p2 to: instant
-- @p3 take: integer
SELECT "key", CAST(SUM("count") AS bigint) AS "count" FROM "statistic"
WHERE "tenantId" = @p0 AND "resolution" = 'day' AND "beginsAt" >= @p1 AND "beginsAt" < @p2
  AND "metric" = 'app'
GROUP BY "key" ORDER BY 2 DESC, "key" OFFSET 0 ROWS FETCH NEXT (@p3) ROWS ONLY
