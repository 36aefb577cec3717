-- login.session.find
-- $1 tenantId: id
-- $2 hash: hash
-- $3 now: instant
SELECT s."id", s."authTime", s."acr", s."amr", s."lastSeenAt", s."absoluteExpiresAt",
  (SELECT string_agg(c."clientId"::text, ',') FROM "session_client" c WHERE c."tenantId" = s."tenantId" AND c."sessionId" = s."id") AS "clientIds",
  u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
FROM "session" s
JOIN "user" u ON u."tenantId" = s."tenantId" AND u."id" = s."userId" AND u."status" = 'active'
WHERE s."tenantId" = $1::uuid AND s."hash" = $2::text AND s."endedAt" IS NULL AND s."idleExpiresAt" > $3::timestamptz AND s."absoluteExpiresAt" > $3::timestamptz
