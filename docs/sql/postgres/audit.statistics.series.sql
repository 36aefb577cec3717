-- audit.statistics.series
-- $1 tenantId: id
-- $2 resolution: identifier
-- $3 from: instant
-- $4 to: instant
SELECT "beginsAt", "metric", "key", "count" FROM "statistic"
WHERE "tenantId" = $1::uuid AND "resolution" = $2::text AND "beginsAt" >= $3::timestamptz AND "beginsAt" < $4::timestamptz
  AND "metric" <> 'app'
ORDER BY "beginsAt"
