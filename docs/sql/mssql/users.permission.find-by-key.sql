-- users.permission.find-by-key
-- @p0 tenantId: id
-- @p1 resourceId: id
-- @p2 key: identifier
SELECT "id", "resourceId", "key", "description", "builtIn", "createdAt" FROM "permission"
WHERE "tenantId" = @p0 AND "resourceId" = @p1 AND "key" = @p2
