-- oauth.access-token.find-standing
-- @p0 tenantId: id
-- @p1 authorizationId: id
-- @p2 jti: identifier
SELECT
a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
a."revokedAt" AS "authorizationRevokedAt", u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
  FROM "authorization" a
  JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId"
  WHERE a."tenantId" = @p0 AND a.id = @p1
    AND NOT EXISTS (SELECT 1 FROM revoked_token t WHERE t."tenantId" = @p0 AND t.jti = @p2)
