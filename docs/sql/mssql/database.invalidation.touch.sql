-- database.invalidation.touch
-- @p0 topic: identifier
-- @p1 key: identifier
MERGE "cache_version" WITH (HOLDLOCK) AS v
USING (SELECT @p0 AS "topic", @p1 AS "key") AS n ON v."topic" = n."topic" AND v."key" = n."key"
WHEN MATCHED THEN UPDATE SET "changedAt" = SYSDATETIMEOFFSET()
WHEN NOT MATCHED THEN INSERT ("topic", "key", "changedAt") VALUES (@p0, @p1, SYSDATETIMEOFFSET());
