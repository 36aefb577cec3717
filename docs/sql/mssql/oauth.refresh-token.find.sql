-- oauth.refresh-token.find
-- @p0 tenantId: id
-- @p1 hash: hash
SELECT r.id AS id, r.scope AS scope, r.confirmation AS confirmation, r."createdAt" AS "createdAt",
    r."idleExpiresAt" AS "idleExpiresAt",
    r."absoluteExpiresAt" AS "absoluteExpiresAt", r."lastUsedAt" AS "lastUsedAt", r."rotatedAt" AS "rotatedAt", r."revokedAt" AS "revokedAt",
    n.id AS "successorId", n.hash AS "successorHash",
a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
a."revokedAt" AS "authorizationRevokedAt", u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
  FROM refresh_token r
  JOIN "authorization" a ON a."tenantId" = r."tenantId" AND a.id = r."authorizationId"
  JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId"
  LEFT JOIN refresh_token n ON n."tenantId" = r."tenantId" AND n.id = r."successorId"
  WHERE r."tenantId" = @p0 AND r.hash = @p1
