-- users.user-code.succeed
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
-- @p3 secret: text
UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "lastUsedAt" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "secret" = @p3
  AND "disabledAt" IS NULL AND ("blockedUntil" IS NULL OR "blockedUntil" <= @p0)
