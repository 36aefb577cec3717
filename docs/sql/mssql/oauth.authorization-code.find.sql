-- oauth.authorization-code.find
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 hash: hash
SELECT c."id", c."redirectUri", c."codeChallenge", c."nonce", c."dpopJkt", c."expiresAt", c."redeemedAt",
    a."scope", s."id" AS "liveSessionId",
a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
a."revokedAt" AS "authorizationRevokedAt", u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
  FROM "authorization_code" c
  JOIN "authorization" a ON a."tenantId" = c."tenantId" AND a."id" = c."authorizationId"
  JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId"
  LEFT JOIN "session" s ON s."tenantId" = a."tenantId" AND s."id" = a."sessionId" AND s."endedAt" IS NULL
    AND s."idleExpiresAt" > @p0 AND s."absoluteExpiresAt" > @p0
  WHERE c."tenantId" = @p1 AND c."hash" = @p2
