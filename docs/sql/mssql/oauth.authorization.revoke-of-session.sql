-- oauth.authorization.revoke-of-session
-- @p0 now: instant
-- @p1 reason: text
-- @p2 tenantId: id
-- @p3 sessionId: id
UPDATE "authorization" SET "revokedAt" = @p0, "revokeReason" = @p1
WHERE "tenantId" = @p2 AND "sessionId" = @p3 AND "revokedAt" IS NULL
  AND CONCAT(' ', "scope", ' ') NOT LIKE '% offline!_access %' ESCAPE '!'
