-- oauth.poll.device_authorization
-- $1 now: instant
-- $2 tenantId: id
-- $3 hash: hash
-- $4 clientId: id
WITH waiting AS (
    SELECT d."id", d."polledAt" + make_interval(secs => d."intervalSeconds") > $1::timestamptz AS "isEarly"
    FROM "device_authorization" d WHERE d."tenantId" = $2::uuid AND d."deviceCodeHash" = $3::text AND d."clientId" = $4::uuid AND d."decidedAt" IS NULL AND d."expiresAt" > $1::timestamptz FOR UPDATE),
  "notAwaited" AS (SELECT set_config('synchronous_commit', 'off', true)),
  polled AS (
    UPDATE "device_authorization" u SET "polledAt" = $1::timestamptz, "intervalSeconds" =
      u."intervalSeconds" + CASE WHEN w."isEarly" THEN 5 ELSE 0 END
    FROM waiting w, "notAwaited" WHERE u."tenantId" = $2::uuid AND u."id" = w."id")

SELECT d."id", d."expiresAt", d."decidedAt", d."redeemedAt", d."authorizationId" AS "grantedId",
  w."isEarly" AS "isEarly", a."scope" AS "scope",
a.id AS "authorizationId", a."clientId" AS "clientId", a."sessionId" AS "sessionId", a.resources AS resources,
a."authorizationDetails" AS "authorizationDetails", a.claims AS "requestedClaims", a."authTime" AS "authTime", a.acr AS acr, a.amr AS amr,
a."revokedAt" AS "authorizationRevokedAt", u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt"
FROM "device_authorization" d LEFT JOIN waiting w ON w."id" = d."id"
LEFT JOIN ("authorization" a JOIN "user" u ON u."tenantId" = a."tenantId" AND u.id = a."userId")
  ON a."tenantId" = d."tenantId" AND a."id" = d."authorizationId"
WHERE d."tenantId" = $2::uuid AND d."deviceCodeHash" = $3::text AND d."clientId" = $4::uuid
