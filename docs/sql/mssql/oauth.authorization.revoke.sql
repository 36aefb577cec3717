-- oauth.authorization.revoke
-- @p0 now: instant
-- @p1 reason: text
-- @p2 tenantId: id
-- @p3 id: id
UPDATE "authorization" SET "revokedAt" = @p0, "revokeReason" = @p1
WHERE "tenantId" = @p2 AND "id" = @p3 AND "revokedAt" IS NULL
