-- login.session.find
-- @p0 tenantId: id
-- @p1 hash: hash
-- @p2 now: instant
SELECT s."id", s."authTime", s."acr", s."amr", s."lastSeenAt", s."absoluteExpiresAt",
  (SELECT STRING_AGG(CAST(c."clientId" AS varchar(max)), ',') FROM "session_client" c WHERE c."tenantId" = s."tenantId" AND c."sessionId" = s."id") AS "clientIds",
  u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
FROM "session" s
JOIN "user" u ON u."tenantId" = s."tenantId" AND u."id" = s."userId" AND u."status" = 'active'
WHERE s."tenantId" = @p0 AND s."hash" = @p1 AND s."endedAt" IS NULL AND s."idleExpiresAt" > @p2 AND s."absoluteExpiresAt" > @p2
