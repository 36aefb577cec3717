-- users.permission.is-built-in-resource
-- @p0 tenantId: id
-- @p1 resourceId: id
SELECT "builtIn" FROM "resource" WHERE "tenantId" = @p0 AND "id" = @p1
