-- users.credential.list
-- @p0 tenantId: id
-- @p1 userId: id
SELECT "id", "type", "name", "failures", "blockedUntil", "disabledAt", "lastUsedAt", "createdAt", "updatedAt"
FROM "credential" WHERE "tenantId" = @p0 AND "userId" = @p1 ORDER BY "createdAt", "id"
