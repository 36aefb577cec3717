-- audit.statistics.top
-- $1 tenantId: id
-- $2 from: instant
-- $3 to: instant
-- $4 take: integer
SELECT "key", CAST(SUM("count") AS bigint) AS "count" FROM "statistic"
WHERE "tenantId" = $1::uuid AND "resolution" = 'day' AND "beginsAt" >= $2::timestamptz AND "beginsAt" < $3::timestamptz
  AND "metric" = 'app'
GROUP BY "key" ORDER BY 2 DESC, "key" OFFSET 0 ROWS FETCH NEXT ($4::integer) ROWS ONLY
