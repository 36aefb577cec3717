-- users.permission.of-tenant
-- @p0 tenantId: id
SELECT "id", "resourceId", "key", "description" FROM "permission"
WHERE "tenantId" = @p0 ORDER BY "resourceId", "key"
