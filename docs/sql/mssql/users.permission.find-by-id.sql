-- users.permission.find-by-id
-- @p0 tenantId: id
-- @p1 id: id
SELECT "id", "resourceId", "key", "description", "builtIn", "createdAt" FROM "permission" WHERE "tenantId" = @p0 AND "id" = @p1
