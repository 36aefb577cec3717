-- users.user-code.find
-- @p0 tenantId: id
-- @p1 userId: id
-- @p2 unknownHash: hash
SELECT c."id" AS "credentialId", c."secret",
  COALESCE(c."failures", x."failures", 0) AS "failures",
  CASE WHEN c."id" IS NULL THEN x."blockedUntil" ELSE c."blockedUntil" END AS "blockedUntil",
  CASE WHEN c."id" IS NULL THEN x."disabledAt" ELSE c."disabledAt" END AS "disabledAt"
FROM (SELECT 1 AS "always") one
LEFT JOIN "credential" c ON c."tenantId" = @p0 AND c."userId" = @p1 AND c."type" = 'user-code'
LEFT JOIN "unknown_login" x ON x."tenantId" = @p0 AND x."loginHash" = @p2
