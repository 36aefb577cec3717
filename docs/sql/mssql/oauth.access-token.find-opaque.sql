-- oauth.access-token.find-opaque
-- @p0 tenantId: id
-- @p1 hash: hash
-- @p2 now: instant
SELECT k.claims AS "tokenClaims", k."authorizationId" AS "tokenAuthorizationId",
a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
a."revokedAt" AS "authorizationRevokedAt", u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
  FROM access_token k
  LEFT JOIN "authorization" a ON a."tenantId" = k."tenantId" AND a.id = k."authorizationId"
  LEFT JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId"
  WHERE k."tenantId" = @p0 AND k.hash = @p1 AND k."revokedAt" IS NULL AND k."expiresAt" > @p2
