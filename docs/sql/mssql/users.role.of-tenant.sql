-- users.role.of-tenant
-- @p0 tenantId: id
SELECT "id", "name", "displayName", "description", "builtIn" FROM "role"
WHERE "tenantId" = @p0 ORDER BY "name"
