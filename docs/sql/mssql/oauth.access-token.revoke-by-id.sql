-- oauth.access-token.revoke-by-id
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
UPDATE "access_token" SET "revokedAt" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "revokedAt" IS NULL
