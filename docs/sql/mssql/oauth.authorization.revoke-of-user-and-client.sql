-- oauth.authorization.revoke-of-user-and-client
-- @p0 now: instant
-- @p1 reason: text
-- @p2 tenantId: id
-- @p3 userId: id
-- @p4 clientId: id
UPDATE "authorization" SET "revokedAt" = @p0, "revokeReason" = @p1
WHERE "tenantId" = @p2 AND "userId" = @p3 AND "clientId" = @p4 AND "revokedAt" IS NULL
