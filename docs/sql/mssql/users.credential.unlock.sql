-- users.credential.unlock
-- @p0 tenantId: id
-- @p1 userId: id
UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "disabledAt" = NULL
WHERE "tenantId" = @p0 AND "userId" = @p1
