-- database.lease.acquire
-- @p0 name: identifier
-- @p1 holder: id
-- @p2 ttl: integer
MERGE "lease" WITH (HOLDLOCK) AS l USING (SELECT @p0 AS "name") AS n ON l."name" = n."name"
WHEN MATCHED AND l."expiresAt" <= SYSDATETIMEOFFSET() THEN UPDATE SET
  "holder" = @p1, "fence" = l."fence" + 1, "expiresAt" = DATEADD(second, @p2, SYSDATETIMEOFFSET())
WHEN NOT MATCHED THEN INSERT ("name", "holder", "fence", "expiresAt")
  VALUES (@p0, @p1, 1, DATEADD(second, @p2, SYSDATETIMEOFFSET()))
OUTPUT inserted."fence";
