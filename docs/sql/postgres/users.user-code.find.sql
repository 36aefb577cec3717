-- users.user-code.find
-- $1 tenantId: id
-- $2 userId: id
-- $3 unknownHash: hash
SELECT c."id" AS "credentialId", c."secret",
  COALESCE(c."failures", x."failures", 0) AS "failures",
  CASE WHEN c."id" IS NULL THEN x."blockedUntil" ELSE c."blockedUntil" END AS "blockedUntil",
  CASE WHEN c."id" IS NULL THEN x."disabledAt" ELSE c."disabledAt" END AS "disabledAt"
FROM (SELECT 1 AS "always") one
LEFT JOIN "credential" c ON c."tenantId" = $1::uuid AND c."userId" = $2::uuid AND c."type" = 'user-code'
LEFT JOIN "unknown_login" x ON x."tenantId" = $1::uuid AND x."loginHash" = $3::text
