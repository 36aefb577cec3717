-- users.password.candidate-by-email
-- @p0 tenantId: id
-- @p1 login: identifier
-- @p2 loginHash: hash
SELECT u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt", c."id" AS "credentialId", c."secret",
  COALESCE(c."failures", x."failures", 0) AS "failures",
  CASE WHEN c."id" IS NULL THEN x."blockedUntil" ELSE c."blockedUntil" END AS "blockedUntil",
  CASE WHEN c."id" IS NULL THEN x."disabledAt" ELSE c."disabledAt" END AS "disabledAt"
FROM (SELECT 1 AS "always") one
LEFT JOIN "user" u ON u."tenantId" = @p0 AND u."emailNormal" = @p1
LEFT JOIN "credential" c ON c."tenantId" = u."tenantId" AND c."userId" = u."id" AND c."type" = 'password'
LEFT JOIN "unknown_login" x ON x."tenantId" = @p0 AND x."loginHash" = @p2
