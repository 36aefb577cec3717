-- oauth.access-token.revoke-opaque
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 hash: hash
UPDATE access_token SET "revokedAt" = @p0
WHERE "tenantId" = @p1 AND hash = @p2 AND "revokedAt" IS NULL
