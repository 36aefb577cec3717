-- audit.statistics.add
-- $1 tenantId: id
-- $2 sums: json
INSERT INTO "statistic" AS s ("tenantId", "resolution", "beginsAt", "metric", "key", "count")
SELECT $1::uuid, r."resolution", r."beginsAt", r."metric", r."key", r."count" FROM jsonb_to_recordset($2::jsonb)
  AS r("resolution" text, "beginsAt" timestamptz, "metric" text, "key" text, "count" bigint)
ON CONFLICT ("tenantId", "resolution", "beginsAt", "metric", "key")
  DO UPDATE SET "count" = s."count" + excluded."count"
