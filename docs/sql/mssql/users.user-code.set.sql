-- users.user-code.set
-- @p0 tenantId: id
-- @p1 userId: id
-- @p2 secret: text
-- @p3 now: instant
-- @p4 id: id
MERGE "credential" WITH (HOLDLOCK) AS c
USING (SELECT @p0 AS "tenantId", @p1 AS "userId") AS n
  ON c."tenantId" = n."tenantId" AND c."userId" = n."userId" AND c."type" = 'user-code'
WHEN MATCHED THEN UPDATE SET
  "secret" = @p2, "failures" = 0, "lastFailureAt" = NULL, "blockedUntil" = NULL,
  "disabledAt" = NULL, "updatedAt" = @p3
WHEN NOT MATCHED THEN INSERT
  ("tenantId", "id", "userId", "type", "secret", "failures", "createdAt", "updatedAt")
  VALUES (@p0, @p4, @p1, 'user-code', @p2, 0, @p3, @p3);
