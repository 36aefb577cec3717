-- oauth.authorization.revoke-of-client
-- @p0 now: instant
-- @p1 reason: text
-- @p2 tenantId: id
-- @p3 clientId: id
UPDATE "authorization" SET "revokedAt" = @p0, "revokeReason" = @p1
WHERE "tenantId" = @p2 AND "clientId" = @p3 AND "revokedAt" IS NULL
