-- oauth.authorization.latest-of-session
-- $1 now: instant
-- $2 tenantId: id
-- $3 sessionId: id
-- $4 userId: id
-- $5 clientId: id
-- $6 issuedAt: instant
SELECT a."scope",
a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
a."revokedAt" AS "authorizationRevokedAt", u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
  FROM "authorization" a
  JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId"
  JOIN "session" s ON s."tenantId" = a."tenantId" AND s."id" = a."sessionId" AND s."endedAt" IS NULL
    AND s."idleExpiresAt" > $1::timestamptz AND s."absoluteExpiresAt" > $1::timestamptz
  WHERE a."tenantId" = $2::uuid AND a."sessionId" = $3::uuid AND a."userId" = $4::uuid
    AND a."clientId" = $5::uuid AND a."createdAt" <= $6::timestamptz AND a."revokedAt" IS NULL
  ORDER BY a."createdAt" DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
