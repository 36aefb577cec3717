-- oauth.poll.backchannel_request
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 hash: hash
-- @p3 clientId: id
BEGIN TRANSACTION;
DECLARE @polled TABLE ("polledAt" datetimeoffset(3), "intervalSeconds" int);
    UPDATE d SET "polledAt" = @p0, "intervalSeconds" = "intervalSeconds" +
      CASE WHEN @p0 < DATEADD(second, "intervalSeconds", "polledAt") THEN 5 ELSE 0 END
      OUTPUT deleted."polledAt", deleted."intervalSeconds" INTO @polled
      FROM "backchannel_request" d WHERE d."tenantId" = @p1 AND d."authReqIdHash" = @p2 AND d."clientId" = @p3 AND d."decidedAt" IS NULL AND d."expiresAt" > @p0;

  SELECT d."id", d."expiresAt", d."decidedAt", d."redeemedAt", d."authorizationId" AS "grantedId",
    CAST(CASE WHEN EXISTS (SELECT 1 FROM @polled p WHERE @p0 < DATEADD(second, p."intervalSeconds", p."polledAt"))
        THEN 1 ELSE 0 END AS bit) AS "isEarly", a."scope" AS "scope",
  a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
  a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
  a."revokedAt" AS "authorizationRevokedAt", u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
  FROM "backchannel_request" d
  LEFT JOIN ("authorization" a JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId")
    ON a."tenantId" = d."tenantId" AND a."id" = d."authorizationId"
  WHERE d."tenantId" = @p1 AND d."authReqIdHash" = @p2 AND d."clientId" = @p3;
COMMIT TRANSACTION;
