-- oauth.authorization.revoke-of-session
-- $1 now: instant
-- $2 reason: text
-- $3 tenantId: id
-- $4 sessionId: id
UPDATE "authorization" SET "revokedAt" = $1::timestamptz, "revokeReason" = $2::text
WHERE "tenantId" = $3::uuid AND "sessionId" = $4::uuid AND "revokedAt" IS NULL
  AND CONCAT(' ', "scope", ' ') NOT LIKE '% offline!_access %' ESCAPE '!'
