-- users.permission.find
-- @p0 tenantId: id
-- @p1 resourceId: id
SELECT "id", "key", "description" FROM "permission"
WHERE "tenantId" = @p0 AND "resourceId" = @p1
