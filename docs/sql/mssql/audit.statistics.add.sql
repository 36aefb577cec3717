-- audit.statistics.add
-- @p0 sums: json
-- @p1 tenantId: id
MERGE INTO "statistic" WITH (HOLDLOCK) AS s USING (
  SELECT j."resolution" COLLATE Latin1_General_100_BIN2_UTF8 AS "resolution", j."beginsAt", j."metric" COLLATE Latin1_General_100_BIN2_UTF8 AS "metric", j."key" COLLATE Latin1_General_100_BIN2_UTF8 AS "key",
    j."count"
  FROM OPENJSON(@p0) WITH ("resolution" varchar(16), "beginsAt" datetimeoffset(3), "metric" varchar(64),
    "key" varchar(255), "count" bigint) AS j) AS r
ON s."tenantId" = @p1 AND s."resolution" = r."resolution" AND s."beginsAt" = r."beginsAt"
  AND s."metric" = r."metric" AND s."key" = r."key"
WHEN MATCHED THEN UPDATE SET "count" = s."count" + r."count"
WHEN NOT MATCHED THEN INSERT ("tenantId", "resolution", "beginsAt", "metric", "key", "count")
  VALUES (@p1, r."resolution", r."beginsAt", r."metric", r."key", r."count");
