-- database.counter.hit
-- @p0 tenantId: id
-- @p1 key: identifier
-- @p2 now: instant
-- @p3 resetAt: instant
MERGE "counter" WITH (HOLDLOCK) AS c
USING (SELECT @p0 AS "tenantId", @p1 AS "key") AS n ON c."tenantId" = n."tenantId" AND c."key" = n."key"
WHEN MATCHED THEN UPDATE SET
  "count" = CASE WHEN c."resetAt" <= @p2 THEN 1 ELSE c."count" + 1 END,
  "resetAt" = CASE WHEN c."resetAt" <= @p2 THEN @p3 ELSE c."resetAt" END
WHEN NOT MATCHED THEN INSERT ("tenantId", "key", "count", "resetAt") VALUES (@p0, @p1, 1, @p3)
OUTPUT inserted."count", inserted."resetAt";
